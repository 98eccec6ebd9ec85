"""A draft becomes a case exactly once, with its photos, its place and its moment; or it is refused and nothing of it is kept."""

import json
from datetime import timedelta

import pytest
from field_phone import AHEAD, HERE, SHRUNK, key, photo, upload
from stage import at

from gongjian.cases.models import Case, Comment, Evidence, State
from gongjian.fieldwork.actions.receiving import Arrived, receive
from gongjian.fieldwork.models import Sending
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
NOON = at(10, 31, 12)


def files(settings):
    return [path for path in settings.GONGJIAN_UPLOADS.rglob("*") if path.is_file()]


def works(town, **more):
    told = {"code": "91110108551385082Q", "name": "示例建材", "street": "滨河街道", "department": Department.objects.get(name="城建局")}
    return entries.enter(ENTERPRISES, {**told, "valid_from": at(1, 1).date(), **more}, by=None, at=at(3, 3))


def test_a_draft_becomes_a_case_where_and_when_it_was_written(phone):
    receipt = phone.sent("jiancha", NOON)
    case = Case.objects.get()
    assert (case.title, case.kind, case.level) == ("东门内裸土未苫盖", "dusty", "general")
    assert case.description == "东门内裸土未苫盖。约二百平方米，无人施工。"
    assert (case.lon, case.lat) == HERE
    assert case.found_at == at(10, 31, 10)  # the phone's moment on the demonstration's day
    assert case.entered_at == NOON
    assert case.address == "手机定位处（误差约 18 米）"
    assert (receipt.sending.label, receipt.sending.about, receipt.repeated) == (f"问题 {case.number}", str(case.pk), False)
    assert (receipt.sending.written_at, receipt.sending.ahead) == (at(11, 25, year=2026), AHEAD)
    assert (receipt.sending.lon, receipt.sending.lat, receipt.sending.accuracy) == (*HERE, 18)
    assert Event.objects.filter(verb__in=["case.found", "sending.arrived"]).count() == 2


def test_it_is_handed_over_by_the_rule_of_its_kind_and_stays_with_the_finder_where_there_is_none(phone):
    phone.sent("jiancha")
    case = Case.objects.get()
    assert (case.state, case.department.name) == (State.HANDED_OVER, "城建局")
    receipt = phone.sent("jiancha", number=2, sort="other:general")
    assert Case.objects.get(pk=receipt.sending.about).state == State.FOUND
    assert "没有确定的受理部门" in receipt.sending.note


def test_what_the_phone_read_out_of_a_photo_before_making_it_smaller_stays_with_it(phone):
    phone.sent("jiancha")
    piece = Evidence.objects.get()
    assert piece.taken_at == at(10, 31, 9, 58)
    assert (piece.lon, piece.lat) == (SHRUNK["lon"], SHRUNK["lat"])
    assert Sending.objects.get().photos == [SHRUNK]
    assert not piece.case.remarks.exists()  # neither undated nor elsewhere


def test_what_a_camera_wrote_into_the_file_itself_counts_before_what_is_told(phone):
    phone.sent("jiancha", files=[upload(exif=at(10, 31, 9, 30))])
    assert Evidence.objects.get().taken_at == at(10, 31, 9, 30)


@pytest.mark.parametrize(
    "facts",
    [
        None,
        "[]",
        "{}",
        "17",
        '{"photos": 17}',
        '{"photos": [17]}',
        '{"photos": [{"lon": "x", "lat": null, "taken_at": "gestern", "by": 3}]}',
        '{"photos": [{"lon": NaN, "lat": 1e999, "width": -1, "size": true}]}',
    ],
)
def test_facts_that_are_none_are_left_out(phone, facts):
    phone.sent("jiancha", facts=facts)
    piece = Evidence.objects.get()
    assert (piece.taken_at, piece.lon, piece.lat) == (None, None, None)


def test_the_same_draft_again_is_answered_with_the_same_case(phone, settings):
    first = phone.sent("jiancha")
    again = phone.sent("jiancha", at(10, 31, 13))
    assert (again.sending, again.repeated) == (first.sending, True)
    assert Case.objects.count() == Evidence.objects.count() == Sending.objects.count() == 1
    assert len(files(settings)) == 2  # the photo and its small copy, once


@pytest.mark.parametrize(
    "changed",
    [
        {"words": "另一处裸土。"},
        {"sort": "dusty:serious"},
        {"lon": 116.6},
        {"written_at": "2026-11-25T10:00:01+08:00"},
        {"files": [upload(photo(2))]},
    ],
)
def test_a_known_key_that_holds_something_else_is_refused_with_the_way_to_what_stands(phone, changed):
    first = phone.sent("jiancha")
    with pytest.raises(Arrived, match=rf"此前已经送达（{first.sending.label}）") as said:
        phone.sent("jiancha", **changed)
    assert said.value.sending == first.sending
    assert Case.objects.count() == 1


def test_a_key_is_its_writer_s_alone(phone):
    phone.sent("jiancha")
    phone.sent("jiaotong")
    assert Case.objects.count() == 2
    assert set(Sending.objects.values_list("key", flat=True)) == {key()}


