"""Pages of an order as people meet them: seen by whom, worked without JavaScript, answering what goes wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from order_desk import hidden, photo, piece, url, words
from stage import at

from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.supervision.models import Order, OrderEvidence, OrderState, OrderStep

pytestmark = pytest.mark.django_db
EVERYBODY = {"tongchou", "chengjian", "chengjian-zhang", "jiaotong", "jiancha", "lingdao", "guanli", "xinren"}
SEEING = {"tongchou", "chengjian", "chengjian-zhang", "jiancha", "lingdao"}  # an order to 城建局


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
