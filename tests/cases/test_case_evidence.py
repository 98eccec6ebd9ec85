"""Evidence: files known by their content, refused before they do harm, kept where nobody can guess; and what they give away."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
from case_desk import photo, piece
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational
from stage import at

from gongjian.cases.actions.evidencing import Piece, attach, strike
from gongjian.cases.keeping import SHELF
from gongjian.cases.models import Case, Evidence, Remark
from gongjian.files.pictures import apart, looks_of, read_picture
from gongjian.files.sniffing import MEGABYTE, file_type
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden

pytestmark = pytest.mark.django_db
PLACE = (116.5, 39.8)


def huge_png(width, height):
    """A PNG of so many pixels in a few bytes: the head says so, the rest is never reached."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def files(settings):
    return sorted(path for path in settings.GONGJIAN_UPLOADS.rglob("*") if path.is_file())


def test_a_photo_is_kept_under_a_random_name_with_its_small_copy_and_what_the_camera_wrote(desk, settings):
    data = photo(taken=at(10, 12, 9, 50), place=PLACE, size=(1600, 1200))
    case = desk.found(at(10, 12), pieces=[piece(data, name="../../etc/passwd.jpg")])
    row = Evidence.objects.get(case=case)
    assert (row.taken_at, round(row.lon, 5), round(row.lat, 5)) == (at(10, 12, 9, 50), *PLACE)
    assert SHELF.path_of(row.path).read_bytes() == data
    assert "passwd" not in row.path
    assert max(Image.open(SHELF.path_of(row.thumbnail)).size) == 640
    assert not Image.open(SHELF.path_of(row.thumbnail)).getexif()
    assert len(files(settings)) == 2
    assert SHELF.path_of(row.path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (b"<html><script>alert(1)</script></html>", "不是 JPEG、PNG 照片或 PDF 文件"),
        (b"MZ\x90\x00 a program", "不是 JPEG、PNG 照片或 PDF 文件"),
        (b"\x00\x00\x00\x18ftypheic rest", "HEIC"),
        (b"\xff\xd8\xff\xe0 no picture", "已损坏"),
        (b"\x89PNG\r\n\x1a\n no picture", "已损坏"),
        (huge_png(10_000, 6_000), "60 百万像素，最多 50 百万"),
        (huge_png(60_000, 60_000), "像素过多，最多 50 百万"),
        (b"\xff\xd8\xff" + bytes(16 * MEGABYTE), "16.0 MB，照片最多 15 MB"),
    ],
    ids=["empty", "html", "program", "heic", "broken jpeg", "broken png", "60 megapixels", "bomb", "too large"],
)
def test_an_upload_that_lies_or_harms_is_refused_and_leaves_nothing(desk, settings, data, words):
    good = piece(photo(), name="good.jpg")
    with pytest.raises(Refusal, match=words):
        desk.found(pieces=[good, piece(data, name="照片.jpg")])
    assert not files(settings)
    assert not Case.objects.exists()


def test_a_truncated_photo_is_refused(desk):
    with pytest.raises(Refusal, match="已损坏"):
        desk.found(pieces=[piece(photo(size=(800, 600))[:4000])])


def test_a_document_is_known_by_its_content_not_its_name():
    assert file_type(b"%PDF-1.7 ...", "photo.jpg").content_type == "application/pdf"
    assert file_type(photo(form="PNG"), "x.exe").content_type == "image/png"


