"""Accounts and posts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.actions import create_user, end_post, give_post, save_department, save_user, set_password
from gongjian.people.models import Post, User
from gongjian.people.permissions import Forbidden, may
from gongjian.people.queries import active_posts, holders
from gongjian.people.roles import Permission, Role
from gongjian.trail.models import Event


def test_an_account_is_made_with_a_name_people_use(db, at):
    user = create_user("wang", "王经办", "demo", phone="010-1", by=None, at=at)
    assert (str(user), user.get_full_name(), user.username) == ("王经办", "王经办", "wang")
    assert check_password("demo", User.objects.get().password)


def test_an_account_without_a_password_cannot_sign_in(db, at):
    create_user("wang", "王经办", None, by=None, at=at)
    assert not User.objects.get().has_usable_password()


def test_no_password_and_no_trace_of_one_reaches_the_log(administrator, at):
    user = create_user("wang", "王经办", "Tian-Qi_4471", by=administrator, at=at)
    set_password(user, "Tian-Qi_4472", by=administrator, at=at)
    told = "".join(str(value) for row in Event.objects.values_list() for value in row)
    assert "4471" not in told
    assert "4472" not in told
    assert "argon2" not in told
    assert Event.objects.last().verb == "user.password_set"


def test_a_weak_password_is_refused_when_a_person_chooses_it(administrator, at):
    with pytest.raises(Refusal, match="密码不合要求"):
        create_user("wang", "王经办", "12345678", by=administrator, at=at)
    assert not User.objects.filter(username="wang").exists()


def test_a_username_is_given_once(db, at):
    create_user("wang", "王经办", None, by=None, at=at)
    with pytest.raises(Refusal, match="用户名"):
        create_user("wang", "另一位", None, by=None, at=at)


def test_one_may_set_ones_own_password_but_not_anothers(person, at):
    user, other = person(Role.OFFICER), person(Role.HEAD)
    set_password(user, "Tian-Qi_4471", by=user, at=at)
    assert check_password("Tian-Qi_4471", User.objects.get(pk=user.pk).password)
    with pytest.raises(Forbidden):
        set_password(other, "Tian-Qi_4471", by=user, at=at)


def test_a_post_counts_from_its_first_day_until_the_day_before_its_last(person, bureau, at):
    user = person()
    post = give_post(user, Role.OFFICER, bureau, since=date(2020, 3, 1), by=None, at=at)
    end_post(post, until=date(2020, 6, 1), by=None, at=at)
    days = [date(2020, 2, 29), date(2020, 3, 1), date(2020, 5, 31), date(2020, 6, 1)]
    assert [bool(active_posts(user, day)) for day in days] == [False, True, True, False]
    assert [holders([Role.OFFICER], on=day).exists() for day in days] == [False, True, True, False]
    assert [may(user, Permission.REPORT_WRITE, on=day) for day in days] == [False, True, True, False]


def test_a_post_begins_and_ends_on_the_day_it_is_asked_for_unless_said(person, bureau, at):
    user = person()
    post = give_post(user, Role.OFFICER, bureau, by=None, at=at)
    assert post.since == date(2020, 10, 31)
    assert may(user, Permission.REPORT_WRITE, on=post.since)
    end_post(post, by=None, at=at)
    assert not may(user, Permission.REPORT_WRITE, on=post.since)
    assert [event.verb for event in Event.objects.all()][-2:] == ["post.created", "post.ended"]


def test_the_day_of_a_post_is_the_day_it_is_here(person, bureau, at):
    """Seven in the evening in Greenwich is tomorrow in Beijing."""
    post = give_post(person(), Role.OFFICER, bureau, by=None, at=at.replace(hour=19))
    assert post.since == date(2020, 11, 1)


def test_giving_a_post_that_is_held_changes_nothing(person, at):
    user = person(Role.COORDINATOR)
    assert give_post(user, Role.COORDINATOR, by=None, at=at) == user.posts.get()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_a_departments_post_names_its_department(role, person, at):
    with pytest.raises(Refusal, match="须选择所在部门"):
        give_post(person(), role, by=None, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=person(username="x"), role=role, since=at.date())


def test_nobody_is_given_the_role_of_a_visitor(person, at):
    with pytest.raises(Refusal, match="角色"):
        give_post(person(), Role.VISITOR, by=None, at=at)


def test_nobody_is_given_a_post_in_a_department_that_is_not_in_use(person, bureau, at):
    bureau.active = False
    save_department(bureau, by=None, at=at)
    with pytest.raises(Refusal, match="已停用"):
        give_post(person(), Role.OFFICER, bureau, by=None, at=at)


@pytest.mark.parametrize("department", [True, False])
def test_the_database_lets_nobody_hold_the_same_post_twice(department, person, bureau, at):
    user, place = person(), bureau if department else None
    first, second = (Post(user=user, role=Role.LEADER, department=place, since=at.date()) for _ in range(2))
    first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_the_last_administrator_stays(administrator, at):
    with pytest.raises(Refusal, match="没有系统管理员"):
        end_post(administrator.posts.get(), by=administrator, at=at)
    administrator.is_active = False
    with pytest.raises(Refusal, match="没有系统管理员"):
        save_user(administrator, by=None, at=at)
    assert administrator.posts.get().until is None
    assert User.objects.get(pk=administrator.pk).is_active


def test_one_of_two_administrators_may_go(administrator, person, at):
    second = person(Role.ADMINISTRATOR, username="second")
    end_post(administrator.posts.get(), by=second, at=at)
    assert list(holders([Role.ADMINISTRATOR], on=at.date())) == [second]


def test_holders_can_be_asked_for_by_department(person, bureau, other_bureau, at):
    user = person(Role.OFFICER)
    person(Role.OFFICER, username="else", department=other_bureau)
    assert list(holders([Role.OFFICER, Role.HEAD], departments=[bureau.pk], on=at.date())) == [user]


def test_a_deactivated_account_can_neither_sign_in_nor_be_told(person, at, rf):
    user = person(Role.OFFICER)
    set_password(user, "Tian-Qi_4471", by=None, at=at)
    user.is_active = False
    save_user(user, by=None, at=at)
    assert authenticate(rf.post("/"), username=user.username, password="Tian-Qi_4471") is None
    assert not holders([Role.OFFICER], on=at.date()).exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.VISITOR}])
def test_only_the_administrator_manages_accounts(role, person, bureau, at):
    user = person(role)
    post = user.posts.get()
    doors = (
        lambda: create_user("x", "某", None, by=user, at=at),
        lambda: save_user(user, by=user, at=at),
        lambda: give_post(user, Role.ADMINISTRATOR, by=user, at=at),
        lambda: end_post(post, by=user, at=at + timedelta(days=1)),
    )
    for door in doors:
        with pytest.raises(Forbidden, match="系统管理员"):
            door()
    assert (User.objects.count(), Post.objects.count()) == (1, 1)
