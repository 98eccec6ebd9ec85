"""Pages of cases as people meet them: seen by whom, worked without JavaScript, answering what goes wrong."""

import re
from datetime import timedelta
from html import unescape

import pytest
from case_desk import photo, piece
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from stage import at

from gongjian.cases.actions.evidencing import attach
from gongjian.cases.actions.joining import ask_for_help
from gongjian.cases.models import Case, CaseStep, Comment, Evidence, Postponement, SanctionTaken, State
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIVING = at(10, 31)  # the day the demonstration's clock stands on


@pytest.fixture
def sign_in(client, town):
    def _sign_in(name):
        client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def hidden(answer):
    """What the form on the page carries unseen."""
    found = re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', answer.content.decode())
    return dict(found)


def upload(data=None, name="现场.jpg", **said):
    return SimpleUploadedFile(name, data if data is not None else photo(**said), "image/jpeg")


def url(case, name="case", *more):
    return reverse(f"cases:{name}", args=[case.pk, *more])


ADDRESSES = ("board", "list", "columns", "statistics", "rules")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(("person", "status"), [("tongchou", 200), ("gongan", 200), ("lingdao", 200), ("guanli", 403)])
def test_the_boards_are_for_those_who_may_see_cases(desk, sign_in, name, person, status):
    desk.at_state("handling", at(10, 29))
    assert sign_in(person).get(reverse(f"cases:{name}")).status_code == status


@pytest.mark.parametrize("name", [*ADDRESSES, "new"])
def test_a_visitor_is_asked_to_sign_in(desk, client, name):
    assert client.get(reverse(f"cases:{name}")).status_code == 302


def test_a_case_and_its_files_are_hidden_from_other_departments(desk, sign_in, town):
    case = desk.found(at(10, 29), pieces=[piece(photo())])
    evidence = Evidence.objects.get(case=case)
    addresses = [url(case), url(case, "file"), url(case, "evidence", evidence.pk), url(case, "thumbnail", evidence.pk)]
    addresses += [url(case, "step", "hand_over"), url(case, "ask-help"), url(case, "ask-time"), url(case, "sanction")]
    for address in addresses:
        assert sign_in("gongan").get(address).status_code == 403, address
    assert "裸土" not in words(sign_in("gongan").get(reverse("cases:list") + "?state=all"))
    ask_for_help(desk.take(case, "hand_over", at(10, 29)), desk.department("公安分局"), "请协助", by=None, at=at(10, 29))
    assert sign_in("gongan").get(url(case)).status_code == 200


@pytest.mark.parametrize("state", [state.value for state in State])
@pytest.mark.parametrize("person", ["tongchou", "chengjian", "lingdao"])
def test_the_page_of_a_case_in_every_state_says_what_can_be_done_and_every_offered_step_has_its_form(desk, sign_in, state, person):
    case = desk.at_state(state, at(10, 29))
    if state in {"found", "dismissed", "merged"} and person == "chengjian":
        return  # nothing of this department's
    client = sign_in(person)
    page = client.get(url(case))
    assert str(State(state).label) in words(page)
    offered = re.findall(r'href="(/cases/\d+/step/\w+/)"', page.content.decode())
    assert not (person == "lingdao" and offered)
    for address in offered:
        assert client.get(address).status_code == 200


def test_a_problem_goes_from_a_phone_photo_to_closed_over_the_pages_alone(desk, sign_in, town):
    """Each by the person whose turn it is; the photos carry time and place."""
    client = sign_in("jiancha")
    form = client.get(reverse("cases:new") + "?kind=other")
    taken = LIVING - timedelta(hours=3)
    typed = {
        "title": "围挡破损",
        "level": "serious",
        "description": "东侧围挡破损五米。",
        "found_at": "2020-10-31T00:00",
        "finder": "person",
        "hand_to": str(desk.department("城建局").pk),
        "photos": upload(taken=taken, place=(116.5, 39.8)),
        **hidden(form),
    }
    answer = client.post(reverse("cases:new") + "?kind=other", typed | {"address": "滨河路 1 号"}, follow=True)
    case = Case.objects.get()
    assert (case.state, case.department.name, case.lon) == ("handed_over", "城建局", pytest.approx(116.5))
    assert "问题已登记。" in words(answer)

    def go(person, step, **said):
        client = sign_in(person)
        form = client.get(url(case, "step", step))
        return client.post(url(case, "step", step), hidden(form) | said, follow=True)

    go("chengjian", "sign")
    go("chengjian", "begin", measures="派人修补")
    answer = go("chengjian", "feed_back", outcome="已修补完毕并加固")
    assert "“反馈办理结果”之前还缺：照片“办理后照片”1 份" in words(answer)
    assert "已修补完毕并加固" in answer.content.decode()  # what was typed is kept
    go("chengjian", "feed_back", outcome="已修补完毕并加固", evidence_0=upload(seed=2, taken=taken, place=(116.5, 39.8)))
    go("jiancha", "verify", finding="现场已修好")
    answer = go("jiancha", "close")
    case.refresh_from_db()
    assert case.state == "closed"
    assert "已办理：结案。" in words(answer)
    paper = words(sign_in("tongchou").get(url(case, "file")))
    for told in ("围挡破损", "派人修补", "已修补完毕并加固", "现场已修好", "办理后照片"):
        assert told in paper


