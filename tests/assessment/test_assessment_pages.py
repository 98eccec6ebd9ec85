"""The pages of the assessment: for whom they are, what they say, how often they ask, what their forms do."""

import re

import pytest
from assessing import words
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at

from gongjian.assessment.actions import objecting
from gongjian.assessment.models import Assessment, Objection, Scheme
from gongjian.indicators.periods import parse_period
from gongjian.people.models import Department

pytestmark = pytest.mark.django_db
DEPARTMENTS = {
    "chengjian": "城建局",
    "chengjian-zhang": "城建局",
    "jiaotong": "交通局",
    "gongan": "公安分局",
    "shuiwu": "水务局",
    "jiedao": "滨河街道",
}
OVERSEERS = {"tongchou", "lingdao"}
OTHERS = {"guanli", "jiancha"}
EVERYBODY = [*DEPARTMENTS, *OVERSEERS, *OTHERS]


def test_nobody_reads_anything_without_signing_in(office, sign_in):
    sent = office.sent()
    mine = office.department("城建局").pk
    client = sign_in(None)
    for address in (
        "",
        "live/2020-10/",
        f"{sent.pk}/",
        f"{sent.pk}/{mine}/",
        f"{sent.pk}/bulletin/",
        f"{sent.pk}/bulletin.docx",
        f"{sent.pk}/objections/",
    ):
        assert "login" in client.get(f"/assessment/{address}").url
    assert sign_in("xinren").get("/assessment/").status_code == 403


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_before_publication_everybody_sees_their_own_score_and_no_place(office, sign_in, name):
    sent = office.sent()
    client = sign_in(name)
    answer = client.get(f"/assessment/{sent.pk}/")
    if name in OTHERS:
        assert answer.status_code == 403
        assert str(sent) not in words(client.get("/assessment/"))
    else:
        lines = [line for group in answer.context["groups"] for line in group.lines]
        assert {line.name for line in lines} == (set(DEPARTMENTS.values()) if name in OVERSEERS else {DEPARTMENTS[name]})
        assert name in OVERSEERS or not any(line.place.isdigit() for line in lines)
        assert str(sent) in words(client.get("/assessment/"))
    for department in set(DEPARTMENTS.values()):
        score = client.get(f"/assessment/{sent.pk}/{office.department(department).pk}/")
        allowed = name in OVERSEERS or DEPARTMENTS.get(name) == department
        assert score.status_code == (200 if allowed else 403), department


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_after_publication_everybody_signed_in_sees_all_of_it_but_the_unsigned_circular(office, sign_in, name):
    published = office.published()
    client = sign_in(name)
    lines = [line for group in client.get(f"/assessment/{published.pk}/").context["groups"] for line in group.lines]
    assert {line.name for line in lines} == set(DEPARTMENTS.values())
    assert any(line.place.isdigit() for line in lines)
    assert client.get(f"/assessment/{published.pk}/{office.department('水务局').pk}/").status_code == 200
    assert client.get(f"/assessment/{published.pk}/{office.department('水务局').pk}/reports/").status_code == 200
    assert client.get(f"/assessment/{published.pk}/bulletin/").status_code == (200 if name in OVERSEERS else 403)
    assert client.get(f"/assessment/{published.pk}/bulletin.docx").status_code == (200 if name in OVERSEERS else 403)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_the_live_ranking_is_of_all_for_those_who_oversee_and_of_oneself_for_a_department(office, sign_in, name):
    client = sign_in(name)
    answer = client.get("/assessment/live/2020-10/")
    if name in OTHERS:
        assert answer.status_code == 403
        return
    lines = [line for group in answer.context["groups"] for line in group.lines]
    assert {line.name for line in lines} == (set(DEPARTMENTS.values()) if name in OVERSEERS else {DEPARTMENTS[name]})
    for department in set(DEPARTMENTS.values()):
        allowed = name in OVERSEERS or DEPARTMENTS.get(name) == department
        score = client.get(f"/assessment/live/2020-10/{office.department(department).pk}/")
        assert score.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("code", ["2020-11", "2020-10-31", "ytd:2020-10-31", "r12:2020-10", "x", "2020-13"])
def test_what_is_no_period_to_assess_is_not_found(office, sign_in, code):
    assert sign_in("tongchou").get(f"/assessment/live/{code}/").status_code == 404


def test_a_dropped_draft_is_for_the_office_and_leaders_only(office, sign_in):
    Assessment.objects.filter(pk=office.drafted().pk).update(state="dropped")
    dropped = Assessment.objects.get()
    assert sign_in("chengjian").get(f"/assessment/{dropped.pk}/").status_code == 403
    assert str(dropped) not in words(sign_in("chengjian").get("/assessment/"))
    assert sign_in("lingdao").get(f"/assessment/{dropped.pk}/").status_code == 200


