"""Every role and every permission, as a table to be read."""

import pytest
from django.contrib.auth.models import AnonymousUser

from gongjian.people.permissions import Forbidden, may, reach, require
from gongjian.people.roles import CARDS, POSTED, Permission, Role, who_may

# . no · own department only ● everywhere
TABLE = """
                    administrator coordinator officer head inspector leader visitor
plan_view                 ●            ●         ●      ●      ●        ●      ●
plan_load                 .            ●         .      .      .        .      .
plan_adjust               .            ●         .      .      .        .      .
commitment_fulfil         .            ●         ○      ○      .        .      .
report_view               .            ●         ○      ○      ●        ●      .
report_write              .            .         ○      ○      .        .      .
report_review             .            ●         .      .      .        .      .
people_manage             ●            .         .      .      .        .      .
calendar_edit             ●            .         .      .      .        .      .
trail_view                ●            ●         .      .      .        ●      .
ledger_view               ●            ●         ●      ●      ●        ●      .
ledger_write              .            ●         ○      ○      .        .      .
record_write              .            ●         ○      ○      ●        .      .
case_view                 .            ●         ○      ○      ●        ●      .
case_find                 .            ●         ○      ○      ●        .      .
case_hand_over            .            ●         ○      ○      ●        .      .
case_handle               .            .         ○      ○      .        .      .
case_verify               .            ●         .      ○      ●        .      .
case_rules                .            ●         .      .      .        .      .
alarm_view                .            ●         ○      ○      ●        ●      .
alarm_answer              .            .         ○      ○      .        .      .
alarm_review              .            ●         .      .      ●        .      .
limit_write               .            ●         .      .      ●        .      .
device_manage             ●            ●         .      .      .        .      .
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(Role(role), Permission(line[0]), mark) for line in LINES for role, mark in zip(HEAD, line[1:], strict=True)]


def test_the_table_has_every_role_and_every_permission():
    assert [role.value for role in Role] == HEAD
    assert [line[0] for line in LINES] == [permission.value for permission in Permission]


@pytest.mark.parametrize(("role", "permission", "mark"), CELLS, ids=str)
def test_a_role_may_exactly_what_the_table_says(role, permission, mark, person, bureau, other_bureau, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = role is Role.VISITOR
    user = AnonymousUser() if role is Role.VISITOR else person(role)
    anywhere, at_home, elsewhere = mark != ".", mark != ".", mark == "●"
    assert may(user, permission) is anywhere
    assert may(user, permission, departments=[bureau.pk]) is at_home
    assert may(user, permission, departments=[other_bureau.pk]) is elsewhere
    assert may(user, permission, departments=[other_bureau.pk, bureau.pk]) is at_home
    assert may(user, permission, departments=[]) is elsewhere


@pytest.mark.parametrize("permission", Permission)
def test_whoever_has_no_post_or_is_not_signed_in_may_nothing(permission, person, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    assert not may(person(), permission)
    assert not may(AnonymousUser(), permission)


def test_an_open_plan_is_open_to_those_signed_in_as_well(person, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = True
    assert may(person(), Permission.PLAN_VIEW)


def test_the_system_itself_may_everything():
    assert all(may(None, permission, departments=[]) for permission in Permission)


def test_djangos_own_superuser_mark_opens_nothing(person, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    user = person()
    user.is_superuser = user.is_staff = True
    assert not any(may(user, permission) for permission in Permission)


def test_a_barred_account_may_nothing_whatever_posts_it_holds(person, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    user = person(Role.COORDINATOR)
    user.is_active = False
    assert not any(may(user, permission) for permission in Permission)


def test_two_posts_add_up(person, bureau, other_bureau, at):
    from gongjian.people.actions import give_post

    user = person(Role.OFFICER)
    give_post(user, Role.HEAD, other_bureau, by=None, at=at)
    assert reach(user, Permission.REPORT_WRITE, on=at.date()).departments == {bureau.pk, other_bureau.pk}


def test_a_hundred_questions_read_the_posts_once(person, django_assert_num_queries, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    settings.GONGJIAN_DEMONSTRATION_DAY = None
    user = person(Role.OFFICER)
    with django_assert_num_queries(1):
        for _ in range(10):
            for permission in Permission:
                may(user, permission, departments=[1])


def test_a_refusal_says_who_may_and_who_one_is(person, settings):
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    with pytest.raises(Forbidden, match=r"^您不能采用或退回月度进展报告：可以这样做的是统筹办；您现在的身份是部门经办人（城市运行局）。$"):
        require(person(Role.OFFICER), Permission.REPORT_REVIEW)
    with pytest.raises(Forbidden, match="您还没有登录"):
        require(AnonymousUser(), Permission.PLAN_VIEW)
    with pytest.raises(Forbidden, match="您还没有任职"):
        require(person(), Permission.PLAN_VIEW)


def test_a_refusal_for_another_departments_thing_says_so(person, other_bureau):
    with pytest.raises(Forbidden, match="不归您所在的部门"):
        require(person(Role.OFFICER), Permission.REPORT_WRITE, departments=[other_bureau.pk])


def test_every_role_and_permission_is_described_in_chinese():
    sentences = [card.sentence for card in CARDS.values()]
    assert all(sentence.endswith("。") for sentence in sentences)
    assert len({card.title for card in CARDS.values()}) == len(Role)
    assert all(permission.sentence for permission in Permission)


def test_for_every_permission_some_post_has_it():
    assert all(who_may(permission) for permission in Permission)
    assert Role.VISITOR not in POSTED
