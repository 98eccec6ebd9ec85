"""Signing in, being locked out, and that nobody signs up."""

import pytest
from django.core.cache import cache

from gongjian.people import actions as people
from gongjian.people.models import User

pytestmark = pytest.mark.django_db
SECRET = "Chengjian-2020-mima"


@pytest.fixture
def officer(town, db):
    cache.clear()  # the counters of earlier attempts
    user = town.user("chengjian")
    people.set_password(user, SECRET, by=None, at=user.date_joined)
    return user


def attempt(client, password, username="chengjian", **more):
    return client.post("/account/login/", {"login": username, "password": password}, **more)


def test_the_right_password_opens_and_is_kept_as_argon2(client, officer):
    assert attempt(client, SECRET).status_code == 302
    assert client.get("/").context["user"] == officer
    assert User.objects.get(pk=officer.pk).password.startswith("argon2$")


def test_a_wrong_password_says_so_without_saying_which_was_wrong(client, officer, words):
    one, other = attempt(client, "falsch"), attempt(client, "falsch", username="niemand")
    assert one.status_code == other.status_code == 200
    said, also = (list(answer.context["form"].non_field_errors()) for answer in (one, other))
    assert said == also == ["您提供的用户名或密码不正确。"]


def test_after_five_wrong_passwords_even_the_right_one_does_not_open(client, officer, words):
    for _ in range(4):
        assert "暂停登录" not in words(attempt(client, "falsch")).replace("账号将暂停登录一段时间", "")
    answer = attempt(client, "falsch")
    assert answer.status_code == 429
    assert attempt(client, SECRET).status_code == 429
    assert "_auth_user_id" not in client.session
    assert "暂停登录" in words(attempt(client, SECRET))


def test_a_stranger_elsewhere_does_not_lock_an_officer_out_here(client, officer):
    for _ in range(5):
        attempt(client, "falsch", REMOTE_ADDR="10.9.9.9")
    assert attempt(client, SECRET, REMOTE_ADDR="10.9.9.9").status_code == 429
    assert attempt(client, SECRET, REMOTE_ADDR="10.1.1.1").status_code == 302


def test_nobody_signs_up_by_themselves(client, town, words):
    before = User.objects.count()
    client.post("/account/signup/", {"username": "neu", "password1": SECRET, "password2": SECRET})
    assert User.objects.count() == before
    assert client.get("/account/signup/").status_code == 200
    assert "password1" not in client.get("/account/signup/").content.decode()


def test_a_barred_account_does_not_open(client, officer):
    officer.is_active = False
    people.save_user(officer, by=None, at=officer.date_joined)
    attempt(client, SECRET)
    assert "_auth_user_id" not in client.session


def test_signing_in_leads_back_to_the_page_one_wanted_and_not_to_a_strangers(client, officer):
    assert client.post("/account/login/?next=/work/", {"login": "chengjian", "password": SECRET}).url == "/work/"
    client.logout()
    answer = client.post("/account/login/?next=https://evil.example/", {"login": "chengjian", "password": SECRET})
    assert "evil" not in answer.url