def test_a_score_opens_to_its_rows_and_each_row_to_the_thing_itself(office, sign_in):
    published = office.published()
    client = sign_in("tongchou")
    page = client.get(f"/assessment/{published.pk}/{office.department('城建局').pk}/")
    said = words(page)
    assert "应于9月3日前报送，9月7日10:00报送，迟4天" in said
    measure = office.town.measure("A1.2").pk
    assert f'href="/measure/{measure}/?on=2020-09-30"' in page.content.decode()
    assert f'href="/measure/{measure}/report/2020-08/"' in page.content.decode()
    links = set(re.findall(r'href="(/(?:measure|cases|orders)/[^"]+)"', page.content.decode()))
    assert links
    assert all(client.get(link.replace("&amp;", "&")).status_code == 200 for link in links)


def test_a_ranking_says_ties_small_samples_and_how_many_are_compared(office, sign_in):
    Scheme.objects.update(least_rows=3)
    drafted = office.drafted()
    drafted.scores.filter(department__name__in=["城建局", "水务局"]).update(rank=1, tied=2, among=2, standing="ranked")
    drafted.scores.filter(department__name="交通局").update(rank=None, standing="few")
    said = words(sign_in("lingdao").get(f"/assessment/{drafted.pk}/"))
    assert said.count("1（2家并列）") == 2
    assert "样本少，不排名" in said


MOST = {"list": 11, "ranking": 13, "score": 13, "item": 12, "objections": 10, "circular": 9, "live": 35, "live score": 35}


def addresses(office, assessment):
    mine = office.department("城建局").pk
    return {
        "list": "",
        "ranking": f"{assessment.pk}/",
        "score": f"{assessment.pk}/{mine}/",
        "item": f"{assessment.pk}/{mine}/reports/",
        "objections": f"{assessment.pk}/objections/",
        "circular": f"{assessment.pk}/bulletin/",
        "live": "live/2020-10/",
        "live score": f"live/2020-10/{mine}/",
    }


def grown(office, assessment):
    """Forty departments more in the assessment, each assisting with a measure, and three objections."""
    wording = office.town.wording("A1.1")
    for number in range(40):
        department = Department.objects.create(name=f"第{number}局", kind="bureau")
        wording.responsibilities.create(department=department, role="support", printed=department.name, order=10 + number)
        assessment.scores.create(department=department, group="委办局", facts={}, items=office.score(assessment, "城建局").items)
    for row in office.rows(assessment, "城建局", "commitment-milestone"):
        office.objected(assessment, item="commitment-milestone", row=row.key)


def test_pages_ask_as_often_for_many_departments_as_for_few(office, sign_in):
    sent = office.sent()
    client = sign_in("tongchou")
    office.objected(sent)

    def asked():
        counted = {}
        for name, address in addresses(office, sent).items():
            client.get(f"/assessment/{address}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/assessment/{address}").status_code == 200
            counted[name] = len(queries)
        return counted

    before = asked()
    grown(office, sent)
    after = asked()
    assert before == after
    assert all(number <= MOST[name] for name, number in after.items()), after


