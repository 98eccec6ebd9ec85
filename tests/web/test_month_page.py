"""The month as a whole: who has not reported, exported, reminded, frozen."""

import io

import pytest
from python_calamine import CalamineWorkbook
from report_files import a_pdf, typed
from stage import at

from gongjian.plans.models import MonthFreeze

pytestmark = pytest.mark.django_db
PAGE = "/reports/2020-09/"


def states(answer):
    seen = answer.context["seen"]
    return {line.key: line.state.value for line in seen.lines}


def test_the_page_says_who_has_reported_and_who_has_not(busy, sign_in, words):
    answer = sign_in("tongchou").get(PAGE)
    assert states(answer) == {
        "A1.1": "missing",
        "A1.2": "returned",
        "A2.1": "draft",
        "A2.2": "missing",
        "W1.1": "submitted",
        "W1.2": "missing",
    }
    page = words(answer)
    for told in ("应报 6", "已报 2 （迟报 0）", "未报 4", "待审 1", "退回 1", "采用 0", "未报中有草稿 1", "协办已报 0/2", "逾期 19 天"):
        assert told in page
    assert answer.context["shares"][0][0].silent >= answer.context["shares"][-1][0].silent


def test_a_department_sees_its_own_share_only(busy, sign_in, words):
    assert set(states(sign_in("chengjian").get(PAGE))) == {"A1.2", "A2.1"}
    assert set(states(sign_in("jiedao").get(PAGE))) == {"A2.1", "W1.1"}  # leads one, assists with the other
    assert "水务局" not in words(sign_in("chengjian").get(PAGE))


def test_the_months_lead_to_the_one_in_hand_and_others_are_not_there(busy, sign_in):
    office = sign_in("tongchou")
    assert office.get("/reports/").url.startswith(PAGE)
    assert office.get("/reports/2020-03/").status_code == 404
    assert office.get("/reports/2020-12/").status_code == 404
    assert office.get(f"{PAGE}?programme=none").status_code == 404
    assert f'href="/reports/?programme={busy.programme.slug}"' in office.get("/work/").content.decode()


def test_the_export_is_what_the_page_shows(busy, sign_in):
    answer = sign_in("tongchou").get(f"{PAGE}?form=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["牵头部门", "其他牵头", "编号", "措施", "报送情况"]
    told = {row[2]: (row[0], row[4], row[7], row[8]) for row in rows[1:]}
    assert told["A1.1"] == ("交通局", "未报", 19, 1)
    assert told["W1.1"] == ("水务局", "待审核", 0, 1)
    assert len(rows) == 7


def test_one_click_reminds_and_the_second_is_told(busy, sign_in, words):
    office = sign_in("tongchou")
    assert "已发送催报消息。" in words(office.post(f"{PAGE}remind/", follow=True))
    assert "今天已催报" in words(office.get(PAGE))
    again = office.post(f"{PAGE}remind/")
    assert again.status_code == 409
    assert "今天已经催报过" in words(again)
    assert office.post(f"{PAGE}remind/", {"department": ["x", "9" * 40]}).status_code in (302, 409)
    assert sign_in("chengjian").post(f"{PAGE}remind/").status_code == 403


def test_a_month_is_frozen_and_lifted_by_another_and_the_report_page_says_so(busy, sign_in, words):
    assert "还有 1 份月报待审核" in words(sign_in("tongchou").post(f"{PAGE}freeze/"))
    sign_in("tongchou").post(f"/measure/{busy.measure('W1.1').pk}/report/2020-09/accept/")
    assert "月份已封存" in words(sign_in("tongchou").post(f"{PAGE}freeze/", follow=True))
    page = words(sign_in("tongchou").get(PAGE))
    assert "封存时未报 5 项" in page
    assert "解封请由另一位统筹人员或领导办理" in page
    report = f"/measure/{busy.measure('A1.2').pk}/report/2020-09/"
    page = sign_in("chengjian").get(report)
    assert "2020年9月已封存" in words(page)
    assert page.context["form"] is None
    answer = sign_in("chengjian").post(report, typed(progress="我写了半天。", version=busy.report("A1.2", 9).version, proofs=[a_pdf()]))
    assert answer.status_code == 409
    assert "2020年9月的月报已由统筹办于10月31日封存" in words(answer)
    assert "请写明解封理由" in words(sign_in("lingdao").post(f"{PAGE}unfreeze/", {"reason": " "}))
    assert "月份已解封" in words(sign_in("lingdao").post(f"{PAGE}unfreeze/", {"reason": "<b>补报</b>"}, follow=True))
    assert "<b>补报</b>" not in sign_in("tongchou").get(PAGE).content.decode()
    assert sign_in("chengjian").post(report, typed(version=busy.report("A1.2", 9).version)).status_code == 302
    assert MonthFreeze.objects.get().lifted_by == "领导"


@pytest.mark.parametrize(("who", "act"), [("chengjian", "freeze"), ("lingdao", "freeze"), ("jiancha", "unfreeze"), ("guanli", "remind")])
def test_who_may_not_act_is_a_403(busy, sign_in, who, act):
    assert sign_in(who).post(f"{PAGE}{act}/", {"reason": "x"}).status_code == 403
    assert not MonthFreeze.objects.exists()


def test_the_page_offers_what_one_may_do(busy, sign_in):
    office = sign_in("tongchou").get(PAGE).content.decode()
    assert "催报全部未报部门" in office
    assert "确认封存" in office
    for who in ("lingdao", "jiancha", "chengjian"):
        page = sign_in(who).get(PAGE).content.decode()
        assert "催报全部未报部门" not in page
        assert "确认封存" not in page
    assert at(10, 12).date() == sign_in("tongchou").get(PAGE).context["seen"].due