def test_a_double_click_is_one_step_and_one_case(desk, sign_in):
    client = sign_in("tongchou")
    form = client.get(reverse("cases:new") + "?kind=plain")
    typed = {"title": "甲", "level": "general", "description": "乙", "found_at": "2020-10-31T00:00", "finder": "person", "address": "丙"}
    for _ in range(2):
        answer = client.post(reverse("cases:new") + "?kind=plain", typed | hidden(form), follow=True)
        assert answer.status_code == 200
    case = Case.objects.get()
    form = client.get(url(case, "step", "hand_over"))
    for _ in range(2):
        answer = client.post(url(case, "step", "hand_over"), hidden(form) | {"department": desk.department("城建局").pk}, follow=True)
        assert answer.status_code == 200
    assert CaseStep.objects.filter(case=case).count() == 2


def test_the_second_of_two_is_told_what_the_first_did_and_nothing_is_written(desk, sign_in):
    case = desk.at_state("handed_over", at(10, 29))
    client = sign_in("chengjian")
    form = client.get(url(case, "step", "sign"))
    desk.take(case, "sign", at(10, 30, 9, 15), by="chengjian-zhang")
    answer = client.post(url(case, "step", "sign"), hidden(form))
    assert answer.status_code == 409
    assert "部门负责人 在 10-30 09:15 “签收”，现在是“已签收”" in words(answer)
    stale = desk.take(Case.objects.get(pk=case.pk), "begin", at(10, 30, 9, 20))
    form = client.get(url(stale, "step", "feed_back"))
    Case.objects.filter(pk=case.pk).update(version=stale.version + 1)
    answer = client.post(url(case, "step", "feed_back"), hidden(form) | {"outcome": "办好了"})
    assert answer.status_code == 409
    assert "办好了" in answer.content.decode()
    assert CaseStep.objects.filter(case=case, step="feed_back").count() == 0


def test_evidence_given_with_a_refused_step_is_kept(desk, sign_in):
    case = desk.at_state("handling", at(10, 29), kind="other")
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    client = sign_in("chengjian")
    form = {"outcome": "办好了", "version": case.version, "token": "c" * 32, "evidence_0": upload()}
    assert client.post(url(case, "step", "feed_back"), form).status_code == 409
    assert Evidence.objects.filter(case=case).count() == 1


@pytest.mark.parametrize(
    ("data", "told"), [(b"<svg onload=alert(1)>", "不是 JPEG、PNG 照片或 PDF 文件"), (b"", "空"), (b"\xff\xd8\xff rubbish", "已损坏")]
)
def test_an_upload_that_lies_is_refused_on_the_page_with_everything_typed_kept(desk, sign_in, data, told):
    client = sign_in("jiaotong")
    typed = {
        "title": "围挡破损",
        "level": "general",
        "description": "说明",
        "found_at": "2020-10-31T00:00",
        "finder": "person",
        "address": "丙",
    }
    answer = client.post(reverse("cases:new") + "?kind=plain", typed | {"photos": upload(data), "token": "d" * 32})
    assert told in words(answer)
    assert "围挡破损" in answer.content.decode()
    assert not Case.objects.exists()


def test_html_in_text_is_shown_as_text(desk, sign_in):
    bad = "<script>alert(1)</script><b>粗</b>"
    case = desk.at_state("signed", at(10, 29), title=bad, description=bad, address=bad)
    desk.take(case, "begin", at(10, 29), measures=bad)
    for address in (url(case), url(case, "file"), reverse("cases:list"), reverse("cases:columns"), reverse("cases:board")):
        body = sign_in("tongchou").get(address).content.decode()
        assert "<script>alert" not in body
        assert "<b>粗" not in body


def test_a_file_is_served_as_what_it_is_and_can_do_nothing(desk, sign_in, town):
    case = desk.found(at(10, 29), pieces=[piece(photo()), piece(b"%PDF-1.4 ...", title="报告", name="报告.pdf")])
    shot, paper = Evidence.objects.filter(case=case).order_by("id")
    client = sign_in("jiaotong")
    for evidence, kind, how in ((shot, "image/jpeg", "inline"), (paper, "application/pdf", "attachment")):
        answer = client.get(url(case, "evidence", evidence.pk))
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
        assert answer["Content-Disposition"].startswith(how)
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "private" in answer["Cache-Control"]
    other = desk.found(at(10, 29))
    assert client.get(url(other, "evidence", shot.pk)).status_code == 404  # not by way of a case one may see
    assert client.get(url(case, "thumbnail", paper.pk)).status_code == 404


