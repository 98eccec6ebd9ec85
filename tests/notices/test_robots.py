"""Robots: what they are sent, what their answers mean, and that their keys stay secret."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
import sinks
from hypothesis import given
from hypothesis import strategies as st

from gongjian.notices.courier import DeliveryError, DoubtfulError, Item, Letter
from gongjian.notices.couriers.posting import without_keys
from gongjian.notices.couriers.robots import DINGTALK_BYTES, WECOM_BYTES, DingTalk, WeCom, signature
from gongjian.notices.letters import markdown

AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)
SITE = "https://gongjian.example"
LETTER = Letter("wecom-17", "", "十月月报被退回", (Item("十月月报被退回", "请补充。", "/measures/7/"),), ("王工", "李工"), AT)


@pytest.fixture
def server():
    sink = sinks.serve(sinks.RobotSink())
    yield sink
    sink.shutdown()
    sink.server_close()


def test_wecom_is_posted_markdown_that_names_the_readers_and_links_to_the_thing(server):
    WeCom(server.url, SITE).deliver(LETTER)
    ((path, body),) = server.kept
    assert path == "/send?key=GEHEIM-7f3a"
    content = "致王工、李工\n\n**[十月月报被退回](https://gongjian.example/measures/7/)**\n> 请补充。"
    assert body == {"msgtype": "markdown", "markdown": {"content": content}}


def test_dingtalk_is_posted_a_title_a_text_and_a_signature_of_the_real_time(server):
    DingTalk(server.url, SITE, "SECgeheim", lambda: 1604023200.5).deliver(replace(LETTER, urgent=True))
    ((path, body),) = server.kept
    query = parse_qs(urlsplit(path).query)
    assert query == {"key": ["GEHEIM-7f3a"], "timestamp": ["1604023200500"], "sign": [signature("1604023200500", "SECgeheim")]}
    assert body["msgtype"] == "markdown"
    assert body["markdown"]["title"] == "十月月报被退回"
    assert body["markdown"]["text"].startswith("【紧急】致王工、李工")


def test_without_a_secret_dingtalk_is_not_signed(server):
    DingTalk(server.url, SITE, "").deliver(LETTER)
    assert server.kept[0][0] == "/send?key=GEHEIM-7f3a"


def test_the_signature_is_the_one_openssl_makes():
    """The expected value is that of ``openssl dgst -sha256 -hmac SECgeheim -binary | base64`` over the two lines."""
    assert signature("1604023200500", "SECgeheim") == "a80oqS6AvYTKJK2FtqJnf6fm7TQp0HYS8s85Dk6rABY="


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, '{"errcode": 45009, "errmsg": "freq"}'), DeliveryError),
        ((200, '{"errcode": 310000, "errmsg": "sign not match"}'), DeliveryError),
        ((200, '{"errmsg": "ok"}'), DoubtfulError),
        ((200, '{"errcode": "0"}'), DoubtfulError),
        ((200, "[]"), DoubtfulError),
        ((200, "<html>请登录上网认证</html>"), DoubtfulError),
        ((200, ""), DoubtfulError),
        ((404, ""), DeliveryError),
        ((429, ""), DeliveryError),
        ((503, ""), DeliveryError),
        ((500, ""), DoubtfulError),
        ((504, ""), DoubtfulError),
        (None, DoubtfulError),
    ],
    ids=str,
)
@pytest.mark.parametrize("made", [WeCom, partial(DingTalk, secret="")], ids=["WeCom", "DingTalk"])
def test_nothing_but_a_plain_yes_is_believed_and_only_a_plain_no_is_tried_again(server, made, answer, error):
    server.answer = answer
    with pytest.raises((DeliveryError, DoubtfulError)) as raised:
        made(server.url, SITE).deliver(LETTER)
    assert type(raised.value) is error


def test_a_robot_that_does_not_answer_in_time_is_doubtful(monkeypatch):
    import socket

    from gongjian.notices.couriers.posting import post_json

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/?key=GEHEIM-7f3a"
        with pytest.raises(DoubtfulError, match="没有得到看得懂的答复"):
            post_json(url, {}, timeout=0.2)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(server, status):
    other = sinks.serve(sinks.RobotSink())
    server.answer, server.moved = (status, ""), other.url
    with pytest.raises(DeliveryError, match=f"HTTP {status}"):
        WeCom(server.url, SITE).deliver(LETTER)
    assert other.kept == []
    other.shutdown()
    other.server_close()


@pytest.mark.parametrize(
    "answer", [(200, json.dumps({"errcode": 1, "errmsg": "invalid key GEHEIM-7f3a /send?key=GEHEIM-7f3a"})), (404, ""), None]
)
def test_no_error_log_or_chained_exception_shows_the_key(server, answer, caplog):
    """Nor is a library's error, which may hold the address, chained to ours where a log would print it."""
    server.answer = answer
    with caplog.at_level(logging.DEBUG), pytest.raises((DeliveryError, DoubtfulError)) as raised:
        WeCom(server.url, SITE).deliver(LETTER)
    link = raised.value
    while link is not None:
        assert "GEHEIM" not in f"{link} {link.args}"
        link = link.__cause__ or link.__context__
    assert "GEHEIM" not in caplog.text


def test_keys_are_blotted_out_wherever_they_stand():
    url = "https://oapi.example/robot/send?access_token=abc123"
    assert without_keys("bad abc123 at /robot/send?access_token=abc123", url) == "bad …… at ……?……"


TEXT = st.text(max_size=400) | st.sampled_from(["[x](http://evil)", "<@all>", "@13800000000", "# 大", "![](http://x)", "**", "`"])


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=60), st.lists(TEXT, min_size=1, max_size=30))
def test_what_people_wrote_never_becomes_a_link_or_a_mention_and_always_fits(written, readers):
    items = tuple(Item(title, body, "/x/") for title, body in written)
    letter = replace(LETTER, title=written[0][0], items=items, readers=tuple(readers))
    for most in (WECOM_BYTES, DINGTALK_BYTES):
        text = markdown(letter, SITE, most=most)
        assert len(text.encode()) <= most
        assert text.count("](") == text.count(f"]({SITE}/x/)")
        assert not set("<@`#!|\\") & set(text)


def test_what_does_not_fit_is_counted():
    items = tuple(Item("长" * 100, link=f"/x/{number}/") for number in range(40))
    text = markdown(replace(LETTER, items=items), SITE, most=WECOM_BYTES)
    shown = text.count("**[")
    assert 1 < shown < 40
    assert text.endswith(f"另有 {40 - shown} 条，请登录系统查看。")


def test_many_readers_are_counted():
    assert markdown(replace(LETTER, readers=tuple(f"人{n}" for n in range(30))), SITE, most=WECOM_BYTES).startswith(
        "致人0、人1、人2、人3、人4、人5、人6、人7、人8、人9等 30 人"
    )
