"""The map on paper: A3 landscape, one plan a sheet, the day on it."""

from __future__ import annotations

import io
import logging
import unicodedata

import pdfplumber
import pytest

A3 = (1191, 842)  # points
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it finds fault with every font of Chromium


@pytest.fixture(scope="module", params=["/", "/?on=2020-06-30"], ids=["today", "june"])
def sheets(request, browse):
    """The day asked for, and of every sheet its size and its words."""
    page = browse(request.param, "lingdao")
    page.emulate_media(media="print")
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))) as paper:
        told = [((round(sheet.width), round(sheet.height)), words(sheet)) for sheet in paper.pages]
    return "2020-06-30" if "on=" in request.param else "2020-10-31", told


def words(sheet):
    """The words of a sheet as they were set; fonts write some of them with the signs of radicals."""
    return unicodedata.normalize("NFKC", "".join(sign["text"] for sign in sheet.chars))


def test_each_plan_has_one_sheet_of_its_own_with_the_day_on_it(sheets):
    day, pages = sheets
    assert [size for size, _ in pages] == [A3] * 3
    for (_, said), plan in zip(pages, ("打赢蓝天保卫战", "打好碧水保卫战", "打好净土保卫战"), strict=True):
        assert plan in said
        assert day in said


def test_every_measure_is_on_paper_and_no_control_is(sheets):
    from gongjian.plans.models import Measure

    said = "".join(text for _, text in sheets[1])
    assert [key for key in Measure.objects.values_list("key", flat=True) if key not in said] == []
    assert "筛选" not in said
    assert "正在查看" not in said
