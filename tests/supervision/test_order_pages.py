"""Pages of orders as people meet them: seen by whom, worked without JavaScript, answering what goes wrong."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from order_desk import photo, piece
from stage import at

from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.people import actions as people
from gongjian.people.roles import Role
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.models import Order, OrderEvidence, OrderRule, OrderState, OrderStep

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIVING = at(10, 31)  # the day the demonstration's clock stands on
EVERYBODY = {"tongchou", "chengjian", "chengjian-zhang", "jiaotong", "jiancha", "lingdao", "guanli", "xinren"}
SEEING = {"tongchou", "chengjian", "chengjian-zhang", "jiancha", "lingdao"}  # an order to 城建局


@pytest.fixture
def sign_in(client, town):
    def _sign_in(name):
        client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in


@pytest.fixture
def recent(desk):
    """Orders of the demonstration's days."""

    def _recent(state="issued", **said):
        return desk.at_state(state, at(10, 29), **{"due_at": at(11, 5, 18)} | said)

    return _recent


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def hidden(answer):
    """What the form on the page carries unseen."""
    return dict(re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', answer.content.decode()))


def url(order, name="order", *more):
    return reverse(f"supervision:{name}", args=[order.pk, *more])


@pytest.mark.parametrize("name", ["orders", "rules"])
@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_the_lists_are_for_those_who_may_see_orders(ruled, sign_in, recent, name, person):
    recent()
    answer = sign_in(person).get(reverse(f"supervision:{name}"))
    assert answer.status_code == (403 if person in {"guanli", "xinren"} else 200)
    if name == "orders" and answer.status_code == 200:
        assert ("裸地台账不全" in words(answer)) == (person in SEEING)


@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_an_order_its_document_and_its_evidence_are_for_the_department_and_the_office(desk, sign_in, recent, person):
    order = recent("answered")
    evidence = OrderEvidence.objects.get(order=order)
    for address in (url(order), url(order, "paper"), url(order, "evidence", evidence.pk), url(order, "thumbnail", evidence.pk)):
        assert sign_in(person).get(address).status_code == (200 if person in SEEING else 403), address


@pytest.mark.parametrize("name", ["orders", "rules", "new"])
def test_a_visitor_is_asked_to_sign_in(desk, client, name):
    assert client.get(reverse(f"supervision:{name}")).status_code == 302


@pytest.mark.parametrize("state", [state.value for state in OrderState])
@pytest.mark.parametrize("person", ["tongchou", "chengjian", "jiancha", "lingdao"])
def test_the_page_of_an_order_offers_only_steps_whose_form_opens(recent, sign_in, state, person):
    order = recent(state)
    client = sign_in(person)
    page = client.get(url(order))
    assert str(OrderState(state).label) in words(page)
    offered = re.findall(r'href="(/orders/\d+/step/\w+/)"', page.content.decode())
    assert not (person == "lingdao" and offered)
    assert all(client.get(address).status_code == 200 for address in offered)


def test_the_form_of_a_step_is_not_for_whoever_may_not_take_it(recent, sign_in):
    order = recent()
    assert sign_in("chengjian").get(url(order, "step", "withdraw")).status_code == 403
    assert sign_in("tongchou").get(url(order, "step", "sign")).status_code == 403
    assert sign_in("chengjian").get(url(order, "step", "nonsense")).status_code == 404


def test_an_order_goes_from_issuing_to_cleared_over_the_pages_alone(desk, sign_in, town):
    client = sign_in("tongchou")
    form = client.get(f"{reverse('supervision:new')}?measure={town.measure('A2.1').pk}")
    assert 'value="A2.1"' in form.content.decode()
    typed = {
        "department": desk.department().pk,
        "colour": "yellow",
        "title": "裸地<b>台账</b>",
        "measure": "a2.1",
        "fact": "两处未入台账。",
    }
    typed |= {"demand": "<script>alert(1)</script>补齐台账", "due_at": "2020-11-06T18:00", "case": "", **hidden(form)}
    answer = client.post(reverse("supervision:new"), typed, follow=True)
    order = Order.objects.get()
    assert (order.state, order.measure.key, order.due_at) == ("issued", "A2.1", at(11, 6, 18))
    assert "<script>alert" not in answer.content.decode()
    assert "<script>alert(1)</script>补齐台账" in words(answer)
    assert sign_in("chengjian").get(f"/measure/{order.measure_id}/").content.decode().count(order.number) == 1

    def go(person, step, **said):
        client = sign_in(person)
        form = client.get(url(order, "step", step))
        return client.post(url(order, "step", step), hidden(form) | said, follow=True)

    assert order.title in words(sign_in("chengjian").get("/work/"))
    go("chengjian", "sign")
    lying = SimpleUploadedFile("现场.jpg", b"MZ a program", "image/jpeg")
    answer = go("chengjian", "answer", outcome="已补齐二百条台账", photos=lying)
    assert answer.status_code == 409
    assert "内容不是 JPEG、PNG 照片或 PDF 文件" in words(answer)
    assert "已补齐二百条台账" in answer.content.decode()  # what was typed is kept
    go("chengjian", "answer", outcome="已补齐二百条台账")
    assert order.title in words(sign_in("tongchou").get("/work/"))
    go("jiancha", "review", finding="属实")
    answer = go("tongchou", "clear", finding="已落实")
    assert "“销号”须有佐证" in words(answer)
    answer = go("tongchou", "clear", finding="已落实", photos=SimpleUploadedFile("现场.jpg", photo(), "image/jpeg"))
    order.refresh_from_db()
    assert order.state == "cleared"
    assert "已办理：销号。" in words(answer)
    paper = words(client.get(url(order, "paper")))
    for told in (order.number, "城建局：", "两处未入台账。", "补齐台账", "已补齐二百条台账", "属实", "已落实"):
        assert told in paper


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"due_at": "2020-10-01T18:00"}, "已经过去"),
        ({"due_at": "明天"}, "请填写日期和时间"),
        ({"title": ""}, "请填写“督办事项”。"),
        ({"department": "999999"}, "请从列表中选择部门。"),
        ({"measure": "Z9.9"}, "没有编号为“Z9.9”的措施"),
        ({"case": "2020-000001"}, "没有编号为“2020-000001”的问题"),
        ({"colour": "green"}, "green"),
    ],
)
def test_what_is_wrong_with_an_order_is_said_and_what_was_typed_is_kept(desk, sign_in, said, message):
    client = sign_in("tongchou")
    usual = {"department": desk.department().pk, "colour": "blue", "title": "裸地台账不全", "fact": "两处未入台账。", "demand": "补齐"}
    typed = usual | {"due_at": "2020-11-06T18:00", **hidden(client.get(reverse("supervision:new")))} | said
    answer = client.post(reverse("supervision:new"), typed)
    assert message in words(answer)
    assert "两处未入台账。" in answer.content.decode()
    assert not Order.objects.exists()


