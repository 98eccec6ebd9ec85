"""``gongjian people``: the first administrator of an installation."""

from __future__ import annotations

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django


@click.group(help="人员：建立第一位系统管理员。")
def people() -> None:
    """Commands about people."""
    start_django()


@people.command(help="建立一位系统管理员，密码在屏幕上输入两遍。")
@click.argument("username")
@click.option("--name", "display_name", default="", help="姓名。")
@click.password_option("--password", prompt="密码", confirmation_prompt="再输入一遍", help="缺省在屏幕上输入。")
def administrator(username: str, display_name: str, password: str) -> None:
    """Create the account and its post."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - after Django has started
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from gongjian.people import actions  # noqa: PLC0415
    from gongjian.people.roles import Role  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("密码不合要求：" + "".join(error.messages)) from error
    with transaction.atomic():
        user = actions.create_user(username, display_name, password, by=None, at=now())
        actions.give_post(user, Role.ADMINISTRATOR, by=None, at=now())
    click.echo(f"已建立系统管理员 {username}。")
