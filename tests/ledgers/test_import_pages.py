"""Importing as people meet it: the form, the dry run with its reasons, the decision, the result; the template and the refused rows."""

import re
from datetime import date
from io import BytesIO

import pytest
from contract import LEDGERS, RECORDS
from django.core.files.uploadedfile import SimpleUploadedFile
from ledger_sample.declarations import VISITS, YARDS
from ledger_sample.models import Yard
from made_sheets import HEADINGS, book, handed_in, imported, yard_row
from python_calamine import CalamineWorkbook
from sampled import company, yard
from stage import at

from gongjian.documents.sheets import open_book
from gongjian.ledgers.fields import specs
from gongjian.ledgers.importing.actions import ask_check
from gongjian.ledgers.importing.planning import plan_import, table_in
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.importing.template import template
from gongjian.ledgers.models import Import
from gongjian.people.models import Department

pytestmark = pytest.mark.django_db
BASE = "/ledgers/sample-yards/import/"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path


def said(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def sent(client, data, name="堆场.xlsx", base=BASE, **more):
    whose = Department.objects.get(name="交通局").pk
    given = {"file": SimpleUploadedFile(name, data), "department": whose, "datum": "cgcs2000"}
    return client.post(base, given | more)


def test_the_way_of_a_sheet_from_the_list_into_the_ledger(town, sign_in):
    company()
    yard("Y-1", capacity=20)
    client = sign_in("jiaotong")
    assert f'href="{BASE}"' in client.get("/ledgers/sample-yards/").content.decode()
    answer = sent(client, book(yard_row(capacity=30), yard_row("Y-2", "河西"), yard_row("Y-3", sort="露顶")))
    assert answer.status_code == 302
    page = client.get(answer.url)
    for words in ("工作表“堆场”，表头在第 1 行，共 3 行", "有 1 行被拒绝", "只导入通过的 2 行", "工作表“堆场”C4 类型：“露顶”不是类型"):
        assert words in said(page), words
    assert re.search(r"20.*30", said(client.get(f"{answer.url}?tab=changed")))
    assert "河西" in said(client.get(f"{answer.url}?tab=added"))
    assert "没有这一类的行" in said(client.get(f"{answer.url}?tab=unchanged"))
    refused = client.post(f"{answer.url}apply", {"mode": "all"})
    assert refused.status_code == 409
    assert "有 1 行被拒绝，没有写入任何内容" in said(refused)
    assert client.post(f"{answer.url}apply", {"mode": "good"}).status_code == 302
    assert "已写入：新增 1 处，变更 1 处" in said(client.get(answer.url))
    assert sorted(Yard.objects.values_list("code", "capacity")) == [("Y-1", 30), ("Y-2", 20)]
    history = said(client.get(f"/ledgers/sample-yards/{Yard.objects.get(code='Y-1').pk}/"))
    assert "来源：导入 堆场.xlsx 第2行" in history
    assert "堆场.xlsx" in said(client.get(BASE))


def test_the_refused_rows_come_back_with_why_and_can_be_handed_in_again(town, sign_in):
    client = sign_in("jiaotong")
    url = sent(client, book((*yard_row("Y-3", sort="露顶"), "x"), yard_row("Y-4"), headings=(*HEADINGS, "检查人"))).url
    answer = client.get(f"{url}refused.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["拒绝原因", *HEADINGS, "检查人"]
    assert rows[1][0].startswith("工作表“堆场”C2 类型：“露顶”不是类型")
    assert rows[1][1:] == ["Y-3", "河东堆场", "露顶", 20.0, "是", "x"]
    again = sent(client, answer.content)
    assert "工作表“堆场台账”D2 类型：“露顶”不是类型" in said(client.get(again.url))
    assert client.get(sent(client, book(yard_row())).url + "refused.xlsx").status_code == 404


def test_what_cannot_be_read_says_why_and_begins_anew(town, sign_in):
    client = sign_in("jiaotong")
    page = client.get(sent(client, b"not a workbook at all", name="名单.xlsx").url)
    assert "文件“名单.xlsx”" in said(page)
    assert "没有写入任何内容" in said(page)
    nothing = client.post(BASE, {"department": Department.objects.get(name="交通局").pk, "datum": "cgcs2000"})
    assert nothing.status_code == 422
    assert "请选择要导入的表格文件" in said(nothing)


def test_another_sheet_of_the_file_is_read_when_asked_for(town, sign_in):
    client = sign_in("jiaotong")
    url = sent(client, book(yard_row(), more={"二月": [HEADINGS, yard_row("Y-7")]})).url
    assert "改读“二月”" in said(client.get(url))
    client.post(f"{url}check", {"sheet": "二月"})
    assert "Y-7" in said(client.get(url))


def test_progress_is_shown_by_itself_and_ends_with_the_page(town, sign_in):
    client = sign_in("jiaotong")
    found = handed_in(YARDS, book(yard_row()), by=town.user("jiaotong"))
    ask_check(found, by=None, at=at(11, 2))
    Folder(found.token).tell(1000, 4000)
    page = client.get(f"{BASE}{found.pk}/")
    assert "1,000 / 4,000 行，25%" in said(page)
    assert 'http-equiv="refresh"' in page.content.decode()
    assert "1,000 / 4,000" in said(client.get(f"{BASE}{found.pk}/progress"))
    assert client.post(f"{BASE}{found.pk}/discard").status_code == 409
    Import.objects.filter(pk=found.pk).update(state="checked")
    assert client.get(f"{BASE}{found.pk}/progress").headers["HX-Refresh"] == "true"


def test_what_has_been_stuck_for_long_is_done_again_at_a_press(town, sign_in):
    client = sign_in("jiaotong")
    found = handed_in(YARDS, book(yard_row()), by=town.user("jiaotong"))
    ask_check(found, by=None, at=at(10, 1))
    assert "重来一次" in said(client.get(f"{BASE}{found.pk}/"))
    assert client.post(f"{BASE}{found.pk}/check", {"mode": ""}).status_code == 302
    found.refresh_from_db()
    assert found.state == Import.State.CHECKED


def test_doors_are_open_to_those_who_may_write_only(town, sign_in):
    found = imported(handed_in(YARDS, book(yard_row()), by=town.user("jiaotong")))
    for person, answers in {
        "jiaotong": (200, 200),
        "tongchou": (200, 200),
        "chengjian": (200, 404),
        "lingdao": (403, 403),
        "xinren": (403, 403),
    }.items():
        client = sign_in(person)
        assert (client.get(BASE).status_code, client.get(f"{BASE}{found.pk}/").status_code) == answers, person
        template_answer = client.get(f"{BASE}template.xlsx")
        assert template_answer.status_code == answers[0]
        assert client.get(f"{BASE}{found.pk}/refused.xlsx").status_code in (403, 404)
        assert client.post(f"{BASE}{found.pk}/apply", {"mode": "all"}).status_code == {200: 409}.get(answers[1], answers[1])
    assert sign_in(None).get(BASE).status_code == 302
    assert "从表格导入" not in said(sign_in("lingdao").get("/ledgers/sample-yards/"))
    assert sign_in("jiaotong").get("/ledgers/no-such-table/import/").status_code == 404


def test_one_table_s_import_is_not_another_s(town, sign_in):
    found = handed_in(YARDS, book(yard_row()), by=town.user("jiaotong"))
    assert sign_in("tongchou").get(f"/ledgers/sample-visits/import/{found.pk}/").status_code == 404
    assert sign_in("tongchou").get("/ledgers/sample-visits/import/").status_code == 200
    assert VISITS.slug == "sample-visits"


@pytest.mark.parametrize("table", [*LEDGERS, *RECORDS], ids=lambda table: table.slug)
def test_every_table_has_a_template_that_reads_as_its_own_and_brings_in_nothing_by_itself(table, town):
    data = template(table, list(Department.objects.all()), on=date(2020, 11, 2))
    opened = open_book(data, "模板.xlsx")
    assert "填写说明" in opened.sheets
    sheet = table_in(opened, table)
    assert set(specs(table)) <= set(sheet.columns)
    assert not sheet.unknown
    plan = plan_import(table, sheet, by=None, at=at(11, 2), department=Department.objects.get(name="交通局"))
    assert list(plan.rows) == []