def test_coordinates_a_camera_cannot_have_written_are_none():
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[2], gps[4] = (IFDRational(0, 0), IFDRational(0, 1), IFDRational(0, 1)), (200.0, 0.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG", exif=exif)
    picture = read_picture(out.getvalue(), "x")
    assert (picture.lon, picture.lat, picture.taken_at, picture.looks) == (None, None, None, "")


@pytest.mark.parametrize("seed", range(5))
def test_the_same_photo_smaller_or_saved_again_looks_the_same_and_another_does_not(seed):
    original = Image.open(io.BytesIO(photo(seed=seed)))
    out = io.BytesIO()
    original.resize((200, 150)).save(out, "JPEG", quality=50)
    again = Image.open(io.BytesIO(out.getvalue()))
    other = Image.open(io.BytesIO(photo(seed=seed + 100)))
    assert apart(looks_of(original), looks_of(again)) <= 3
    assert apart(looks_of(original), looks_of(other)) > 12


def test_a_name_that_leads_out_of_the_folder_or_is_not_random_is_an_error(desk):
    with pytest.raises(ValueError, match="leads out"):
        SHELF.path_of("../../secret-key")
    with pytest.raises(ValueError, match="hexadecimal"):
        SHELF.keep(b"x", "photo", ".jpg")


def test_a_kind_s_evidence_is_needed_where_it_says(desk, settings):
    with pytest.raises(Refusal, match="“超标车辆”登记时还缺：照片“现场照片”1 份"):
        desk.found(kind="truck", pieces=[Piece(title="现场照片", value=3.1)])
    assert not files(settings)
    assert desk.found(kind="truck", pieces=[piece(photo(), title="别的名称")]).pk


def test_evidence_is_given_by_whoever_may_take_the_step_and_struck_with_a_reason(desk, town):
    case = desk.take(desk.at_state("signed", kind="other"), "begin")
    with pytest.raises(Refusal, match="照片“办理后照片”1 份"):
        desk.take(case, "feed_back", by="chengjian")
    with pytest.raises(Forbidden):
        attach(case, "feed_back", [piece(photo())], by=town.user("jiaotong"), at=at(10, 13))
    (row,) = attach(case, "feed_back", [piece(photo(), title="办理后照片")], by=town.user("chengjian"), at=at(10, 13))
    with pytest.raises(Refusal, match="请填写“作废原因”"):
        strike(row, " ", by=town.user("chengjian"), at=at(10, 13))
    strike(row, "拍错了地方", by=town.user("chengjian"), at=at(10, 13))
    with pytest.raises(Refusal, match="办理后照片"):
        desk.take(case, "feed_back", by="chengjian")
    attach(case, "feed_back", [piece(photo(seed=2), title="办理后照片")], by=town.user("chengjian"), at=at(10, 13))
    case = desk.take(case, "feed_back", by="chengjian")
    with pytest.raises(NotAllowed):
        attach(case, "feed_back", [piece(photo(seed=3))], by=town.user("chengjian"), at=at(10, 13))
    case = desk.take(case, "reject")
    with pytest.raises(Refusal, match="办理后照片"):  # what was shown before counts no longer
        desk.take(case, "feed_back", by="chengjian")


def remarks(case):
    return {remark.code: remark.words for remark in Remark.objects.filter(case=case)}


def test_the_same_photo_in_two_cases_is_pointed_out_on_the_second(desk):
    first = desk.found(pieces=[piece(photo(seed=7))])
    small = io.BytesIO()
    Image.open(io.BytesIO(photo(seed=7))).resize((200, 150)).save(small, "JPEG", quality=60)
    second = desk.found(pieces=[piece(small.getvalue())])
    assert "same_photo" not in remarks(first)
    assert first.number in remarks(second)["same_photo"]


def test_a_photo_older_or_farther_than_the_finding_is_pointed_out(desk, town):
    before, away = at(10, 11, 9), (PLACE[0] + 0.02, PLACE[1])
    fine = desk.found(at(10, 12), lon=PLACE[0], lat=PLACE[1], pieces=[piece(photo(taken=at(10, 12, 9), place=PLACE))])
    assert not remarks(fine)
    old = desk.found(at(10, 12), lon=PLACE[0], lat=PLACE[1], pieces=[piece(photo(taken=before, place=away, seed=3))])
    said = remarks(old)
    assert "拍摄于 2020-10-11 09:00" in said["old_photo"]
    assert "约 1,711 米" in said["far_photo"]
    case = desk.take(desk.take(desk.found(at(10, 12, 10), kind="other"), "hand_over"), "sign")
    attach(case, "feed_back", [piece(photo(taken=at(10, 12, 9), seed=4), title="办理后照片")], by=town.user("chengjian"), at=at(10, 13))
    assert set(remarks(case)) == {"old_photo", "undated"}
    assert "没有拍摄位置" in remarks(case)["undated"]


def test_a_report_copied_from_the_last_is_pointed_out_even_with_other_figures(desk):
    said = "接到移交后立即派员到场，督促责任单位完成苫盖，共苫盖 {} 平方米。"
    cases = [desk.at_state("handling") for _ in range(3)]
    first = desk.take(cases[0], "feed_back", by="chengjian", outcome=said.format(200))
    copied = desk.take(cases[1], "feed_back", at(10, 14), by="chengjian", outcome=said.format(350))
    other = desk.take(cases[2], "feed_back", at(10, 14), by="chengjian", outcome="责任单位已拆除围挡外的堆土并复绿，附验收单。")
    assert not remarks(first)
    assert f"与同一经办人在 {first.number} 的反馈有 100% 相同" in remarks(copied)["copied_text"]
    assert not remarks(other)


def test_short_answers_are_alike_by_nature(desk):
    for _ in range(2):
        case = desk.take(desk.at_state("handling"), "feed_back", by="chengjian", outcome="已经整改")
    assert not remarks(case)


def test_many_closed_by_one_person_within_a_minute_are_pointed_out_every_one(desk):
    cases = [desk.at_state("fed_back") for _ in range(5)]
    for number, case in enumerate(cases):
        desk.take(case, "verify", at(10, 13) + timedelta(seconds=10 * number), by="jiancha")
    assert all(remarks(case)["in_haste"].startswith("执法检查员在一分钟内核验或结案了至少 5 个问题") for case in cases)
    slow = [desk.at_state("fed_back") for _ in range(5)]
    for number, case in enumerate(slow):
        desk.take(case, "verify", at(10, 14) + timedelta(minutes=2 * number), by="jiancha")
    assert not any("in_haste" in remarks(case) for case in slow)
