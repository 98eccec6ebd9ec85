"""The first whole line: a report is handed in, returned, set right and accepted; the light follows, and the log tells it all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest


@dataclass(frozen=True)
class Silence:
    """A measure that is red because its report is missing, and who can end that."""

    key: str
    measure: int
    officer: str


@pytest.fixture
def silence(live_server):
    from gongjian.plans.lights import Light
    from gongjian.plans.queries.board import board
    from gongjian.plans.queries.programmes import programme
    from gongjian.project.demonstration.accounts import listed

    officers = {account.department: account.username for account in listed()[1] if account.role == "officer"}
    for row in board(programme(), date(2020, 10, 31)).rows:
        hands = [officers[holder.name] for holder in row.lead if holder.name in officers]
        if row.light is Light.RED and hands and any("尚未报送" in reason for reason in row.judged.verdict.reasons):
            return Silence(row.key, row.measure, hands[0])
    pytest.fail("the demonstration has no measure that is red for a missing report")


def light(page, silence):
    """The light of the measure and its reasons, as a visitor sees them on the map."""
    page.goto(f"/?text={silence.key}")
    line = page.locator(f"[id='m-{silence.key}']")
    line.locator("summary").click()
    return line.locator("summary .light").inner_text().strip(), line.locator(".why-body").inner_text()


def hand_in(officer, progress):
    officer.get_by_label("本月进展").fill(progress)
    officer.get_by_role("button", name="提交审核").click()
    officer.get_by_text("月报已提交，等待审核。").wait_for()


def test_a_report_goes_its_way_between_the_department_and_the_office_and_the_light_follows(undone, visit, sign_in, silence):
    officer, office, wall = visit(), visit(), visit()
    before = light(wall, silence)
    assert before[0] == "滞后"
    assert "尚未报送" in before[1]

    sign_in(officer, silence.officer)
    officer.goto("/work/")
    owed = officer.locator("section", has=officer.locator("#owed")).get_by_role("row", name=silence.key)
    owed.get_by_role("link", name="填写").click()
    hand_in(officer, "九月检查十二处。")
    handed_in = light(wall, silence)
    assert handed_in[0] == "正常"
    assert "待审核" in handed_in[1]

    sign_in(office, "tongchou")
    office.goto("/work/")
    office.get_by_role("row", name=re.compile(f"{silence.key} .*九月检查十二处")).get_by_role("link", name="审核").click()
    office.get_by_role("button", name="退回").click()
    assert "退回理由" in office.get_by_role("alert").inner_text()  # a return says why
    office.get_by_label("退回理由").fill("缺少地块名称，请补充。")
    office.get_by_role("button", name="退回").click()
    office.get_by_text("月报已退回，牵头部门会收到提醒。").wait_for()
    came_back = light(wall, silence)
    assert came_back[0] == "预警"
    assert "退回" in came_back[1]

    officer.goto("/work/")
    officer.locator("section", has=officer.locator("#returned")).get_by_role("link", name="修改重报").click()
    assert "缺少地块名称，请补充。" in officer.locator(".remark").first.inner_text()
    hand_in(officer, "九月检查十二处，地块名单附后。")

    office.goto("/work/")
    office.get_by_role("row", name=re.compile(f"{silence.key} .*地块名单附后")).get_by_role("link", name="审核").click()
    office.get_by_role("button", name="采用").click()
    office.get_by_text("月报已采用。").wait_for()
    accepted = light(wall, silence)
    assert accepted[0] == "正常"
    assert "已审核采用" in accepted[1]

    office.goto(f"/measure/{silence.measure}/")
    told = office.locator("#history .history li").all_inner_texts()[:4]
    assert [words for line in told for words in ("采用月报", "提交月报", "退回月报") if words in line] == [
        "采用月报",
        "提交月报",
        "退回月报",
        "提交月报",
    ]
    assert "缺少地块名称，请补充。" in told[2]

    office.goto("/trail/")
    office.get_by_role("link", name="核验日志").click()
    assert "核验通过" in office.locator(".remark-good").inner_text()
    newest = office.locator("table.sheet tbody tr").all_inner_texts()[:4]
    assert [silence.key in line for line in newest] == [True] * 4
    assert ["统筹办" in line for line in newest] == [True, False, True, False]
    assert "缺少地块名称，请补充。" in newest[2]
