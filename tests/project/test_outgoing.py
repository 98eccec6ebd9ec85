"""How messages leave the house, as an administrator writes it into the environment."""

from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from gongjian.project.outgoing import CONSOLE, DINGTALK, MAIL, WECOM, couriers_in_use, mail_server, office_hours, robot_address, sender


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("smtps://gongjian:geheim@mail.example.gov.cn", ("mail.example.gov.cn", 465, "gongjian", "geheim", True, False)),
        ("smtp+starttls://a%40b.cn:p%3Aw%2F%40@mail.example:5870", ("mail.example", 5870, "a@b.cn", "p:w/@", False, True)),
        ("smtp://10.0.0.8", ("10.0.0.8", 25, "", "", False, False)),
    ],
)
def test_a_mail_server_is_one_address(url, told):
    server = mail_server(url)
    assert (server.host, server.port, server.user, server.password, server.ssl, server.starttls) == told
    assert server.backend == "django.core.mail.backends.smtp.EmailBackend"
    assert not server.password or server.password not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://a:geheim@b",
        "smtps://",
        "smtp://u:geheim@host:port",
        "smtps://u:geheim@:465",
        "smtps://[geheim",
        "smtp://h:99999",
    ],
)
def test_any_other_address_is_refused_without_its_password_being_repeated(url):
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_EMAIL_URL 应写成") as refused:
        mail_server(url)
    assert "geheim" not in str(refused.value)


NOTHING = {"email": "", "wecom": "", "dingtalk": "", "console": False}
PATHS = {"email": MAIL, "wecom": WECOM, "dingtalk": DINGTALK, "console": CONSOLE}


def test_without_an_address_there_is_no_mail_and_no_robot():
    assert mail_server("").user == ""
    assert sender("", "") == "gongjian@localhost"
    assert robot_address("GONGJIAN_WECOM_URL", "") == ""
    assert couriers_in_use(**NOTHING) == []


@pytest.mark.parametrize("nobody", ["", "攻坚", "攻坚 <nobody>"])
def test_mail_needs_somebody_it_comes_from(nobody):
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_EMAIL_FROM"):
        sender("smtp://mail.example", nobody)
    assert sender("smtp://mail.example", "攻坚 <a@b.cn>") == "攻坚 <a@b.cn>"


@pytest.mark.parametrize("name", PATHS)
def test_a_courier_is_in_use_when_it_is_given_and_is_there(name):
    assert couriers_in_use(**{**NOTHING, name: "x"}) == [PATHS[name]]
    assert callable(import_string(PATHS[name]).from_settings)


@pytest.mark.parametrize(("written", "hours"), [("08:00-20:00", (time(8), time(20))), (" 09:30 - 17:00 ", (time(9, 30), time(17)))])
def test_office_hours_are_two_times(written, hours):
    assert office_hours(written) == hours


@pytest.mark.parametrize("written", ["", "8-20", "20:00-08:00", "08:00", "08:00-08:00", "08:00-12:00-20:00"])
def test_anything_else_is_refused(written):
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_OFFICE_HOURS"):
        office_hours(written)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"GONGJIAN_EMAIL_URL": "smtps://u:geheim@"}, "GONGJIAN_EMAIL_URL"),
        ({"GONGJIAN_OFFICE_HOURS": "20"}, "GONGJIAN_OFFICE_HOURS"),
        ({"GONGJIAN_WECOM_URL": "http://qyapi.example/send?key=geheim"}, "GONGJIAN_WECOM_URL"),
        ({"GONGJIAN_DINGTALK_URL": "geheim"}, "GONGJIAN_DINGTALK_URL"),
    ],
)
def test_the_program_does_not_start_with_what_cannot_be(run, refused, tmp_path, given, named):
    home = tmp_path / "home"
    home.mkdir()
    sentence = refused(run("manage", "check", home=home, **given))
    assert named in sentence
    assert "geheim" not in sentence
