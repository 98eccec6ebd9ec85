"""Evidence and contributions on the page of a report: uploaded, read by who may, refused to the rest."""

import re
import sys

import pytest
from report_files import a_pdf, a_photo, huge_png, typed

from gongjian.people.models import Department
from gongjian.plans.models import Contribution, ReportFile
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
EVERYBODY = ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path
    return tmp_path


@pytest.fixture
def page(busy):
    """October of A1.1: 交通局 leads, 公安分局 assists."""
    return f"/measure/{busy.measure('A1.1').pk}/report/2020-10/"


@pytest.fixture
def helper(page):
    return f"{page}contribution/{Department.objects.get(name='公安分局').pk}/"


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_officer_uploads_files_with_a_draft_and_takes_one_away(sign_in, words, page):
    officer = sign_in("jiaotong")
    answer = officer.post(page, typed(proofs=[a_pdf(), a_photo()]), follow=True)
    shown = words(answer)
    assert "函.pdf" in shown
    assert "现场.jpg" in shown
    assert "未查毒" in shown
    first = ReportFile.objects.first()
    assert "已移除“函.pdf”" in words(officer.post(f"{page}file/{first.pk}/strike/", follow=True))
    again = officer.post(f"{page}file/{first.pk}/strike/")
    assert again.status_code == 409
    assert "已由交通局部门经办人移除" in words(again)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("照片.jpg", b"<script>alert(1)</script>", "与文件名无关"),
        ("表.xlsx", b"PK\x03\x04 broken", "损坏，打不开"),
        ("照片.png", huge_png(), "60 百万像素，最多 50 百万"),
        ("<b>x</b>.pdf", b"MZ\x90 program", "与文件名无关"),
        ("大.pdf", b"%PDF-" + bytes(21 * 2**20), "21.0 MB，文件最多 20 MB"),
    ],
    ids=["html", "zip", "pixels", "program", "large"],
)
def test_a_file_that_lies_or_harms_is_refused_and_every_word_is_still_there(sign_in, words, page, uploads, name, data, said):
    answer = sign_in("jiaotong").post(page, typed(progress="我写了半天。", proofs=[a_pdf(), a_pdf(name, data)]))
    assert answer.status_code == 409
    assert said in words(answer)
    text = answer.content.decode()
    assert "我写了半天。" in text
    assert "<b>x</b>" not in text
    assert not ReportFile.objects.exists()
    assert not on_disk(uploads)


def test_an_infected_file_is_refused_and_stands_in_the_log(sign_in, words, page, uploads, settings):
    settings.GONGJIAN_SCANNER = f'{sys.executable} -c "import sys; sys.exit(1)"'
    answer = sign_in("jiaotong").post(page, typed(proofs=[a_pdf()], submit="1"))
    assert answer.status_code == 409
    assert "查出病毒，没有接收" in words(answer)
    assert Event.objects.filter(verb="file.infected", actor_label="交通局部门经办人").exists()
    assert not on_disk(uploads)


@pytest.mark.parametrize("who", [None, *EVERYBODY])
def test_a_file_is_read_by_who_may_see_the_report_and_by_nobody_else(busy, sign_in, page, who):
    sign_in("jiaotong").post(page, typed(proofs=[a_photo("现场<b>.jpg")]))
    file = ReportFile.objects.get()
    answer = sign_in(who).get(f"{page}file/{file.pk}/")
    if who is None:
        assert answer.status_code == 302
        return
    readers = {"tongchou", "jiancha", "lingdao", "jiaotong", "gongan"}
    assert answer.status_code == (200 if who in readers else 403)
    if who in readers:
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Content-Type"] == "image/jpeg"
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")


def test_a_file_is_found_only_below_its_own_report(busy, sign_in, page):
    sign_in("jiaotong").post(page, typed(proofs=[a_pdf()]))
    number = ReportFile.objects.get().pk
    office = sign_in("tongchou")
    other = f"/measure/{busy.measure('A1.2').pk}/report/2020-10/"
    assert office.get(f"{other}file/{number}/").status_code == 404
    assert office.get(f"{page.replace('2020-10', '2020-09')}file/{number}/").status_code == 404
    assert office.get(f"{page}file/{number + 1}/").status_code == 404
    assert sign_in("chengjian").get(f"{other}file/{number}/").status_code == 404  # one's own report, another's file
    assert sign_in("chengjian").post(f"{page}file/{number}/strike/").status_code == 403


