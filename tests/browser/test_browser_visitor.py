"""A visitor sees how the plan stands, and nothing that departments wrote to the office."""

from __future__ import annotations


def test_a_visitor_sees_the_map_and_the_reasons_of_a_light(visit):
    page = visit("/")
    assert page.locator(".measure").count() == 88
    page.locator(".measure.is-red summary").first.click()
    assert page.locator(".why-body:visible").inner_text().strip()
    assert page.get_by_role("navigation", name="主导航").get_by_role("listitem").all_inner_texts() == ["作战图", "监测", "指标"]


def test_a_visitor_sees_a_measure_without_a_word_of_its_reports_or_who_wrote_them(visit, live_server):
    from gongjian.plans.models import Report

    told = Report.objects.filter(state="accepted").exclude(difficulties="").select_related("measure").first()
    page = visit(f"/measure/{told.measure_id}/")
    shown = page.locator("body").inner_text()
    assert "月报内容只对牵头、协办部门和统筹办开放" in shown
    assert told.progress not in shown
    assert told.difficulties not in shown
    assert not any(name in shown for name in {step.by_label for step in told.steps.all()})
    page.goto(f"/measure/{told.measure_id}/report/{told.month:%Y-%m}/")
    assert page.get_by_role("heading", name="登录").is_visible()
    assert told.progress not in page.locator("body").inner_text()


def test_a_visitor_is_asked_to_sign_in_for_the_workbench_and_comes_back_to_it(visit, sign_in):
    page = visit("/work/")
    assert page.get_by_role("heading", name="登录").is_visible()
    page.get_by_role("button", name="chengyun", exact=True).click()  # a demonstration account fills itself in
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/work/")
    assert page.get_by_role("heading", name="我的工作").is_visible()
