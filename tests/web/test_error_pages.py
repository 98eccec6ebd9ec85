"""What a person sees when something breaks."""

import logging
import re

import pytest
from django.db import DatabaseError

pytestmark = pytest.mark.django_db


@pytest.fixture
def breaking(sign_in, monkeypatch):
    """The map breaks; the test client answers as a server would."""

    def fail(*_, **__):
        msg = "secret detail of the database"
        raise DatabaseError(msg)

    client = sign_in("tongchou")
    client.raise_request_exception = False
    monkeypatch.setattr("gongjian.web.views.wall.board", fail)
    return client


def test_a_page_that_broke_gives_a_number_that_is_in_the_log_and_no_detail(breaking, caplog, words):
    with caplog.at_level(logging.ERROR):
        answer = breaking.get("/")
    assert answer.status_code == 500
    number = re.search(r"\b[0-9A-F]{8}\b", words(answer))[0]
    assert f"number {number}: GET /" in caplog.text
    assert "secret detail" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert "演示数据（模拟）" in words(answer)


def test_it_still_says_so_when_the_database_itself_is_gone(breaking, monkeypatch, words):
    """The page of the breakdown asks nothing of what has broken down."""

    def gone(*_, **__):
        raise DatabaseError

    monkeypatch.setattr("gongjian.people.permissions.held_posts", gone)
    answer = breaking.get("/")
    assert answer.status_code == 500
    assert re.search(r"\b[0-9A-F]{8}\b", words(answer))