def test_a_refused_draft_leaves_nothing_and_may_come_again_corrected_under_its_key(phone, settings):
    with pytest.raises(Refusal, match="登记时还缺：照片“现场照片”1 份"):
        phone.sent("jiancha", files=[])
    assert not Sending.objects.exists()
    assert not Case.objects.exists()
    phone.sent("jiancha")
    assert Case.objects.count() == 1
    with pytest.raises(Refusal, match="不是 JPEG、PNG"):
        phone.sent("jiancha", number=2, files=[upload(), upload(b"<html>", name="IMG_2.jpg")])
    assert len(files(settings)) == 2
    assert Sending.objects.count() == 1


def test_a_moment_that_cannot_be_is_told_on_the_case_and_the_phone_s_own_is_kept(phone):
    receipt = phone.sent("jiancha", written_at="2026-11-28T10:00:00+08:00")
    case = Case.objects.get()
    assert case.found_at == NOON
    assert "2020-11-03 10:00晚于送达时间" in receipt.sending.note
    assert Comment.objects.get(case=case).text.startswith("手机记录的时间2020-11-03")
    assert receipt.sending.written_at == at(11, 28, year=2026)


def test_how_far_back_a_phone_is_believed_is_a_setting(phone, settings):
    settings.GONGJIAN_FIELD_DAYS = 1
    assert "超过 1 天" in phone.sent("jiancha", written_at="2026-11-23T10:00:00+08:00").sending.note
    settings.GONGJIAN_FIELD_DAYS = 3
    assert phone.sent("jiancha", number=2, written_at="2026-11-23T10:00:00+08:00").sending.note == ""


def test_about_a_thing_the_phone_s_place_counts_unless_it_hardly_knew(phone, town):
    entry = works(town, lon=116.5, lat=39.8)
    exact = Case.objects.get(pk=phone.sent("jiancha", entry=entry.pk).sending.about)
    assert (exact.entry_id, exact.label, exact.lon) == (entry.pk, str(entry), HERE[0])
    vague = Case.objects.get(pk=phone.sent("jiancha", number=2, entry=entry.pk, accuracy=1500).sending.about)
    assert (vague.lon, vague.lat, vague.street) == (116.5, 39.8, "滨河街道")
    with pytest.raises(Refusal, match="已经不在"):
        phone.sent("jiancha", number=3, entry=99_999_999)


def test_a_draft_without_any_place_is_refused(phone):
    with pytest.raises(Refusal, match="请写明地点"):
        phone.sent("jiancha", sort="other:general", lon=None, lat=None, accuracy=None, files=[])
    assert phone.sent("jiancha", sort="other:general", lon=None, lat=None, accuracy=None, files=[], address="东门").sending.label


def test_half_a_place_is_none(phone):
    assert phone.sent("jiancha", lon=None, address="东门").sending.lat is None


def test_measured_values_a_kind_asks_for_are_evidence(phone):
    told = {"sort": "smoky:general", "files": []}
    with pytest.raises(Refusal, match="光吸收系数"):
        phone.sent("jiancha", **told)
    phone.sent("jiancha", **told, **{"value-smoky-0": "2.4"})
    assert [(row.title, row.value, row.unit) for row in Evidence.objects.all()] == [("光吸收系数", 2.4, "m⁻¹")]


@pytest.mark.parametrize("who", ["lingdao", "guanli"])
def test_whoever_may_not_find_problems_is_refused_and_nothing_is_kept(phone, who, town):
    parcel = phone.parcel("jiancha")
    with pytest.raises(Forbidden):
        receive(parcel, by=town.user(who), at=NOON)
    assert not Sending.objects.exists()


def test_a_department_finds_in_its_own_name_whatever_is_claimed(phone, town):
    other = Department.objects.get(name="水务局")
    receipt = phone.sent("jiaotong", origin=None)
    assert Case.objects.get(pk=receipt.sending.about).origin.name == "交通局"
    parcel = phone.parcel("jiaotong", number=2)
    parcel.said["origin"] = str(other.pk)  # past the form
    receipt = receive(parcel, by=town.user("jiaotong"), at=NOON)
    assert Case.objects.get(pk=receipt.sending.about).origin.name == "交通局"


def test_more_photos_than_fit_are_refused_whole(phone):
    with pytest.raises(Refusal, match="一次最多 9 张照片，这里有 10 张"):
        phone.parcel("jiancha", files=[upload(name=f"{number}.jpg") for number in range(10)])


def test_facts_beyond_the_photos_are_no_matter(phone):
    phone.sent("jiancha", facts=json.dumps({"photos": [SHRUNK] * 5}))
    assert len(Sending.objects.get().photos) == 1


def test_photos_do_not_move_in_time_where_the_shift_is_absurd(phone):
    receipt = phone.sent("jiancha", ahead=-(86_400 * 366 * 199))
    assert "距送达超过 7 天" in receipt.sending.note
    assert Evidence.objects.get().taken_at < NOON - timedelta(days=365 * 100)
