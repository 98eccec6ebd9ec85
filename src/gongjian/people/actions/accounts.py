"""Accounts and the posts people hold."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, Post, User
from gongjian.people.permissions import forget_posts, require
from gongjian.people.queries import holders
from gongjian.people.roles import Permission, Role
from gongjian.people.saving import check, save_with_event
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

SHOWN = ("username", "display_name", "phone", "email", "is_active")


@transaction.atomic
def create_user(
    username: str,
    display_name: str,
    password: str | None,
    *,
    phone: str = "",
    email: str = "",
    by: User | None,
    at: datetime,
) -> User:
    """Make an account. ``password`` None: nobody can sign in until one is set. What a person chooses must be strong enough."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    user = User(username=username, display_name=display_name, phone=phone, email=email, date_joined=at)
    _choose(user, password, checked=by is not None)
    save_with_event(user, SHOWN, by=by, at=at)
    return user


@transaction.atomic
def save_user(user: User, *, by: User | None, at: datetime) -> User:
    """Save a changed account; deactivating the last administrator is refused."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    if not user.is_active:
        _keep_an_administrator(local_day(at), without=user)
    save_with_event(user, SHOWN, by=by, at=at)
    return user


@transaction.atomic
def set_password(user: User, password: str | None, *, by: User | None, at: datetime) -> None:
    """Set a password, one's own or, as administrator, another's; None takes it away. The event says that, never what."""
    if by is None or by.pk != user.pk:
        require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    _choose(user, password, checked=by is not None)
    user.save(update_fields=["password"])
    record("user.password_set", user, by=by, at=at)


@transaction.atomic
def give_post(
    user: User, role: Role, department: Department | None = None, *, since: date | None = None, by: User | None, at: datetime
) -> Post:
    """Give somebody a role, from ``since`` (default: the day of ``at``). One they hold already is returned as it is."""
    today = local_day(at)
    require(by, Permission.PEOPLE_MANAGE, on=today)
    standing = Post.objects.filter(user=user, role=role, department=department, until=None).first()
    if standing:
        return standing
    if department and not department.active:
        msg = f"“{department}”已停用，不能在这里任职；请先启用部门或另选部门。"
        raise Refusal(msg)
    post = Post(user=user, role=role, department=department, since=since or today)
    save_with_event(post, ("user", "role", "department", "since", "until"), by=by, at=at)
    forget_posts(user)
    return post


@transaction.atomic
def end_post(post: Post, *, until: date | None = None, by: User | None, at: datetime) -> Post:
    """End a post: from ``until`` (default: the day of ``at``) on it is not held. The last administrator's is refused."""
    today = local_day(at)
    require(by, Permission.PEOPLE_MANAGE, on=today)
    before = Post.objects.get(pk=post.pk).until
    post.until = max(until or today, post.since)
    check(post)
    if post.role == Role.ADMINISTRATOR:
        _keep_an_administrator(post.until, without=post.user)
    post.save(update_fields=["until"])
    record("post.ended", post, by=by, at=at, before={"until": before}, after={"until": post.until})
    forget_posts(post.user)
    return post


def _choose(user: User, password: str | None, *, checked: bool) -> None:
    if password and checked:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refusal("密码不合要求：" + "".join(error.messages)) from error
    user.set_password(password)


def _keep_an_administrator(on: date, *, without: User) -> None:
    administrators = set(holders([Role.ADMINISTRATOR], on=on))
    if administrators == {without}:
        msg = "这样就没有系统管理员了：请先让另一位用户担任系统管理员。"
        raise Refusal(msg)
