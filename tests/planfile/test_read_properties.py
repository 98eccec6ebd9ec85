"""Laws of the reader: whatever the bytes, a plan or one sentence; and what carries no meaning changes nothing."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_cases import COUNTY, DIRECTORY, HEADING, essence
from write_formats import FORMATS, write

from gongjian.plans.planfile.as_json import reading_as_json
from gongjian.plans.planfile.model import PlanDocument, PlanFileError
from gongjian.plans.planfile.read import read_plan_bytes

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
spots = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=6)


@cache
def sound(kind: str) -> bytes:
    """The county's plan as a file of a kind."""
    if kind == "txt":
        return COUNTY.encode()
    with TemporaryDirectory() as folder:
        return write(COUNTY, kind, Path(folder)).read_bytes()


def told(data: bytes) -> PlanDocument | None:
    """What the reader makes of the bytes; any error but its own refusal comes through."""
    try:
        document = read_plan_bytes(data, "file", DIRECTORY)
    except PlanFileError:
        return None
    reading_as_json(document)
    return document


def damaged(data: bytes, changes) -> bytes:
    for where, patch in changes:
        at = int(where * len(data))
        data = data[:at] + patch + data[at + len(patch) + (not patch) :]
    return data


@calm
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_plan_or_refused(data):
    told(data)


@calm
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table><tr><td>", b"\xff\xfe", b"\xfe\xff"]
    ),
    st.binary(max_size=600),
)
def test_any_bytes_behind_the_mark_of_a_format_are_a_plan_or_refused(mark, data):
    told(mark + data)


@calm
@given(st.text(max_size=2000))
def test_any_text_is_a_plan_or_refused(text):
    told(text.encode("utf-8", "surrogatepass"))


@calm
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "1", "2", "一、甲", "年底前", "县水利局", "做好甲事。", "没有写完，", "<p>甲。</p><p>乙。</p>", '"', HEADING]
            ),
            max_size=8,
        ),
        max_size=12,
    )
)
def test_any_rows_under_a_heading_are_a_plan_or_refused_and_keys_are_unique(rows):
    document = told("\n".join([HEADING, *("\t".join(row) for row in rows)]).encode())
    if document:
        keys = [measure.key for measure in document.measures]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", ["txt", *FORMATS])
@settings(calm, max_examples=40)
@given(spots)
def test_a_damaged_file_is_a_plan_or_refused(kind, changes):
    told(damaged(sound(kind), changes))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@settings(calm, max_examples=60)
@given(st.data())
def test_a_damaged_part_in_a_sound_archive_is_a_plan_or_refused(kind, data):
    with ZipFile(BytesIO(sound(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = data.draw(st.sampled_from(sorted(parts)))
    parts[victim] = damaged(parts[victim], data.draw(spots))
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    told(stream.getvalue())


@pytest.mark.parametrize("kind", FORMATS)
@settings(calm, max_examples=25)
@given(st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_a_plan_or_refused(kind, part):
    data = sound(kind)
    told(data[: int(part * len(data))])


@calm
@given(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]), st.booleans())
def test_encoding_and_line_ends_change_nothing(encoding, windows):
    text = COUNTY.replace("\n", "\r\n") if windows else COUNTY
    assert told(text.encode(encoding)) == told(COUNTY.encode())


@calm
@given(st.data())
def test_blank_lines_and_trailing_blanks_change_nothing(data):
    lines = []
    for line in COUNTY.splitlines():
        lines += [""] * data.draw(st.integers(0, 2))
        lines.append(line.rstrip("\t ") if data.draw(st.booleans()) else line + data.draw(st.sampled_from(["", " ", "  ", "\t"])))
    assert essence(told("\n".join(lines).encode())) == essence(told(COUNTY.encode()))