def test_an_order_about_a_measure_and_a_case_at_once_is_refused(desk, sign_in, town):
    found = Finding(kind="other", level="general", title="围挡破损", description="东侧", found_at=at(10, 29), address="滨河路 1 号")
    case = find_problem(found, by=None, at=at(10, 29))
    client = sign_in("tongchou")
    typed = {
        "department": desk.department().pk,
        "colour": "blue",
        "title": "甲",
        "fact": "乙",
        "demand": "丙",
        "due_at": "2020-11-06T18:00",
    }
    typed |= {"measure": "A1.1", "case": case.number, **hidden(client.get(reverse("supervision:new")))}
    assert "只填一个" in words(client.post(reverse("supervision:new"), typed))
    answer = client.post(reverse("supervision:new"), typed | {"measure": ""}, follow=True)
    assert (Order.objects.get().case, answer.status_code) == (case, 200)
    assert case.number in words(answer)


def test_a_double_click_is_one_order_and_one_step(desk, sign_in):
    client = sign_in("tongchou")
    typed = {
        "department": desk.department().pk,
        "colour": "blue",
        "title": "甲",
        "fact": "乙",
        "demand": "丙",
        "due_at": "2020-11-06T18:00",
    }
    typed |= hidden(client.get(reverse("supervision:new")))
    for _ in range(2):
        assert client.post(reverse("supervision:new"), typed, follow=True).status_code == 200
    order = Order.objects.get()
    client = sign_in("chengjian")
    form = hidden(client.get(url(order, "step", "sign")))
    for _ in range(2):
        answer = client.post(url(order, "step", "sign"), form, follow=True)
        assert answer.status_code == 200
    assert OrderStep.objects.filter(order=order).count() == 2


def test_the_second_of_two_is_told_what_the_first_did_and_what_they_typed_is_kept(desk, recent, sign_in):
    order = recent("signed")
    client = sign_in("chengjian")
    form = hidden(client.get(url(order, "step", "answer")))
    order = desk.take(desk.take(order, "answer", at(10, 30), by="chengjian-zhang"), "return", at(10, 30), by="tongchou")
    answer = client.post(url(order, "step", "answer"), form | {"outcome": "我写了很久的答复"})
    assert answer.status_code == 409
    assert "统筹办 在 10-30 10:00 “退回重办”，现在是“退回重办”。您的操作没有执行" in words(answer)
    assert "我写了很久的答复" in answer.content.decode()
    late = client.post(url(desk.take(order, "withdraw", at(10, 30)), "step", "answer"), form | {"outcome": "又一次"})
    assert late.status_code == 409
    assert "现在是“已撤销”" in words(late)


def test_evidence_is_served_as_what_it_is_and_can_do_nothing(desk, recent, sign_in):
    order = recent("signed")
    desk.proven(order, moment=at(10, 29), pieces=[piece(), piece(b"%PDF-1.7 rest", "函", "函.pdf")])
    picture, document = OrderEvidence.objects.filter(order=order)
    client = sign_in("chengjian")
    answer = client.get(url(order, "evidence", picture.pk))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(url(order, "evidence", document.pk))["Content-Disposition"].startswith("attachment")
    assert client.get(url(order, "thumbnail", document.pk)).status_code == 404
    other = recent(title="另一件")
    assert client.get(url(other, "evidence", picture.pk)).status_code == 404
    answer = client.post(url(order, "strike", picture.pk), {"reason": "传错了"}, follow=True)
    assert "已作废：" in words(answer)


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
