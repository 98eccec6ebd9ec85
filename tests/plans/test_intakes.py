"""A document on its way in: read, corrected, confirmed or put away; nothing of any plan is written before."""

import pytest
import stage
from stage import at, changed, plan, without

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import POSTED, Role
from gongjian.plans.actions import intakes
from gongjian.plans.models import Edition, Intake, Measure, Programme, Wording
from gongjian.plans.planfile.toml_format import write_plan_file
from gongjian.plans.queries.intake import preview
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
REVISED = changed(without(plan(), "W1.2"), "A1.2", digest="扬尘视频监控平台建成并接入全部工地")
FILE = write_plan_file(REVISED).encode()


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Uploaded files go into a folder of the test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def office(town):
    return town.user("tongchou")


@pytest.fixture
def opened(town, office):
    return intakes.open_intake(FILE, "修订稿.toml", by=office, at=at(6, 1))


def counts():
    return tuple(table.objects.count() for table in (Programme, Edition, Measure, Wording, Intake, Event, Department))


def test_an_upload_is_kept_aside_and_writes_nothing_of_the_plan(town, office, uploads):
    before = Edition.objects.count(), Measure.objects.count(), Wording.objects.count()
    opened = intakes.open_intake(FILE, "修订稿.toml", by=office, at=at(6, 1))
    assert (opened.state, opened.programme, opened.filename) == ("open", town.programme, "修订稿.toml")
    assert (Edition.objects.count(), Measure.objects.count(), Wording.objects.count()) == before
    assert [path.read_bytes() for path in uploads.rglob("*.toml")] == [FILE]
    assert preview(opened).document.measures == REVISED.measures
    assert Event.objects.filter(verb="intake.opened", actor_id=office.pk).count() == 1


def test_the_same_file_still_open_is_handed_back(opened, office):
    before = counts()
    assert intakes.open_intake(FILE, "另一个名字.toml", by=office, at=at(6, 2)) == opened
    assert counts() == before


