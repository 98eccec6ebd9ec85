"""From the officer's draft to the coordinator's return and back, through the pages."""

import re

import pytest
from stage import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(busy):
    return f"/measure/{busy.measure('A1.2').pk}/report/2020-09/"


def test_the_light_changes_with_the_review(busy, sign_in, words):
    """W1.1 waits at risk because of its deadline; returned, the reason is on its page; accepted as behind, it is red."""
    report = f"/measure/{busy.measure('W1.1').pk}/report/2020-09/"
    measure = report.partition("report")[0]
    office = sign_in("tongchou")
    assert "9月进展报告10月31日被退回（缺清单），请于11月4日前重报" not in words(office.get(measure))
    office.post(f"{report}return/", {"reason": "缺清单"})
    assert "9月进展报告10月31日被退回（缺清单），请于11月4日前重报" in words(office.get(measure))
    officer = sign_in("shuiwu")
    version = officer.get(report).context["form"]["version"].value()
    officer.post(report, typed(busy, version=version, standing="behind", submit="1"))
    sign_in("tongchou").post(f"{report}accept/")
    assert "9月进展报告自评“已滞后”，已审核采用" in words(office.get(measure))
    assert office.get("/?text=W1.1").context["board"].rows[0].light.value == "red"


def typed(busy, **more):
    return {"standing": "on_course", "progress": "接入工地四十处。", "difficulties": "", "next_steps": "", **more}


def test_the_whole_round_returned_bettered_handed_in_returned_again_accepted(busy, sign_in, words, page):
    """The light follows at every step, and the history tells who did what."""
    measure = page.partition("report")[0]
    officer = sign_in("chengjian")
    assert "缺少数量" in words(officer.get(page))
    form = officer.get(page).context["form"]
    answer = officer.post(page, typed(busy, version=form["version"].value(), submit="1"), follow=True)
    assert "月报已提交，等待审核。" in words(answer)
    assert busy.report("A1.2", 9).state == "submitted"
    office = sign_in("tongchou")
    assert "A1.2" in words(office.get("/work/"))
    assert office.post(f"{page}return/", {"reason": "仍缺清单"}).status_code == 302
    told = words(office.get(measure))
    assert "退回月报" in told
    assert "仍缺清单" in told
    officer = sign_in("chengjian-zhang")
    assert "仍缺清单" in words(officer.get(page))
    version = officer.get(page).context["form"]["version"].value()
    officer.post(page, typed(busy, version=version, standing="behind", submit="1"))
    office = sign_in("tongchou")
    assert "月报已采用。" in words(office.post(f"{page}accept/", follow=True))
    told = words(office.get(measure))
    assert told.index("采用月报") < told.index("退回月报")
    assert "统筹办" in told


def test_a_draft_is_saved_without_being_handed_in(busy, sign_in, words, page):
    officer = sign_in("chengjian")
    version = officer.get(page).context["form"]["version"].value()
    answer = officer.post(page, typed(busy, version=version), follow=True)
    assert "草稿已保存，尚未提交。" in words(answer)
    assert (busy.report("A1.2", 9).state, busy.report("A1.2", 9).progress) == ("returned", "接入工地四十处。")


def test_what_was_typed_on_a_stale_page_is_still_there_after_the_refusal(busy, sign_in, words, page):
    officer = sign_in("chengjian")
    version = officer.get(page).context["form"]["version"].value()
    busy.written("A1.2", 9, "chengjian-zhang", at(10, 31))
    answer = officer.post(page, typed(busy, version=version, progress="我写了半天。", submit="1"))
    assert answer.status_code == 409
    assert "已被别人修改过" in words(answer)
    assert "我写了半天。" in answer.content.decode()
    assert busy.report("A1.2", 9).progress == "检查三十处。"


@pytest.mark.parametrize("more", [{"progress": ""}, {"progress": "  "}])
def test_an_empty_report_is_refused_with_the_rest_kept(busy, sign_in, words, page, more):
    officer = sign_in("chengjian")
    version = officer.get(page).context["form"]["version"].value()
    answer = officer.post(page, typed(busy, version=version, next_steps="下月全部接入", submit="1", **more))
    assert answer.status_code == 409
    assert "还缺：本月进展" in words(answer)
    assert "下月全部接入" in answer.content.decode()


def test_a_return_without_a_reason_is_refused_on_the_page(busy, sign_in, words):
    answer = sign_in("tongchou").post(f"/measure/{busy.measure('W1.1').pk}/report/2020-09/return/", {"reason": " "})
    assert answer.status_code == 409
    assert "还缺：退回理由" in words(answer)


@pytest.mark.parametrize(
    ("person", "key", "month", "offers"),
    [
        ("chengjian", "A1.2", "2020-09", {"提交审核", "存为草稿"}),
        ("shuiwu", "W1.1", "2020-09", {"撤回修改"}),
        ("tongchou", "W1.1", "2020-09", {"采用", "退回"}),
        ("tongchou", "A1.2", "2020-09", set()),
        ("tongchou", "A1.2", "2020-08", {"退回"}),
        ("lingdao", "W1.1", "2020-09", set()),
        ("jiedao", "A2.1", "2020-09", {"提交审核", "存为草稿"}),
        ("gongan", "A2.1", "2020-09", {"存为草稿"}),  # of its contribution
        ("gongan", "A2.2", "2020-10", {"提交审核", "存为草稿"}),
    ],
)
def test_a_page_offers_what_one_may_do_and_nothing_else(busy, sign_in, person, key, month, offers):
    page = sign_in(person).get(f"/measure/{busy.measure(key).pk}/report/{month}/").content.decode()
    buttons = {re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<button[^>]*>(.*?)</button>", page, re.DOTALL)}
    assert buttons & {"提交审核", "存为草稿", "撤回修改", "采用", "退回"} == offers


@pytest.mark.parametrize(("person", "step"), [("chengjian", "accept"), ("jiaotong", "recall"), ("lingdao", "return"), ("shuiwu", "accept")])
def test_a_step_posted_by_somebody_who_may_not_is_a_403_and_nothing_moves(busy, sign_in, words, person, step):
    answer = sign_in(person).post(f"/measure/{busy.measure('W1.1').pk}/report/2020-09/{step}/", {"reason": "x"})
    assert answer.status_code == 403
    assert "您不能办理这件事" in words(answer)
    assert busy.report("W1.1", 9).state == "submitted"


def test_an_adjustment_and_a_milestone_through_their_pages(busy, sign_in, words):
    office, key = sign_in("tongchou"), busy.measure("A1.2").pk
    office.post(f"/measure/{key}/adjust/deadline/", {"printed": "11月底前", "document": "会议纪要", "reason": "汛期"})
    office.post(f"/measure/{key}/adjust/support/", {"names": "交通局\n\n 水务局 ", "document": "会议纪要", "reason": "分工"})
    done = busy.commitment("A1.2", what="工地全部接入")
    office.post(f"/measure/{key}/milestone/{done.pk}/", {"done_on": "2020-10-20", "document": "函", "evidence": "全部接入"})
    told = words(office.get(f"/measure/{key}/"))
    for line in ("11月底前", "交通局、水务局", "经年中调整", "佐证：函。全部接入"):
        assert line in told
    answer = office.post(f"/measure/{key}/adjust/lead/", {"names": "天外局", "document": "会议纪要", "reason": "分工"})
    assert answer.status_code == 409
    assert "天外局" in answer.content.decode()