def test_a_contribution_is_written_handed_in_taken_over_and_returned(busy, sign_in, words, page, helper):
    assert "协办已报 0/1" in words(sign_in("jiaotong").get(page))
    assert "已向协办部门催要。" in words(sign_in("jiaotong").post(f"{helper}ask/", follow=True))
    assert "牵头部门 2020-10-31" in words(sign_in("gongan").get(page))
    assert "草稿已保存，尚未报出" in words(
        sign_in("gongan").post(helper, {"text": "配合检查<b>五</b>次。", "proofs": [a_pdf()]}, follow=True)
    )
    assert "配合检查" not in words(sign_in("jiaotong").get(page))  # a draft is its own department's
    number = ReportFile.objects.get().pk
    assert sign_in("jiaotong").get(f"{page}file/{number}/").status_code == 404
    assert sign_in("gongan").get(f"{page}file/{number}/").status_code == 200
    seen = {"text": "配合检查<b>五</b>次。", "version": Contribution.objects.get().version, "submit": "1"}
    assert "协办情况已报给牵头部门。" in words(sign_in("gongan").post(helper, seen, follow=True))
    shown = sign_in("jiaotong").get(page)
    assert "协办已报 1/1" in words(shown)
    assert "配合检查<b>五</b>次" not in shown.content.decode()
    assert sign_in("jiaotong").get(f"{page}file/{number}/").status_code == 200
    department = Contribution.objects.get().department_id
    taken = sign_in("jiaotong").post(page, typed(progress="检查四十处。", take=str(department)), follow=True)
    assert "协办情况已写入“本月进展”" in words(taken)
    assert busy.report("A1.1", 10).progress == "检查四十处。\n（协办单位公安分局：配合检查<b>五</b>次。）"
    assert busy.report("A1.1", 10).state == "draft"
    empty = sign_in("jiaotong").post(f"{helper}return/", {"reason": " "})
    assert empty.status_code == 409
    assert "还缺：退回理由" in words(empty)
    sign_in("jiaotong").post(f"{helper}return/", {"reason": "缺名单"})
    assert "退回理由： 缺名单" in words(sign_in("gongan").get(page))


def test_the_second_of_two_who_contribute_is_told_and_keeps_every_word(sign_in, words, helper):
    assisting = sign_in("gongan")
    assisting.post(helper, {"text": "先写的。"})
    answer = assisting.post(helper, {"text": "后写的。", "version": ""})
    assert answer.status_code == 409
    assert "已被别人修改" in words(answer)
    assert "后写的。" in answer.content.decode()
    assert Contribution.objects.get().text == "先写的。"


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_contribution_is_posted_by_its_own_department_only(sign_in, helper, who):
    answer = sign_in(who).post(helper, {"text": "x", "submit": "1"})
    assert answer.status_code == (302 if who == "gongan" else 403)
    assert Contribution.objects.exists() is (who == "gongan")


def test_what_is_not_there_is_not_found(sign_in, page, helper):
    lead = sign_in("jiaotong")
    assert lead.post(f"{helper}return/", {"reason": "x"}).status_code == 404
    assert lead.post(f"{helper}burn/").status_code == 404
    assert lead.post(f"{page}contribution/999999/", {"text": "x"}).status_code == 404
    assert lead.get(helper).status_code == 405
    for number in ("x", "9" * 40, "0"):
        assert lead.post(page, typed(take=number)).status_code == 409


def test_a_page_with_everything_on_it_names_each_thing_once(sign_in, page, helper):
    sign_in("gongan").post(helper, {"text": "配合。", "proofs": [a_pdf()], "submit": "1"})
    sign_in("jiaotong").post(page, typed(proofs=[a_photo()]))
    for who in ("jiaotong", "gongan", "tongchou"):
        ids = re.findall(r'\bid="([^"]+)"', sign_in(who).get(page).content.decode())
        assert len(ids) == len(set(ids))