def test_the_same_file_after_it_was_put_away_is_opened_anew(opened, office):
    intakes.discard(opened, by=office, at=at(6, 2))
    assert intakes.open_intake(FILE, "修订稿.toml", by=office, at=at(6, 3)) != opened


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "空.txt"),
        (b"", "空.toml"),
        (b"\x00\xff\xfe rubbish \x80" * 50, "图.docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "扫描.pdf"),
        ("什么都没有，只是一段话。".encode(), "信.txt"),
        ("格式 = [".encode(), "坏.toml"),
        ("标题".encode("gb18030"), "编码.toml"),
        (b"PK\x03\x04" + bytes(100), "坏.xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_gets_one_sentence_and_leaves_nothing(town, office, uploads, data, name):
    before = counts()
    with pytest.raises(Refusal) as refused:
        intakes.open_intake(data, name, by=office, at=at(6, 1))
    assert str(refused.value).endswith("。")
    assert counts() == before
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_refused_unread(town, office):
    with pytest.raises(Refusal, match="文件有 20 MB，超过 20 MB 的上限"):
        intakes.open_intake(bytes(intakes.LARGEST + 1), "大.txt", by=office, at=at(6, 1))


def test_corrections_add_up_and_are_loaded(town, opened, office):
    intakes.correct(opened, "A1.2", {"deadline": "8月底前"}, by=office, at=at(6, 2))
    intakes.correct(opened, "A1.2", {"lead": "交通局、住建局"}, by=office, at=at(6, 3))
    intakes.confirm(opened, by=office, at=at(6, 4))
    found = town.wording("A1.2")
    assert found.deadline.code() == "08-31"
    assert [row.name for row in found.responsibilities.filter(role="lead").order_by("order")] == ["交通局", "城建局"]
    assert Event.objects.filter(verb="intake.corrected").count() == 2


@pytest.mark.parametrize(
    "fields", [{"deadline": "改天"}, {"lead": ""}, {"lead": "天外局"}, {"task": ""}, {"nonsense": "x"}, {"deadline": "8月底前", "lead": ""}]
)
def test_a_correction_that_cannot_be_made_changes_nothing(opened, office, fields):
    before = counts()
    with pytest.raises(Refusal):
        intakes.correct(opened, "A1.2", fields, by=office, at=at(6, 2))
    opened.refresh_from_db()
    assert opened.corrections == {}
    assert counts() == before


def test_a_correction_of_an_unknown_measure_is_refused(opened, office):
    with pytest.raises(Refusal, match="没有编号为 Z9"):
        intakes.correct(opened, "Z9", {"task": "x"}, by=office, at=at(6, 2))


def test_confirming_writes_the_document_and_names_the_intake(town, opened, office):
    intakes.confirm(opened, by=office, at=at(6, 4))
    opened.refresh_from_db()
    edition = Edition.objects.get(intake=opened)
    assert (opened.state, opened.programme) == ("confirmed", town.programme)
    assert (edition.by_label, edition.filename, edition.sha256) == (str(office), "修订稿.toml", opened.sha256)
    assert town.measure("W1.2").withdrawn_at == at(6, 4)


def test_a_document_of_a_new_programme_makes_it(town, office):
    other = write_plan_file(plan()).replace("滨政发〔2020〕7号", "滨政发〔2021〕3号").replace("2020年行动计划", "2021年行动计划").encode()
    opened = intakes.open_intake(other, "新.toml", by=office, at=at(6, 1))
    assert opened.programme is None
    made = intakes.confirm(opened, by=office, at=at(6, 2))
    assert (made.year, made.measures.count(), Programme.objects.count()) == (2021, 6, 2)


def test_a_confirmation_that_fails_leaves_the_intake_open_and_the_plan_as_it_was(town, office, monkeypatch):
    opened = intakes.open_intake(FILE, "修订稿.toml", by=office, at=at(6, 1))
    before = counts()

    def fail(*_):
        msg = "磁盘已满。"
        raise Refusal(msg)

    monkeypatch.setattr("gongjian.plans.actions.loading.withdraw_measure", fail)
    with pytest.raises(Refusal, match="磁盘已满"):
        intakes.confirm(opened, by=office, at=at(6, 2))
    opened.refresh_from_db()
    assert opened.state == "open"
    assert counts() == before


@pytest.mark.parametrize("end", ["confirm", "discard"])
@pytest.mark.parametrize("then", ["confirm", "discard", "correct"])
def test_what_is_confirmed_or_put_away_cannot_be_touched_again(opened, office, end, then):
    getattr(intakes, end)(opened, by=office, at=at(6, 2))
    before = counts()
    more = ("A1.2", {"task": "别的"}) if then == "correct" else ()
    with pytest.raises(Refusal, match="不能再改"):
        getattr(intakes, then)(opened, *more, by=office, at=at(6, 3))
    assert counts() == before


def test_putting_away_keeps_what_was_read_and_says_so(opened, office):
    intakes.discard(opened, by=office, at=at(6, 2))
    opened.refresh_from_db()
    assert (opened.state, bool(opened.reading)) == ("discarded", True)
    assert Event.objects.filter(verb="intake.discarded").count() == 1


@pytest.mark.parametrize("role", [role for role in POSTED if role is not Role.COORDINATOR])
def test_nobody_but_the_coordinating_office_has_to_do_with_documents(town, opened, role):
    person = town.user(next(name for name, (held, _) in stage.PEOPLE.items() if held is role))
    before = counts()
    who = {"by": person, "at": at(6, 2)}
    for act in (
        lambda: intakes.open_intake(b"x", "x.txt", **who),
        lambda: intakes.correct(opened, "A1.2", {"task": "别的"}, **who),
        lambda: intakes.confirm(opened, **who),
        lambda: intakes.discard(opened, **who),
    ):
        with pytest.raises(Forbidden, match="统筹办"):
            act()
    assert counts() == before
