"""SM4 is that of GB/T 32907-2016."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB
from hypothesis import given
from hypothesis import strategies as st

from gongjian.protocols.hj212.sm4 import decrypted, encrypted

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


def test_the_first_example_of_the_standard_comes_out():
    assert encrypted(KEY, KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_the_example_of_a_million_rounds_comes_out():
    """The standard's second example, by the cipher ours is; a round by ours first, so that it is the same one."""
    cipher = Cipher(SM4(KEY), ECB()).encryptor().update  # noqa: S305 - the wire's choice
    text = cipher(KEY)
    assert text == encrypted(KEY, KEY)
    for _ in range(999_999):
        text = cipher(text)
    assert text.hex() == "595298c7c6fd271f0402f804c33d3f66"


@given(
    st.binary(min_size=16, max_size=16), st.binary(min_size=1, max_size=5).map(lambda data: data.ljust(-len(data) % 16 + len(data), b"\0"))
)
def test_reading_undoes_writing(key, text):
    assert decrypted(encrypted(text, key), key) == text


@pytest.mark.parametrize(("text", "key"), [(b"", KEY), (b"x" * 15, KEY), (b"x" * 16, b"short")])
def test_parts_of_blocks_and_odd_keys_are_errors(text, key):
    with pytest.raises(ValueError, match="SM4"):
        encrypted(text, key)
