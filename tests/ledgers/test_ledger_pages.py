"""The pages of the sample, as people meet them."""

import re
from datetime import date

import pytest
from ledger_sample.declarations import VISITS, YARDS
from sampled import company, department, visit, yard
from stage import at

from gongjian.ledgers import happenings
from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.happenings import Happening
from gongjian.ledgers.models import Entry, SavedView
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def said(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def filled(town):
    plant = company(name="甲厂", street="滨河街道")
    first = yard("Y-1", enterprise=plant, keeper="", street="滨河街道")
    yard("Y-2", name="河西堆场", sort="roofed", keeper="王五")
    visit("Y-1", date(2020, 5, 6), passed=False, depth=12, company=plant)
    visit("Y-1", date(2020, 6, 6), passed=True)
    entries.amend(YARDS, first, {"capacity": 30}, version=1, by=town.user("jiaotong"), at=at(7, 1), note="扩容")
    return first


def test_the_catalogue_says_what_there_is_and_what_is_stale(filled, sign_in):
    page = said(sign_in("lingdao").get("/ledgers/"))
    assert "堆场台账" in page
    assert "2 处" in page
    assert "2020-07-01 超过 92 天" in page
    assert "堆场巡查 2 次" in page
    assert "样例" in page


def test_the_list_shows_finds_and_says_how_many(filled, sign_in):
    client = sign_in("jiancha")
    assert "共 2 处" in said(client.get("/ledgers/sample-yards/"))
    page = said(client.get("/ledgers/sample-yards/?text=河西"))
    assert "共 1 处" in page
    assert "Y-1" not in page
    assert "没有符合条件的" in said(client.get("/ledgers/sample-yards/?text=没有这个"))


def test_chosen_columns_stay_for_the_session(filled, sign_in):
    client = sign_in("jiancha")
    page = client.get("/ledgers/sample-yards/?cols=code&cols=keeper")
    assert [one["title"] for one in page.context["headings"]] == ["堆场编号", "看护人"]
    assert [one["title"] for one in client.get("/ledgers/sample-yards/").context["headings"]] == ["堆场编号", "看护人"]
    assert len(client.get("/ledgers/sample-yards/?cols=").context["headings"]) == len(YARDS.columns)


def test_the_page_of_an_entry_tells_its_story(filled, sign_in):
    page = said(sign_in("lingdao").get(f"/ledgers/sample-yards/{filled.pk}/"))
    for words in (
        "河东堆场",
        "在册",
        "还缺：看护人",
        "甲厂",
        "30 吨",
        "堆场巡查",
        "发现问题",
        "合格 否，方式 步行，积尘厚度 12mm",
        "扩容",
        "更正台账条目",
    ):
        assert words in page
    assert re.search(r"容量 原来： 20 → 现在： 30", page)
    assert "登记记录" not in page
    assert "退出台账" not in page


def test_a_past_day_shows_the_entry_as_it_stood(filled, sign_in):
    client = sign_in("lingdao")
    page = said(client.get(f"/ledgers/sample-yards/{filled.pk}/?on=2020-05-31"))
    assert "20 吨" in page
    assert "2020-06-06" not in page
    assert "还没有这一条" in said(client.get(f"/ledgers/sample-yards/{filled.pk}/?on=2020-03-01"))


def test_a_room_above_tells_what_it_knows_of_an_entry(filled, sign_in, monkeypatch):
    told = Happening(date(2020, 8, 8), "问题", "扬尘问题已销号", "ledgers:entry", ("sample-yards", filled.pk), bad=True)
    monkeypatch.setattr(happenings, "_SOURCES", [])
    source = lambda entry, on: [told] if entry == filled.pk and on >= told.on else []  # noqa: E731 - as short as it is
    happenings.register_happenings(source)
    happenings.register_happenings(source)
    client = sign_in("lingdao")
    page = client.get(f"/ledgers/sample-yards/{filled.pk}/")
    assert [line.title for line in page.context["page"].timeline] == ["问题", "堆场巡查", "堆场巡查"]
    assert "扬尘问题已销号" in said(page)
    assert "扬尘问题已销号" not in said(client.get(f"/ledgers/sample-yards/{filled.pk}/?on=2020-08-01"))


def test_the_page_of_a_company_counts_what_it_has_in_every_ledger(filled, sign_in):
    plant = Entry.objects.get(kind="enterprises")
    assert "堆场台账 1 处" in said(sign_in("lingdao").get(f"/ledgers/enterprises/{plant.pk}/"))


def test_all_ledgers_are_searched_at_once(filled, sign_in):
    client = sign_in("jiancha")
    page = said(client.get("/ledgers/find?text=甲厂"))
    assert "企业名录 1 家" in page
    assert "堆场台账 1 处" in page
    assert "没有找到“龙”" in said(client.get("/ledgers/find?text=龙"))


def form_values(answer):
    form = answer.context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form} | {
        "version": answer.context.get("version", "")
    }