def test_time_is_asked_for_and_granted_on_the_pages(desk, sign_in):
    case = desk.at_state("handling", at(10, 30))
    client = sign_in("chengjian")
    past = client.post(url(case, "ask-time"), {"wanted": "2020-10-01T09:00", "reason": "等料", "version": case.version})
    assert past.status_code == 409
    assert "须晚于现在和原时限" in words(past)
    client.post(url(case, "ask-time"), {"wanted": "2020-11-20T18:00", "reason": "等料", "version": case.version})
    asked = Postponement.objects.get()
    assert "延期申请待批复" in words(client.get(url(case)))
    assert client.post(url(case, "answer-time", asked.pk), {"grant": "1"}).status_code == 403
    assert "待批复的延期" in words(sign_in("tongchou").get(reverse("cases:board")))
    answer = sign_in("tongchou").post(url(case, "answer-time", asked.pk), {"refuse": "1", "answer": ""})
    assert answer.status_code == 409
    sign_in("tongchou").post(url(case, "answer-time", asked.pk), {"grant": "1"})
    assert Case.objects.get(pk=case.pk).due_at == at(11, 20, 18)


def test_help_extra_steps_sanctions_and_comments_have_their_forms(desk, sign_in):
    case = desk.found(at(10, 29), kind="truck", pieces=[piece(photo())])
    for step in ("hand_over", "sign", "begin"):
        case = desk.take(case, step, at(10, 29))
    client = sign_in("chengjian")
    client.post(url(case, "ask-help"), {"department": desk.department("水务局").pk, "text": "请协助"})
    answer = sign_in("shuiwu").get(url(case))
    (address,) = re.findall(r'href="(/cases/\d+/help/\d+/)"', answer.content.decode())
    assert "商请我部门协办" in words(sign_in("shuiwu").get(reverse("cases:board")))
    sign_in("shuiwu").post(address, {"text": "已协助"})
    client = sign_in("chengjian")
    assert "复检光吸收系数（m⁻¹）" in words(client.get(url(case, "extra", "retest")))
    client.post(url(case, "extra", "retest"), {"text": "复检合格", "evidence_0": "0.4"})
    client.post(url(case, "sanction"), {"sanction": "fine", "on": "2020-10-30", "document": "决定书", "amount": "200"})
    client.post(url(case, "comment"), {"text": "已通知当事人"})
    assert (SanctionTaken.objects.get().amount, Comment.objects.get().text) == (200, "已通知当事人")
    page = words(client.get(url(case)))
    for told in ("已协助", "复检合格", "罚款 200 元", "已通知当事人"):
        assert told in page
    assert client.get(url(case, "extra", "no-such")).status_code == 404
    assert client.get(url(case, "step", "no-such")).status_code == 404


def test_a_problem_is_entered_from_an_entry_s_page(desk, sign_in):
    values = {"code": "91350100M000100Y43", "name": "甲厂", "department": desk.department("交通局"), "street": "滨河街道"}
    entry = entries.enter(ENTERPRISES, values | {"address": "一号路 2 号"}, by=None, at=at(3, 10))
    client = sign_in("jiaotong")
    chosen = client.get(reverse("cases:new"), {"entry": entry.pk})
    assert f"?kind=plain&amp;entry={entry.pk}" in chosen.content.decode()
    address = f"{reverse('cases:new')}?kind=plain&entry={entry.pk}"
    form = client.get(address)
    assert "一号路 2 号" in form.content.decode()
    typed = {"title": "甲", "level": "general", "description": "乙", "found_at": "2020-10-31T00:00", "finder": "person", "hand_to": ""}
    client.post(address, typed | hidden(form))
    assert Case.objects.get().entry_id == entry.pk
    for wrong in ("0", "9" * 30, "x"):
        assert client.get(reverse("cases:new"), {"kind": "plain", "entry": wrong}).status_code == 404
    assert client.get(reverse("cases:new"), {"kind": "no-such"}).status_code == 404


def test_a_step_gone_wrong_keeps_nothing_half_done(desk, sign_in):
    case = desk.at_state("handling", at(10, 29))
    answer = sign_in("jiaotong").post(url(case, "step", "suspend"), {"reason": "等料", "until": "2020-10-01", "version": case.version})
    assert answer.status_code == 409
    assert "须在明天之后、一年之内" in words(answer)
    answer = sign_in("jiaotong").post(url(case, "step", "merge"), {"into": "2020-999999", "version": case.version})
    assert "没有编号为“2020-999999”的问题" in words(answer)
    assert Case.objects.get(pk=case.pk).version == case.version


def test_nobody_merges_into_what_they_may_not_see(desk, sign_in):
    hidden_one = desk.at_state("handed_over", at(10, 29), origin=desk.department("水务局"))
    case = desk.at_state("handling", at(10, 29))
    answer = sign_in("jiaotong").post(url(case, "step", "merge"), {"into": hidden_one.number, "version": case.version})
    assert f"没有编号为“{hidden_one.number}”的问题" in words(answer)


def test_a_piece_is_struck_on_its_page(desk, sign_in, town):
    case = desk.at_state("handling", at(10, 29))
    attach(case, "feed_back", [piece(photo())], by=town.user("chengjian"), at=at(10, 29))
    evidence = Evidence.objects.get(case=case)
    sign_in("chengjian").post(url(case, "strike", evidence.pk), {"reason": "拍错了"})
    assert "已作废：" in words(sign_in("chengjian").get(url(case)))
