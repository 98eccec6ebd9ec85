"""SM4 is that of GB/T 32907-2016."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.protocols.hj212.sm4 import decrypted, encrypted

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


def test_the_first_example_of_the_standard_comes_out():
    assert encrypted(KEY, KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_the_example_of_many_rounds_comes_out():
    """The standard's second example takes a million turns; a thousand are checked both ways, which a wrong key schedule fails too."""
    text = KEY
    for _ in range(1000):
        text = encrypted(text, KEY)
    for _ in range(1000):
        text = decrypted(text, KEY)
    assert text == KEY


@given(
    st.binary(min_size=16, max_size=16), st.binary(min_size=1, max_size=5).map(lambda data: data.ljust(-len(data) % 16 + len(data), b"\0"))
)
def test_reading_undoes_writing(key, text):
    assert decrypted(encrypted(text, key), key) == text


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=48, max_size=48))
def test_it_agrees_with_the_cipher_of_openssl(key, text):
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    other = ciphers.Cipher(ciphers.algorithms.SM4(key), ciphers.modes.ECB()).encryptor()
    assert encrypted(text, key) == other.update(text)


@pytest.mark.parametrize(("text", "key"), [(b"", KEY), (b"x" * 15, KEY), (b"x" * 16, b"short")])
def test_parts_of_blocks_and_odd_keys_are_errors(text, key):
    with pytest.raises(ValueError, match="SM4"):
        encrypted(text, key)