def test_the_whole_way_is_walked_through_the_forms(office, sign_in, settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = at(10, 9).date()
    client = sign_in("tongchou")
    opened = client.post("/assessment/draft/", {"period": "2020-09"})
    assessment = Assessment.objects.get()
    base = f"/assessment/{assessment.pk}/"
    assert opened.url == base
    assert client.get(f"{base}step/send/").context["form"].initial["until"].isoformat() == "2020-10-15"
    typed = {"version": assessment.version, "until": "2020-10-15", "confirmed": "1"}
    assert client.post(f"{base}step/send/", typed).url == base
    again = client.post(f"{base}step/send/", typed)
    assert (again.status_code, "可能已由他人办过" in words(again)) == (409, True)

    mine = office.department("城建局").pk
    row = office.rows(assessment, "城建局", "reports")[0]
    client = sign_in("chengjian")
    address = f"{base}{mine}/objection/reports/?row={row.key}"
    form = client.get(address).context["form"]
    said = {"token": form.initial["token"], "reason": "有签收记录"}
    assert client.post(address, said | {"reason": ""}).status_code == 200
    assert client.post(address, said).url == f"{base}{mine}/"
    assert client.post(address, said).url == f"{base}{mine}/", "a double click is one objection"
    objection = Objection.objects.get()
    answer = f"{base}objections/{objection.pk}/"
    assert client.post(answer, {"decision": "reject", "answer": "不"}).status_code == 403

    client = sign_in("tongchou")
    assert client.post(answer, {"decision": "share", "answer": "属实"}).context["form"].errors["share"]
    assert client.post(answer, {"decision": "share", "share": "100", "answer": "属实"}).url == answer
    assert client.post(f"{answer}approval/").status_code == 403, "not by who proposed it"
    assert "请统筹办的其他同志来办" in words(client.get(answer))
    client = sign_in("tongchou-er")
    assert client.post(f"{answer}approval/", {"back": "1", "reason": ""}).status_code == 409
    assert client.post(f"{answer}approval/").url == answer
    assert "已采纳并更正" in words(client.get(answer))

    settings.GONGJIAN_DEMONSTRATION_DAY = at(10, 16).date()
    assessment.refresh_from_db()
    assert client.post(f"{base}step/publish/", {"version": assessment.version}).url == base
    assert "已公布" in words(sign_in("jiancha").get(base))


def test_a_step_is_the_offices_and_an_unknown_one_is_none(office, sign_in):
    sent = office.sent()
    assert sign_in("chengjian").get(f"/assessment/{sent.pk}/step/publish/").status_code == 403
    assert sign_in("lingdao").post(f"/assessment/{sent.pk}/step/publish/").status_code == 403
    assert sign_in("chengjian").post("/assessment/draft/", {"period": "2020-08"}).status_code == 403
    assert sign_in("tongchou").get(f"/assessment/{sent.pk}/step/supersede/").status_code == 404
    assert sign_in("tongchou").get("/assessment/draft/").status_code == 405
    answer = sign_in("tongchou").post("/assessment/draft/", {"period": "2020-12"})
    assert (answer.status_code, "请从列表里选择" in words(answer)) == (409, True)


def test_what_is_not_there_is_not_found(office, sign_in):
    sent = office.sent()
    mine = office.department("城建局").pk
    client = sign_in("tongchou")
    for address in (
        "9999/",
        f"{sent.pk}/9999/",
        f"{sent.pk}/{mine}/no-such/",
        f"{sent.pk}/{mine}/objection/no-such/",
        f"{sent.pk}/{mine}/objection/reports/?row=x",
        f"{sent.pk}/objections/9999/",
    ):
        assert client.get(f"/assessment/{address}").status_code == 404, address


def test_a_department_does_not_object_for_another_nor_read_its_objections(office, sign_in):
    sent = office.sent()
    objection = office.objected(sent)
    row = office.rows(sent, "城建局", "reports")[0].key
    client = sign_in("jiaotong")
    assert client.get(f"/assessment/{sent.pk}/{office.department('城建局').pk}/objection/reports/?row={row}").status_code == 403
    assert client.get(f"/assessment/{sent.pk}/objections/{objection.pk}/").status_code == 403
    assert "有签收记录" not in words(client.get(f"/assessment/{sent.pk}/objections/"))


def test_schemes_are_kept_whole_in_the_back_room(office, sign_in):
    scheme = Scheme.objects.get()
    client = sign_in("guanli")
    address = f"/backroom/assessment/scheme/{scheme.pk}/change/"
    page = client.get(address)
    data = {name: value if value is not None else "" for name, value in page.context["adminform"].form.initial.items()}
    for formset in page.context["inline_admin_formsets"]:
        forms = formset.formset
        data |= {f"{forms.prefix}-{name}": value for name, value in forms.management_form.initial.items()}
        for form in forms.initial_forms:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields if form[name].value() is not None}
    data["items-0-weight"] = 77
    data["items-1-DELETE"] = "on"
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert scheme.items.count() == 10
    assert scheme.items.first().weight == 77
    assert scheme.groups.count() == 3
    data |= {"helping": 300}
    assert client.post(address, data).status_code == 200
    assert sign_in("tongchou").get(address).status_code == 302


def test_a_quarter_and_a_year_are_assessed_the_same_way(office, sign_in):
    for code in ("2020Q3", "2020"):
        assessment = office.drafted(parse_period(code), at(10, 31))
        assert sign_in("tongchou").get(f"/assessment/{assessment.pk}/").status_code == 200
        rows = [row.title for row in office.rows(assessment, "水务局", "reports") if row.title.startswith("W1.1")]
        assert rows == [f"W1.1 2020年{number}月月报" for number in ((6, 7, 8) if code == "2020Q3" else range(4, 10))]


def test_an_objection_turned_down_is_shown_with_its_reason(office, sign_in):
    sent = office.sent()
    objecting.reject(office.objected(sent), "没有签收记录可查", by=office.user("tongchou"), at=at(10, 13))
    said = words(sign_in("chengjian").get(f"/assessment/{sent.pk}/{office.department('城建局').pk}/"))
    assert "不予采纳" in said
    assert "没有签收记录可查" in said