def test_an_entry_is_entered_through_its_form(town, sign_in):
    client = sign_in("jiaotong")
    page = client.get("/ledgers/sample-yards/new/")
    assert page.context["form"]["department"].value() == department().pk
    typed = form_values(page) | {"code": "N-1", "sort": "open", "capacity": "12", "covered": "True", "department": department().pk}
    answer = client.post("/ledgers/sample-yards/new/", typed)
    assert answer.status_code == 302
    assert Entry.objects.get(code="N-1").department == department()
    assert "已登记" in said(client.get(answer.url))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(town, sign_in):
    client = sign_in("jiaotong")
    typed = {"code": "N-1", "name": "留着", "capacity": "99999", "enterprise": ""}
    answer = client.post("/ledgers/sample-yards/new/", typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors["sort"] == ["类型没有填写。"]
    assert form.errors["capacity"] == ["容量：99999大于上限9000吨。"]
    assert form["name"].value() == "留着"
    assert Entry.objects.count() == 0
    answer = client.post("/ledgers/sample-yards/new/", {"code": "N-1", "capacity": "x", "enterprise": "无此厂", "opened_on": "昨天"})
    assert answer.context["form"].errors["capacity"] == ["请填写整数，例如 12。"]
    assert "不在企业名录中" in answer.context["form"].errors["enterprise"][0]


def test_the_same_form_sent_back_changes_nothing_and_a_change_makes_a_version(filled, sign_in):
    client = sign_in("jiaotong")
    address = f"/ledgers/sample-yards/{filled.pk}/edit/"
    typed = form_values(client.get(address))
    assert client.post(address, typed).status_code == 302
    assert Entry.objects.get(pk=filled.pk).version == 2
    assert client.post(address, typed | {"keeper": "赵六"}).status_code == 302
    assert Entry.objects.get(pk=filled.pk).version == 3
    late = client.post(address, typed | {"keeper": "钱七"})
    assert late.status_code == 409
    assert "更新过" in said(late)
    assert late.context["form"]["keeper"].value() == "钱七"
    assert late.context["version"] == typed["version"] or str(late.context["version"]) == str(typed["version"])


def test_an_entry_is_withdrawn_and_restored_with_reasons(filled, sign_in):
    client = sign_in("jiaotong")
    base = f"/ledgers/sample-yards/{filled.pk}"
    refused = client.post(f"{base}/withdraw/", {"on": "2020-10-01", "reason": " ", "version": "2"})
    assert refused.status_code == 409
    assert "请写明退出台账的原因" in said(refused)
    assert client.post(f"{base}/withdraw/", {"on": "2020-10-01", "reason": "拆除", "version": "2"}).status_code == 302
    assert "已退出" in said(client.get(f"{base}/"))
    assert client.post(f"{base}/restore/", {"reason": "误登", "version": "3"}).status_code == 302
    assert Entry.objects.get(pk=filled.pk).valid_to is None


def test_a_record_is_noted_corrected_and_struck_and_its_versions_stay(filled, sign_in):
    client = sign_in("jiancha")
    page = client.get("/ledgers/records/sample-visits/new/?label=Y-2")
    assert page.context["form"]["label"].value() == "Y-2"
    typed = form_values(page) | {
        "on": "2020-10-20",
        "way": "walk",
        "passed": "True",
        "department": department().pk,
        "left_at": "2020-10-20T09:30",
    }
    answer = client.post("/ledgers/records/sample-visits/new/", typed)
    assert answer.status_code == 302
    row = VISITS.model.objects.get(on=date(2020, 10, 20))
    assert row.entry.code == "Y-2"
    correcting = f"/ledgers/records/sample-visits/{row.pk}/correct/"
    typed = form_values(client.get(correcting))
    assert client.post(correcting, typed | {"reason": ""}).status_code == 302
    assert VISITS.model.objects.filter(number=row.number).count() == 1
    assert client.post(correcting, typed | {"passed": "False", "reason": "录反了"}).status_code == 302
    fresh = VISITS.model.objects.get(number=row.number, replaced_at=None)
    assert "这是更正前的样子" in said(client.get(f"/ledgers/records/sample-visits/{row.pk}/"))
    page = said(client.get(f"/ledgers/records/sample-visits/{fresh.pk}/"))
    assert "录反了" in page
    assert re.search("合格 原来： 是 → 现在： 否", page)
    assert client.post(f"/ledgers/records/sample-visits/{fresh.pk}/strike/", {"reason": "重复"}).status_code == 302
    assert "这一条已作废" in said(client.get(f"/ledgers/records/sample-visits/{fresh.pk}/"))
    assert Event.objects.filter(verb="record.struck").count() == 1


def test_departments_that_can_be_chosen_are_those_one_writes_for(town, sign_in):
    choices = sign_in("jiaotong").get("/ledgers/sample-yards/new/").context["form"].fields["department"].choices
    assert [words for _, words in choices] == ["请选择", "交通局"]
    assert len(sign_in("tongchou").get("/ledgers/sample-yards/new/").context["form"].fields["department"].choices) > 4


def test_an_officer_of_another_department_is_told_whose_it_is(filled, sign_in):
    for deed in ("edit", "withdraw", "restore"):
        answer = sign_in("shuiwu").get(f"/ledgers/sample-yards/{filled.pk}/{deed}/")
        assert answer.status_code == 403
        assert "不归您所在的部门" in said(answer)


def test_companies_are_offered_while_one_types(filled, sign_in):
    options = sign_in("jiaotong").get("/ledgers/suggest/enterprises?enterprise=甲厂").content.decode()
    assert '<option value="91350100M000100Y43">甲厂</option>' in options
    page = sign_in("jiaotong").get("/ledgers/sample-yards/new/").content.decode()
    assert 'hx-get="/ledgers/suggest/enterprises"' in page
    assert '<datalist id="among-enterprises">' in page


def test_a_drawn_area_gets_a_point_and_nonsense_is_refused(town, sign_in):
    client = sign_in("jiaotong")
    typed = {"code": "S-1", "sort": "open", "capacity": "1", "covered": "True"}
    square = '{"type": "Polygon", "coordinates": [[[116.5,39.77],[116.52,39.77],[116.52,39.79],[116.5,39.77]]]}'
    for wrong in ("{", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "Polygon"}', "[1]", '"x"'):
        assert "shape" in client.post("/ledgers/sample-yards/new/", typed | {"shape": wrong}).context["form"].errors, wrong
    assert client.post("/ledgers/sample-yards/new/", typed | {"shape": square}).status_code == 302
    entry = Entry.objects.get(code="S-1")
    assert 116.5 < entry.lon < 116.6
    assert entry.shape["type"] == "Polygon"


def test_a_way_to_look_is_kept_shared_and_dropped_by_its_owner(filled, sign_in):
    client = sign_in("jiaotong")
    kept = client.post("/ledgers/views/sample-yards/save", {"title": "有顶的", "query": "sort=roofed", "shared": "1"})
    assert kept.url == "/ledgers/sample-yards/?sort=roofed"
    client.post("/ledgers/views/sample-yards/save", {"title": "自己的", "query": "sort=open"})
    assert [tab["title"] for tab in sign_in("jiancha").get("/ledgers/sample-yards/").context["tabs"]] == ["全部", "有顶的", "地图"]
    view = SavedView.objects.get(title="有顶的")
    assert sign_in("jiancha").post(f"/ledgers/views/{view.pk}/drop").status_code == 403
    tabs = sign_in("jiaotong").get("/ledgers/sample-yards/?sort=roofed").context["tabs"]
    assert [(tab["title"], tab["active"]) for tab in tabs] == [("全部", False), ("有顶的", True), ("自己的", False), ("地图", False)]
    assert client.post(f"/ledgers/views/{view.pk}/drop").status_code == 302
    assert not SavedView.objects.filter(title="有顶的").exists()
    refused = client.post("/ledgers/views/sample-yards/save", {"title": " ", "query": "x=1"}, follow=True)
    assert "请给这个视图起一个" in said(refused)


def test_thirty_ways_are_enough_for_one_person(filled, sign_in, town):
    user = town.user("jiaotong")
    SavedView.objects.bulk_create(
        SavedView(user=user, table="sample-yards", title=str(n), query="sort=open", saved_at=at(5, 1)) for n in range(30)
    )
    client = sign_in("jiaotong")
    assert "最多保存30个" in said(client.post("/ledgers/views/sample-yards/save", {"title": "又一个"}, follow=True))
    client.post("/ledgers/views/sample-yards/save", {"title": "3", "query": "sort=roofed"})
    assert SavedView.objects.get(title="3").query == "sort=roofed"


def test_records_of_one_thing_can_be_looked_at_alone(filled, sign_in):
    page = said(sign_in("jiancha").get(f"/ledgers/records/sample-visits/?entry={filled.pk}"))
    assert "共 2 次" in page
    assert "Y-1 河东堆场" in page


def test_an_empty_ledger_says_what_would_be_there_and_how_to_begin(town, sign_in):
    page = said(sign_in("jiaotong").get("/ledgers/sample-yards/"))
    assert "堆场台账里还没有条目" in page
    assert "登记入账" in page
    assert "今年还没有堆场巡查记录" in said(sign_in("jiaotong").get("/ledgers/records/sample-visits/"))


@pytest.mark.parametrize(
    "address", ["/ledgers/nothing/", "/ledgers/records/sample-yards/", "/ledgers/sample-yards/9999/", "/ledgers/sample-visits/"]
)
def test_what_is_not_there_is_a_page_that_says_so(town, sign_in, address):
    assert sign_in("jiancha").get(address).status_code == 404


def test_another_ledger_s_entry_is_not_shown_under_this_one(filled, sign_in):
    plant = Entry.objects.get(kind="enterprises")
    assert sign_in("jiancha").get(f"/ledgers/sample-yards/{plant.pk}/").status_code == 404


def test_nothing_is_written_by_looking(filled, sign_in):
    before = Event.objects.count()
    client = sign_in("tongchou")
    row = VISITS.model.objects.first()
    for address in (f"{filled.pk}/withdraw/", f"{filled.pk}/edit/", "new/", "confirm/"):
        assert client.get(f"/ledgers/sample-yards/{address}").status_code == 200
    assert client.get(f"/ledgers/records/sample-visits/{row.pk}/strike/").status_code == 200
    assert client.get(f"/ledgers/views/{1}/drop").status_code == 405
    assert Event.objects.count() == before
    assert records  # the verbs stand behind the forms alone
