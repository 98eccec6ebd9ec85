"""Every address for everybody: what each answer is, signed in or not, open to visitors or closed."""

import pytest
import stage
from django.urls import URLPattern

from gongjian.plans.models import Achievement
from gongjian.web import urls

pytestmark = pytest.mark.django_db
EVERYBODY = ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]
ALL = set(EVERYBODY)
OFFICE = {"tongchou"}
CITY = {"chengjian", "chengjian-zhang"}  # lead A1.2, and A2.1 together with 滨河街道
READERS = {"tongchou", "jiancha", "lingdao"}  # read every report
REPORTING = ALL - {"guanli", "xinren"}


def addresses(town):
    """Each page with the people it is for; the others are told who may. Visitors are sent to sign in, but for the open pages."""
    a12, a21 = town.measure("A1.2").pk, town.measure("A2.1").pk
    done = Achievement.objects.get()
    undone = town.commitment("A1.2", what="工地全部接入").pk
    target = town.commitment("W1.1", kind="target").pk
    return {
        "home": ("/", ALL),
        "map": (f"/map/{stage.SLUG}/", ALL),
        "measure": (f"/measure/{a12}/", ALL),
        "report": (f"/measure/{a12}/report/2020-09/", READERS | CITY),
        "report of several": (f"/measure/{a21}/report/2020-09/", READERS | CITY | {"jiedao", "gongan", "shuiwu"}),
        "report of a group": (f"/measure/{town.measure('A2.2').pk}/report/2020-09/", READERS | {"gongan", "shuiwu"}),
        "milestone": (f"/measure/{a12}/milestone/{undone}/", OFFICE | CITY),
        "milestone-take-back": (f"/measure/{a12}/milestone/{done.pk}/take-back/", OFFICE | CITY),
        "adjust deadline": (f"/measure/{a12}/adjust/deadline/", OFFICE),
        "adjust lead": (f"/measure/{a12}/adjust/lead/", OFFICE),
        "adjust support": (f"/measure/{a12}/adjust/support/", OFFICE),
        "adjust target": (f"/measure/{town.measure('W1.1').pk}/adjust/target-{target}/", OFFICE),
        "workbench": ("/work/", ALL),
        "documents": ("/documents/", OFFICE),
        "inbox": ("/inbox/", ALL),
        "notice-settings": ("/me/notices/", ALL),
        "trail": ("/trail/", {"guanli", "tongchou", "lingdao"}),
        "month": ("/reports/2020-09/", REPORTING),
        "backroom": ("/backroom/", {"guanli"}),
    }


OPEN = {"home", "map", "measure"}
NAMES = [
    "home",
    "map",
    "measure",
    "report",
    "report of several",
    "report of a group",
    "milestone",
    "milestone-take-back",
    "adjust deadline",
    "adjust lead",
    "adjust support",
    "adjust target",
    "workbench",
    "inbox",
    "notice-settings",
    "documents",
    "trail",
    "month",
    "backroom",
]
ACTS = {
    "contribution",
    "contribution-step",
    "proof",
    "proof-strike",
    "months",
    "month-act",
    "report-step",
    "intake",
    "intake-correct",
    "intake-confirm",
    "intake-discard",
    "inbox-open",
    "inbox-read",
    "inbox-read-all",
}  # tried in their own modules


def test_no_address_is_left_out_of_the_table(busy, db):
    named = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    told = {name.partition(" ")[0] for name in addresses(busy)}
    assert set(addresses(busy)) == set(NAMES)
    assert {name for name in named - ACTS if not name.startswith(("document", "plan-"))} <= told


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_for_whom_it_is_for(busy, sign_in, name, person):
    address, people = addresses(busy)[name]
    answer = sign_in(person).get(address)
    if name == "backroom" and person not in people:
        assert answer.status_code == 302
        return
    assert answer.status_code == (200 if person in people else 403)


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_sees_the_plan_and_is_asked_to_sign_in_for_the_rest(busy, sign_in, name):
    answer = sign_in(None).get(addresses(busy)[name][0])
    if name in OPEN:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 302
        assert "login" in answer.url


@pytest.mark.parametrize("name", NAMES)
def test_where_the_plan_is_closed_to_visitors_they_see_nothing_of_it(busy, sign_in, settings, name):
    """A district may keep its map to itself: then a visitor, and somebody without a post, sees no measure."""
    settings.GONGJIAN_OPEN_TO_VISITORS = False
    for person in (None, "xinren"):
        answer = sign_in(person).get(addresses(busy)[name][0])
        assert answer.status_code in (302, 403)
        assert "重型柴油车" not in answer.content.decode()
    assert sign_in("jiaotong").get("/").status_code == 200


def test_being_refused_says_who_may_and_who_one_is(busy, sign_in, words):
    page = words(sign_in("jiaotong").get(addresses(busy)["adjust deadline"][0]))
    assert "您不能登记年中调整：可以这样做的是统筹办；您现在的身份是部门经办人（交通局）。" in page
    assert "这一项不归您所在的部门" in words(sign_in("jiaotong").get(addresses(busy)["report"][0]))


PLACES = ["作战图", "我的工作", "外勤", "台账", "先查谁", "检查", "问题", "督办", "监测", "在线", "报警", "指标"]


@pytest.mark.parametrize(
    ("person", "places"),
    [
        (None, ["作战图", "监测", "指标"]),
        ("xinren", ["作战图", "监测", "指标"]),
        ("chengjian", ["作战图", "我的工作", "外勤", "台账", "先查谁", "检查", "问题", "督办", "监测", "在线", "报警", "指标", "考核"]),
        ("tongchou", [*PLACES, "联网", "方案", "考核", "日志"]),
        ("guanli", ["作战图", "台账", "先查谁", "监测", "在线", "指标", "联网", "考核", "日志", "管理"]),
        ("lingdao", ["作战图", "我的工作", "台账", "先查谁", "检查", "问题", "督办", "监测", "在线", "报警", "指标", "考核", "日志"]),
    ],
)
def test_the_rail_names_the_places_one_may_go_and_each_of_them_opens(busy, sign_in, person, places):
    client = sign_in(person)
    rail = client.get("/").context["nav"]
    assert [str(item["title"]) for item in rail] == places
    assert all(client.get(item["url"]).status_code == 200 for item in rail)


def test_a_visitor_sees_lights_and_reasons_but_no_words_of_a_report(busy, sign_in, words):
    page = words(sign_in(None).get(f"/measure/{busy.measure('A1.2').pk}/"))
    assert "月报内容只对牵头、协办部门和统筹办开放" in page
    assert "检查三十处" not in page
    assert "城建局部门经办人" not in page
    assert "检查三十处" in words(sign_in("chengjian").get(f"/measure/{busy.measure('A1.2').pk}/"))
