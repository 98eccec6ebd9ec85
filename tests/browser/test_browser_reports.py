"""A month from hand to hand: an assisting department contributes with evidence, the lead takes it over, the office closes the month."""

from __future__ import annotations

import pytest
from PIL import Image

pytestmark = pytest.mark.usefixtures("undone")
MONTH = "2020-10"


@pytest.fixture
def measure(undone, live_server):
    """A measure that 综合执法局 leads and 城市运行局 assists with."""
    from gongjian.plans.models import Responsibility

    assists = Responsibility.objects.filter(role="support", department__name="城市运行局").values("wording")
    return Responsibility.objects.filter(role="lead", order=0, department__name="综合执法局", wording__in=assists).first() or (
        Responsibility.objects.filter(role="lead", department__name="综合执法局", wording__in=assists).first()
    )


def test_contribution_evidence_and_take_over(visit, measure, tmp_path):
    photo = tmp_path / "现场.png"
    Image.new("RGB", (64, 48), "navy").save(photo)
    page_of = f"/measure/{measure.wording.measure_id}/report/{MONTH}/"
    helper = visit(page_of, "chengyun")
    helper.get_by_label("本月协办情况").fill("配合检查五次。")
    helper.get_by_label("佐证文件").set_input_files(photo)
    helper.get_by_role("button", name="报牵头部门").click()
    helper.get_by_text("协办情况已报给牵头部门。").wait_for()
    lead = visit(page_of, "zhifa")
    lead.get_by_label("本月进展").fill("检查三十处。")
    lead.locator("#report-form").get_by_label("佐证文件").set_input_files(photo)
    lead.get_by_role("button", name="写入本月进展").click()
    lead.get_by_text("协办情况已写入“本月进展”").wait_for()
    assert lead.get_by_label("本月进展").input_value() == "检查三十处。\n（协办单位城市运行局：配合检查五次。）"
    assert lead.get_by_role("link", name="现场.png").count() == 2
    with lead.expect_download() as kept:
        lead.get_by_role("link", name="现场.png").first.click()
    assert kept.value.suggested_filename == "现场.png"
    lead.get_by_role("button", name="提交审核").click()
    lead.get_by_text("月报已提交，等待审核。").wait_for()


def test_the_office_closes_a_month_and_a_leader_opens_it(visit):
    from gongjian.people.models import User
    from gongjian.plans.actions import reporting
    from gongjian.plans.models import Report
    from gongjian.trail.clock import now

    for report in Report.objects.filter(month="2020-09-01", state="submitted"):
        reporting.accept(report, by=User.objects.get(username="tongchou"), at=now())
    office = visit("/reports/2020-09/", "tongchou")
    office.get_by_text("封存这个月").click()
    office.get_by_role("button", name="确认封存").click()
    office.get_by_text("月份已封存").wait_for()
    leader = visit("/reports/2020-09/", "lingdao")
    leader.get_by_text("解封这个月").click()
    leader.get_by_label("解封理由").fill("补报一项")
    leader.get_by_role("button", name="解封", exact=True).click()
    leader.get_by_text("月份已解封").wait_for()
