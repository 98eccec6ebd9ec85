"""The circular: what it says is what the scores say, on the page and in the document."""

import io

import pytest
from assessing import words
from docx import Document

from gongjian.assessment.models import Scheme

pytestmark = pytest.mark.django_db


def test_the_circular_tells_what_the_scores_tell_on_the_page_and_in_the_document(office, sign_in):
    Scheme.objects.update(least_rows=1)
    sent = office.sent()
    milestone = office.rows(sent, "城建局", "commitment-milestone")[0]
    client = sign_in("lingdao")
    page = client.get(f"/assessment/{sent.pk}/bulletin/")
    circular, said = page.context["circular"], words(page)
    assert "关于2020年9月污染防治攻坚战考核情况的通报" in said
    assert "草稿" in circular.mark
    assert "考核尚未公布" in circular.mark
    red = next(section for section in circular.sections if section.title == "未做到的考核点")
    assert any(milestone.title in row[0] and "城建局" in row[1] for table in red.tables for row in table.rows)
    for line in (line for group in page.context["circular"].sections[0].tables for line in group.rows):
        assert f"{office.score(sent, line[1]).total:.2f}" == line[2]
    file = client.get(f"/assessment/{sent.pk}/bulletin.docx")
    document = Document(io.BytesIO(file.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(words in text for section in circular.sections for words in section.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert all(list(row) in cells for section in circular.sections for table in section.tables for row in table.rows)
    assert (document.paragraphs[0].text, document.core_properties.title) == (circular.mark, circular.title)
    assert circular == client.get(f"/assessment/{sent.pk}/bulletin/").context["circular"], "the same assessment reads the same"


def test_the_circular_praises_and_blames_only_who_is_ranked_among_others_and_by_the_schemes_lines(office, sign_in):
    Scheme.objects.update(least_rows=1, praise_from=90, blame_below=90)
    sent = office.sent()
    circular = sign_in("lingdao").get(f"/assessment/{sent.pk}/bulletin/").context["circular"]
    praised, blamed = ("".join(section.paragraphs) for section in circular.sections[1:3])
    for score in sent.scores.select_related("department"):
        compared = score.rank is not None and score.among > 1
        assert (f"{score.department.name}：" in praised) is (compared and score.total >= 90)
        assert (f"{score.department.name}：" in blamed) is (compared and score.total < 90)


def test_a_corrected_row_is_blamed_on_nobody(office, sign_in):
    sent = office.sent()
    for row in office.rows(sent, "城建局", "commitment-milestone"):
        office.corrected(office.objected(sent, item="commitment-milestone", row=row.key))
    circular = sign_in("lingdao").get(f"/assessment/{sent.pk}/bulletin/").context["circular"]
    red = next(section for section in circular.sections if section.title == "未做到的考核点")
    assert not any("A1.2" in row[0] for table in red.tables for row in table.rows)
    assert "异议" in circular.opening
