"""The pages by which a document comes in: uploaded, looked at, set right, confirmed or put away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from stage import changed, measure, plan, without

from gongjian.plans.models import Intake, Wording
from gongjian.plans.planfile.model import Doubt, Place
from gongjian.plans.planfile.toml_format import write_plan_file

pytestmark = pytest.mark.django_db
DOUBT = Doubt("perhaps-merged", "协办一栏空白，不知是合并还是没有。", Place(table=1, row=3, column="协办单位"), "support")
PRINTED = changed(plan(printed=True), "W1.1", doubts=(DOUBT,))


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Uploaded files go into a folder of the test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def office(town, client):
    client.force_login(town.user("tongchou"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def upload(client, document=PRINTED, name="方案.toml"):
    return client.post("/documents/", {"file": SimpleUploadedFile(name, write_plan_file(document).encode())})


def test_an_uploaded_plan_is_shown_with_its_doubts_before_its_changes_and_nothing_is_written(office):
    before = Wording.objects.count()
    page = office.get(upload(office).url).content.decode()
    assert page.index(DOUBT.message) < page.index("与已载入的计划相比")
    assert "第1张表第3行“协办单位”栏" in page
    assert "6条补上原文" in page
    assert Wording.objects.count() == before


def test_confirming_gives_every_measure_its_exact_words(office, town):
    page = upload(office).url
    assert office.post(f"{page}confirm/").status_code == 302
    shown = office.get(f"/measure/{town.measure('A1.1').pk}/").content.decode()
    assert "加强重型柴油货车路检路查" in shown
    assert "第1张表第1行“工作措施”栏" in shown


def test_a_field_set_right_is_shown_and_its_doubt_is_settled(office, town):
    page = upload(office).url
    form = office.get(f"{page}correct/W1.1/")
    typed = {**form.context["form"].initial, "support": "滨河街道、公安分局"}
    assert office.post(f"{page}correct/W1.1/", typed).status_code == 302
    shown = office.get(page).content.decode()
    assert DOUBT.message not in shown
    assert "已更正" in shown
    office.post(f"{page}confirm/")
    assert [row.name for row in town.wording("W1.1").responsibilities.filter(role="support")] == ["滨河街道", "公安分局"]


def test_confirming_a_doubted_field_as_it_was_read_settles_the_doubt(office):
    page = upload(office).url
    office.post(f"{page}correct/W1.1/", office.get(f"{page}correct/W1.1/").context["form"].initial)
    assert DOUBT.message not in office.get(page).content.decode()


def test_a_correction_that_cannot_be_made_is_refused_beside_what_was_typed(office):
    page = upload(office).url
    typed = {**office.get(f"{page}correct/W1.1/").context["form"].initial, "lead": "没有这个局"}
    answer = office.post(f"{page}correct/W1.1/", typed)
    assert answer.status_code == 409
    assert "不在部门名录中" in answer.content.decode()
    assert 'value="没有这个局"' in answer.content.decode()
    assert Intake.objects.get().corrections == {}


def test_a_revision_says_what_is_new_changed_and_withdrawn(office, town):
    office.post(f"{upload(office).url}confirm/")
    extra = measure("A2.2", "打赢蓝天保卫战2020年行动计划", "长期实施", ("交通局",), printed=True)
    revised = changed(without(plan(printed=True), "W1.2"), "A2.2", deadline=extra.deadline, lead=extra.lead)
    shown = office.get(upload(office, revised, "修订.toml").url).content.decode()
    assert "1条有变动" in shown
    assert "1条撤销" in shown
    assert "长期实施" in shown


def test_the_same_file_again_says_that_it_changes_nothing(office):
    office.post(f"{upload(office).url}confirm/")
    assert "确认不会产生任何变化" in office.get(upload(office).url).content.decode()


def test_a_discarded_document_leaves_the_plan_alone_and_cannot_be_opened_again(office):
    page = upload(office).url
    office.post(f"{page}discard/")
    assert office.get(page).url == "/documents/"
    assert office.post(f"{page}confirm/", follow=True).status_code == 200
    assert not Wording.objects.exclude(text="").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("乱码.xlsx", b"\x00\x01\x02" * 50),
        ("网页.xlsx", b"<html><body>404</body></html>"),
        ("没有表.txt", "只有一段话。".encode()),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_one_sentence_and_leaves_nothing(office, name, data):
    answer = office.post("/documents/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.content.decode()
    assert 'class="form-error"' in answer.content.decode() or "field-error" in answer.content.decode()
    assert not Intake.objects.exists()


@pytest.mark.parametrize("who", ["chengjian", "chengjian-zhang", "jiancha", "lingdao", "guanli", "xinren"])
def test_only_the_coordinating_office_sees_documents(town, client, office, who):
    page = upload(office).url
    client.force_login(town.user(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/documents/", page, f"{page}correct/W1.1/"):
        assert client.get(path).status_code == 403
    for path in (f"{page}confirm/", f"{page}discard/"):
        assert client.post(path).status_code == 403
    assert Intake.objects.get().state == Intake.State.OPEN
