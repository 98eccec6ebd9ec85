"""Evidence of orders: kept as evidence of cases is, refused before it does harm."""

import pytest
from order_desk import photo, piece
from stage import at

from gongjian.cases.evidence.keeping import path_of
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.supervision.actions import evidencing
from gongjian.supervision.actions.evidencing import attach, strike
from gongjian.supervision.models import OrderEvidence

pytestmark = pytest.mark.django_db


def files(settings):
    return [path for path in settings.GONGJIAN_UPLOADS.rglob("*") if path.is_file()]


def test_a_photo_and_a_document_are_kept_under_names_nobody_can_guess(desk, settings):
    order = desk.at_state("signed")
    desk.proven(order, by="chengjian", pieces=[piece(name="../../etc/passwd.jpg"), piece(b"%PDF-1.7 rest", "函", "函.pdf")])
    picture, document = OrderEvidence.objects.filter(order=order)
    assert path_of(picture.path).read_bytes() == photo()
    assert (picture.is_photo, document.is_photo, document.content_type) == (True, False, "application/pdf")
    assert "passwd" not in picture.path
    assert len(files(settings)) == 3  # with the small copy


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<html><script>alert(1)</script>", "照片.jpg", "内容不是 JPEG、PNG 照片或 PDF 文件"),
        (b"", "照片.jpg", "是空的"),
        (b"\xff\xd8\xff not a photo", "照片.jpg", "已损坏"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused_and_none_of_the_giving_is_kept(desk, settings, data, name, words):
    order = desk.at_state("signed")
    with pytest.raises(Refusal, match=words):
        desk.proven(order, by="chengjian", pieces=[piece(), piece(data, "假", name)])
    assert not OrderEvidence.objects.exists()
    assert not files(settings)


def test_files_are_not_kept_where_the_giving_could_not_be_recorded(desk, settings, monkeypatch):
    order = desk.at_state("signed")
    monkeypatch.setattr(evidencing, "record", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.proven(order)
    assert not files(settings)


def test_evidence_is_given_for_the_step_that_can_be_taken_by_whoever_may_take_it(desk):
    order = desk.at_state("signed")
    with pytest.raises(Forbidden):
        desk.proven(order, by="jiaotong")
    with pytest.raises(NotAllowed):
        desk.proven(order, "clear", by="tongchou")
    with pytest.raises(Refusal, match="“撤销督办”不需要佐证"):
        desk.proven(order, "withdraw", by="tongchou")
    with pytest.raises(NotAllowed):
        desk.proven(desk.at_state("cleared", title="已结"), by="chengjian")


def test_there_is_an_end_to_how_much_is_given(desk):
    order = desk.at_state("signed")
    with pytest.raises(Refusal, match="最多 40 份"):
        attach(order, "answer", [piece(title=str(number)) for number in range(41)], by=None, at=at(10, 13))


def test_what_was_struck_stays_is_struck_once_and_only_in_its_round(desk):
    order = desk.at_state("signed")
    (given,) = desk.proven(order, by="chengjian")
    with pytest.raises(Refusal, match="请填写“作废原因”"):
        strike(given, " ", by=desk.user("chengjian"), at=at(10, 13))
    strike(given, "传错了", by=desk.user("chengjian"), at=at(10, 13))
    with pytest.raises(Refusal, match="已经作废"):
        strike(given, "传错了", by=desk.user("chengjian"), at=at(10, 13))
    (second,) = desk.proven(order, pieces=[piece(title="第二张")])
    desk.take(desk.take(order, "answer"), "return")
    with pytest.raises(Refusal, match="属于前一轮答复"):
        strike(second, "传错了", by=desk.user("chengjian"), at=at(10, 14))
    assert OrderEvidence.objects.filter(order=order).count() == 2
