"""The administrator's back room: through the same actions, with the same events, for the administrator alone."""

import pytest
from django.urls import reverse

from gongjian.people.models import CalendarDay, Department, DepartmentAlias, DepartmentGroup, Post, User
from gongjian.people.roles import Role
from gongjian.trail.models import Event

TABLES = ["department", "departmentalias", "departmentgroup", "user", "post", "calendarday"]


def url(table, page="changelist", *args, room="people"):
    return reverse(f"admin:{room}_{table}_{page}", args=args)


@pytest.fixture
def room(client, administrator, settings):
    """The back room with the administrator in it."""
    settings.GONGJIAN_DEMONSTRATION_DAY = None
    client.force_login(administrator, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def last_event():
    event = Event.objects.last()
    return event.verb, event.actor_label


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_its_form_open(room, table, bureau, at):
    assert room.get(url(table)).status_code == 200
    assert room.get(url(table, "add")).status_code == 200


def test_the_log_can_be_read_and_not_written(room):
    page = room.get(url("event", room="trail"))
    assert "新增用户" in page.content.decode()
    event = Event.objects.last()
    assert room.get(url("event", "change", event.pk, room="trail")).status_code == 200
    for address in (url("event", "add", room="trail"), url("event", "delete", event.pk, room="trail")):
        assert room.post(address, {"post": "yes"}).status_code == 403
    assert room.post(url("event", "change", event.pk, room="trail"), {"note": "x"}).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.VISITOR}])
def test_nobody_else_may_enter_not_even_with_djangos_marks(role, client, person):
    user = person(role)
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    for address in (reverse("admin:index"), *(url(table) for table in TABLES), url("event", room="trail")):
        assert client.get(address).status_code in {302, 403}


def test_a_stranger_is_sent_away(client, db):
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_department_is_saved_with_its_event(room, administrator):
    form = {"name": "水务 局", "short": "", "kind": "bureau", "order": 5, "active": "on"}
    assert room.post(url("department", "add"), form).status_code == 302
    water = Department.objects.get(name="水务局")
    assert last_event() == ("department.created", str(administrator))
    room.post(url("department", "change", water.pk), form | {"short": "水务"})
    water.refresh_from_db()
    assert (water.short, Event.objects.last().after) == ("水务", {"short": "水务"})


def test_a_name_that_is_taken_is_said_on_the_form(room, bureau):
    form = {"name": "城市运行局", "kind": "bureau", "order": 5}
    assert "请换一个名称" in room.post(url("departmentgroup", "add"), form).content.decode()
    assert not DepartmentGroup.objects.exists()


@pytest.mark.parametrize("table", ["department", "departmentgroup", "user", "post"])
def test_what_history_hangs_on_cannot_be_deleted(room, administrator, bureau, table):
    DepartmentGroup.objects.create(name="各部门")
    row = {"department": bureau, "departmentgroup": DepartmentGroup.objects.get(), "user": administrator, "post": Post.objects.get()}[table]
    assert room.post(url(table, "delete", row.pk), {"post": "yes"}).status_code == 403
    room.post(url(table), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("door", ["one", "many"])
def test_an_alias_or_a_day_entered_by_mistake_can_be_deleted_with_its_event(room, bureau, door, at):
    rows = {
        "departmentalias": DepartmentAlias.objects.create(alias="运管局", department=bureau),
        "calendarday": CalendarDay.objects.create(day=at.date(), working=True),
    }
    for table, row in rows.items():
        if door == "one":
            room.post(url(table, "delete", row.pk), {"post": "yes"})
        else:
            room.post(url(table), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
        assert not type(row).objects.exists()
        assert Event.objects.last().verb == f"{table}.removed"


def test_a_group_is_saved_with_its_members(room, bureau, other_bureau):
    room.post(url("departmentgroup", "add"), {"name": "各相关部门", "members": [bureau.pk, other_bureau.pk]})
    assert set(DepartmentGroup.objects.get().members.all()) == {bureau, other_bureau}
    assert Event.objects.last().after == {"members": ["城市运行局", "综合执法局"]}


def test_an_account_is_made_changed_and_given_a_password(room, administrator):
    form = {"username": "wang", "display_name": "王经办", "is_active": "on", "new_password": "Tian-Qi_4471"}
    room.post(url("user", "add"), form)
    user = User.objects.get(username="wang")
    assert user.check_password("Tian-Qi_4471")
    room.post(url("user", "change", user.pk), {"username": "wang", "display_name": "王副科长", "is_active": "on"})
    user.refresh_from_db()
    assert (user.display_name, user.check_password("Tian-Qi_4471")) == ("王副科长", True)
    room.post(url("user", "change", user.pk), form | {"new_password": "Tian-Qi_4472"})
    user.refresh_from_db()
    assert (user.display_name, user.check_password("Tian-Qi_4472")) == ("王经办", True)
    assert [event.verb for event in Event.objects.all()][-4:] == ["user.created", "user.changed", "user.changed", "user.password_set"]


def test_a_weak_password_is_said_on_the_form(room):
    form = {"username": "wang", "display_name": "王经办", "is_active": "on", "new_password": "12345678"}
    page = room.post(url("user", "add"), form)
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["new_password"]
    assert not User.objects.filter(username="wang").exists()


def test_an_account_may_be_made_inactive_from_the_start(room):
    room.post(url("user", "add"), {"username": "wang", "display_name": "王经办", "new_password": ""})
    assert not User.objects.get(username="wang").is_active


def test_what_an_action_refuses_is_said_and_nothing_is_saved(room, administrator):
    form = {"username": administrator.username, "display_name": "改名", "new_password": ""}
    page = room.post(url("user", "change", administrator.pk), form, follow=True)
    assert "没有系统管理员" in page.content.decode()
    assert User.objects.get(pk=administrator.pk).display_name != "改名"


def test_a_post_is_given_and_ended_and_not_edited(room, bureau, person):
    user = person()
    room.post(url("post", "add"), {"user": user.pk, "role": "officer", "department": bureau.pk, "since": "2020-10-01"})
    post = user.posts.get()
    assert last_event()[0] == "post.created"
    room.post(url("post", "change", post.pk), {"user": user.pk, "role": "head", "department": bureau.pk, "since": "2020-10-01"})
    post.refresh_from_db()
    assert post.role == "officer"
    room.post(url("post"), {"action": "end_selected", "_selected_action": [post.pk]})
    post.refresh_from_db()
    assert post.until is not None
    assert last_event()[0] == "post.ended"


def test_the_administrators_own_post_cannot_be_ended_when_it_is_the_last(room, administrator):
    page = room.post(url("post"), {"action": "end_selected", "_selected_action": [administrator.posts.get().pk]}, follow=True)
    assert "没有系统管理员" in page.content.decode()
    assert administrator.posts.get().until is None
