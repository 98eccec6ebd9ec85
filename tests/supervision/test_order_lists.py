"""Where orders are listed: for whom, how narrowed, what comes first, and what each person finds on the workbench."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from order_desk import url, words
from stage import at

from gongjian.people import actions as people
from gongjian.people.roles import Role
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.models import Order, OrderRule

pytestmark = pytest.mark.django_db
LIVING = at(10, 31)  # the day the demonstration's clock stands on
EVERYBODY = {"tongchou", "chengjian", "chengjian-zhang", "jiaotong", "jiancha", "lingdao", "guanli", "xinren"}
SEEING = {"tongchou", "chengjian", "chengjian-zhang", "jiancha", "lingdao"}  # an order to 城建局


@pytest.mark.parametrize("name", ["orders", "rules"])
@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_the_lists_are_for_those_who_may_see_orders(ruled, sign_in, recent, name, person):
    recent()
    answer = sign_in(person).get(reverse(f"supervision:{name}"))
    assert answer.status_code == (403 if person in {"guanli", "xinren"} else 200)
    if name == "orders" and answer.status_code == 200:
        assert ("裸地台账不全" in words(answer)) == (person in SEEING)


def test_the_list_is_narrowed_by_state_colour_department_words_and_lateness(desk, recent, sign_in):
    recent(title="蓝的")
    recent(title="红的", colour="red", department=desk.department("水务局"))
    recent("cleared", title="办结的")
    desk.issued(at(10, 20), title="逾期的", due_at=at(10, 26))
    client = sign_in("tongchou")

    def shown(query):
        page = client.get(f"{reverse('supervision:orders')}?{query}")
        assert page.status_code == 200
        return {title for title in ("蓝的", "红的", "办结的", "逾期的") if f">{title}</a>" in page.content.decode()}

    assert shown("") == {"蓝的", "红的", "逾期的"}
    assert shown("state=all") == {"蓝的", "红的", "办结的", "逾期的"}
    assert shown("state=overdue") == {"逾期的"}
    assert shown("state=cleared") == {"办结的"}
    assert shown("colour=red") == {"红的"}
    assert shown(f"department={desk.department('水务局').pk}") == {"红的"}
    assert shown("text=红") == {"红的"}
    assert shown("text=〔2020〕2号") == {"红的"}
    assert shown("state=nonsense&colour=green&department=99999999999999999999&page=x") <= {"蓝的", "红的", "逾期的"}
    assert shown("text=%00'%22<script>") == set()


def test_one_s_own_department_comes_first(desk, recent, sign_in):
    recent(title="别家的", department=desk.department("水务局"), due_at=at(11, 2))
    recent(title="自家的", due_at=at(11, 9))
    people.give_post(desk.user("xinren"), Role.OFFICER, desk.department(), by=None, at=at(10, 1))
    people.give_post(desk.user("xinren"), Role.LEADER, None, by=None, at=at(10, 1))
    page = sign_in("xinren").get(reverse("supervision:orders")).content.decode()
    assert page.index("自家的") < page.index("别家的")
    office = sign_in("tongchou").get(reverse("supervision:orders")).content.decode()
    assert office.index("别家的") < office.index("自家的")  # the most pressing


def test_the_list_and_the_page_ask_as_often_for_many_orders_as_for_few(desk, recent, sign_in):
    client, order = sign_in("tongchou"), recent("answered")

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = [asked(address) for address in (reverse("supervision:orders"), url(order))]
    for number in range(30):
        recent("signed", title=f"第{number}件")
    assert [asked(address) for address in (reverse("supervision:orders"), url(order))] == few
    assert few[0] <= 12
    assert few[1] <= 16


def test_the_workbench_shows_each_what_is_theirs_to_do(recent, sign_in):
    recent("issued", title="签我")
    recent("answered", title="审我")
    recent("reviewed", title="销我")

    def shown(person):
        page = words(sign_in(person).get("/work/"))
        return {title for title in ("签我", "审我", "销我") if title in page}

    assert shown("chengjian") == {"签我"}
    assert shown("tongchou") == {"审我", "销我"}
    assert shown("jiancha") == {"审我"}
    assert shown("jiaotong") == shown("lingdao") == set()


def test_a_rule_s_order_shows_its_fact_and_leads_to_the_measure(ruled, sign_in, town):
    fire(at=at(5, 12))
    order = Order.objects.get(department__name="城建局")
    page = words(sign_in("chengjian").get(url(order)))
    assert "报告催报（进展报告逾期未报满2个工作日）" in page
    assert "4月进展报告应于5月8日报送，已逾期3个工作日" in page
    assert "系统（按规则）" in page


def test_the_administrator_changes_a_rule_in_the_back_room_and_nobody_deletes_one(ruled, sign_in):
    rule = OrderRule.objects.filter(kind="red_light").order_by("after")[0]
    client = sign_in("guanli")
    address = reverse("admin:supervision_orderrule_change", args=[rule.pk])
    form = {"kind": rule.kind, "title": rule.title, "after": 10, "colour": "blue", "answer_within": 4, "demand": rule.demand}
    assert client.post(address, form | {"active_from": "2020-01-01", "active_to": ""}).status_code == 302
    rule.refresh_from_db()
    assert (rule.after, rule.answer_within) == (10, 4)
    assert client.post(reverse("admin:supervision_orderrule_delete", args=[rule.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:supervision_ladderrung_changelist")).status_code == 200
    assert sign_in("tongchou").get(address).status_code == 302  # to signing in as somebody who may


def test_time_left_is_said_in_words(desk, sign_in, recent):
    recent(title="早着呢", due_at=LIVING + timedelta(days=5, hours=12))
    desk.issued(at(10, 20), title="晚了", due_at=at(10, 26))
    page = words(sign_in("tongchou").get(reverse("supervision:orders")))
    assert "还有 5 天" in page
    assert "逾期 5 天" in page
