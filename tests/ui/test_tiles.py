"""Pictures under the map: what a setting may say, whom the page may then ask, and that a key stays unsaid."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.refusal import Refusal
from gongjian.ui.tiles import read_tiles

KEY = "0123456789abcdef0123456789abcdef"


def test_without_a_setting_nobody_is_asked():
    source = read_tiles("  ")
    assert source.for_map() == {}
    assert source.origins == ()


def test_tianditu_is_asked_for_its_base_and_its_names_in_web_mercator():
    source = read_tiles(f"tianditu:{KEY}")
    base, names = source.for_map()["urls"]
    assert "/vec_w/wmts?" in base
    assert "/cva_w/wmts?" in names
    for url in (base, names):
        assert "TILEMATRIXSET=w&" in url
        assert "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" in url
        assert url.endswith(f"&tk={KEY}")
    assert source.origins == tuple(f"https://t{number}.tianditu.gov.cn" for number in source.subdomains)
    assert not source.shifted


def test_a_key_is_neither_in_a_repr_nor_in_a_refusal():
    assert KEY not in repr(read_tiles(f"tianditu:{KEY}"))
    for setting in (f"tianditu:{KEY}!", f"tianditu: {KEY}", f"https://{KEY}.example.cn/", f"tianditu:{KEY}\n; img-src *"):
        with pytest.raises(Refusal) as refusal:
            read_tiles(setting)
        assert KEY not in str(refusal.value)
        assert "GONGJIAN_TILES" in str(refusal.value)


@pytest.mark.parametrize(
    ("setting", "origin", "shifted"),
    [
        ("https://tiles.example.cn/{z}/{x}/{y}.png", "https://tiles.example.cn", False),
        ("http://10.1.2.3:8080/base/{z}/{y}/{x}?style=7", "http://10.1.2.3:8080", False),
        ("gcj02:https://maps.example.cn/t?x={x}&y={y}&z={z}", "https://maps.example.cn", True),
    ],
)
def test_any_xyz_source_opens_the_policy_for_its_own_host_only(setting, origin, shifted):
    source = read_tiles(setting)
    assert source.origins == (origin,)
    assert source.for_map()["urls"] == [setting.removeprefix("gcj02:")]
    assert source.shifted is shifted


@pytest.mark.parametrize(
    "setting",
    [
        "tiles.example.cn/{z}/{x}/{y}.png",
        "https://tiles.example.cn/{z}/{x}.png",
        "javascript:{x}{y}{z}",
        "https:///{z}/{x}/{y}",
        "https://a@tiles.example.cn/{z}/{x}/{y}",
        "https://a;b/{z}/{x}/{y}",
        "https://{s}.example.cn/{z}/{x}/{y}",
        "https://a.cn:port/{z}/{x}/{y}",
        "tianditu:",
        "gcj02:tianditu:" + KEY,
    ],
)
def test_what_is_no_source_is_refused(setting):
    with pytest.raises(Refusal):
        read_tiles(setting)


@given(st.text(max_size=60).map(lambda words: f"https://{words}/{{z}}/{{x}}/{{y}}"))
def test_nothing_a_setting_says_gets_a_second_word_into_the_policy(setting):
    try:
        origins = read_tiles(setting).origins
    except Refusal:
        return
    assert all(set(origin) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-:/") for origin in origins)


def test_the_policy_names_the_hosts_of_the_source_and_no_other(run_settings):
    plain = run_settings()
    assert plain == ["'self'", "data:"]
    assert run_settings(GONGJIAN_TILES="https://tiles.example.cn/{z}/{x}/{y}.png") == [*plain, "https://tiles.example.cn"]


@pytest.fixture
def run_settings(tmp_path):
    """What the settings let pictures come from, read by a process of its own."""
    import os
    import subprocess
    import sys

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIAN_", "DJANGO_"))}
    code = "import json; from gongjian.project import settings as s; print(json.dumps(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']))"

    def read(**given):
        environment = {**kept, "GONGJIAN_HOME": str(tmp_path), **given}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
        return json.loads(done.stdout)

    return read
