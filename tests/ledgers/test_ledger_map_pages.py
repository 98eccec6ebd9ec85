"""The pages with maps: who may see them, where they lead, and what they say where there is nothing to draw."""

import re

import pytest
from ledger_sample.declarations import YARDS
from sampled import company, yard

from gongjian.ledgers.views.map import entry_address

pytestmark = pytest.mark.django_db
MAP, OF_YARDS = "/ledgers/map/", "/ledgers/sample-yards/map/"
AREA = '{"type": "Polygon", "coordinates": [[[116.5, 39.77], [116.52, 39.77], [116.52, 39.79], [116.5, 39.77]]]}'


def page(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", [MAP, OF_YARDS, f"{MAP}places.json", f"{OF_YARDS}places.json"])
def test_a_visitor_is_asked_to_sign_in_and_every_post_that_sees_ledgers_sees_maps(town, sign_in, address):
    answer = sign_in(None).get(address)
    assert answer.status_code == 302
    assert "/account/login/" in answer.url
    for who in ("jiaotong", "chengjian-zhang", "tongchou", "guanli"):
        assert sign_in(who).get(address).status_code == 200, who


def test_without_any_place_the_page_says_who_supplies_them_and_where_to_begin(town, sign_in):
    yard("Y-1")
    said = page(sign_in("jiaotong").get(MAP))
    assert "图上还没有条目" in said
    assert "由各台账的主管部门登记" in said
    assert "data-atlas" not in said
    assert 'href="/ledgers/sample-yards/?lon=-"' in said


def test_the_map_counts_what_it_cannot_show_and_leads_to_it(town, sign_in):
    company(lon=116.51, lat=39.78)
    yard("Y-1", lon=116.51, lat=39.78)
    for number in range(3):
        yard(f"N-{number}", name=f"无处堆场{number}")
    client = sign_in("jiaotong")
    said = page(client.get(MAP))
    assert 'data-missing="#unplaced"' in said
    (link,) = re.findall(r'href="([^"]+)">[^<]*3 \S+没有坐标', said)
    listed = page(client.get(link))
    assert "无处堆场2" in listed
    assert "河东堆场" not in listed
    assert '<option value="-" selected>没有坐标</option>' in listed


def test_the_map_of_a_ledger_keeps_filters_words_and_day_and_goes_back_to_the_same_list(town, sign_in):
    yard("Y-1", lon=116.51, lat=39.78, sort="roofed")
    client = sign_in("jiaotong")
    listed = page(client.get("/ledgers/sample-yards/?sort=roofed&text=河东&on=2020-05-01"))
    (tab,) = re.findall(r'href="([^"]*/map/[^"]*)"[^>]*>地图', listed)
    said = page(client.get(tab.replace("&amp;", "&")))
    (source,) = re.findall(r'data-source="([^"]*)"', said)
    assert len(client.get(source.replace("&amp;", "&")).json()["places"]) == 1
    assert client.get(source.replace("&amp;", "&").replace("roofed", "open")).json()["places"] == []
    assert '<option value="roofed" selected>' in said
    assert 'value="河东"' in said
    (back,) = re.findall(r'<a class="btn btn-small" href="([^"]*)">看列表', said)
    assert re.fullmatch(r"/ledgers/sample-yards/\?(?=.*sort=roofed)(?=.*text=)(?=.*on=2020-05-01).*", back.replace("&amp;", "&"))
    assert re.search(r'href="[^"]*/map/[^"]*" aria-current="page">地图', said)
    noscript = said[said.index("<noscript>") :]
    assert "河东堆场" in noscript  # the list itself where there is no script


def test_things_without_a_place_of_their_own_have_no_map(town, sign_in):
    client = sign_in("jiaotong")
    assert client.get("/ledgers/machines/map/").status_code == 404
    assert client.get("/ledgers/machines/map/places.json").status_code == 404
    assert client.get("/ledgers/nothing/map/").status_code == 404
    assert "/ledgers/machines/map/" not in page(client.get("/ledgers/machines/"))


def test_the_address_the_map_makes_of_a_place_is_that_of_the_entry(town, sign_in):
    entry = yard("Y-1", lon=116.51, lat=39.78)
    said = page(sign_in("jiaotong").get(f"{MAP}?on=2020-05-01"))
    (pattern,) = re.findall(r'data-entry="([^"]*)"', said)
    assert pattern == entry_address("?on=2020-05-01") == "/ledgers/{kind}/{id}/?on=2020-05-01"
    assert "河东堆场" in page(sign_in("jiaotong").get(pattern.replace("{kind}", YARDS.slug).replace("{id}", str(entry.pk))))


def test_an_entry_shows_where_it_stands_and_leads_to_the_one_map(town, sign_in):
    placed, bare = yard("Y-1", lon=116.51, lat=39.78), yard("Y-2")
    client = sign_in("jiaotong")
    said = page(client.get(f"/ledgers/sample-yards/{placed.pk}/"))
    assert 'data-lon="116.51" data-lat="39.78"' in said
    assert f'href="/ledgers/map/?place={placed.pk}"' in said
    past = page(client.get(f"/ledgers/sample-yards/{placed.pk}/?on=2020-05-01"))
    assert f'href="/ledgers/map/?place={placed.pk}&amp;on=2020-05-01"' in past
    without = page(client.get(f"/ledgers/sample-yards/{bare.pk}/"))
    assert "还没有登记位置" in without
    assert "leaflet" not in without


def test_an_area_is_drawn_in_the_form_in_any_writing_and_refused_with_the_reason(town, sign_in):
    client = sign_in("jiaotong")
    form = page(client.get("/ledgers/sample-yards/new/"))
    assert form.count("data-atlas-picker") == 1
    assert form.count('name="lon"') == form.count('name="lat"') == form.count('name="shape"') == 1
    typed = {"code": "S-1", "sort": "open", "capacity": "1", "covered": "True"}
    texts = (AREA, "116.5,39.77\n116.52,39.77\n116.52,39.79", "POLYGON ((116.5 39.77, 116.52 39.77, 116.52 39.79, 116.5 39.77))")
    shapes = []
    for number, text in enumerate(texts):
        assert client.post("/ledgers/sample-yards/new/", typed | {"code": f"S-{number}", "shape": text}).status_code == 302
        entry = YARDS.model.objects.get(code=f"S-{number}")
        assert 116.5 <= entry.lon <= 116.52
        shapes.append(entry.shape)
    assert shapes[0] == shapes[1] == shapes[2]
    crossed = "116.50,39.77\n116.52,39.79\n116.52,39.77\n116.50,39.79"
    answer = client.post("/ledgers/sample-yards/new/", typed | {"code": "S-9", "shape": crossed})
    assert answer.status_code == 422
    assert "边界自相交" in answer.content.decode()
    assert crossed.splitlines()[0] in answer.content.decode()  # what was typed is still there
    edited = page(client.get(f"/ledgers/sample-yards/{entry.pk}/edit/"))
    assert "&quot;type&quot;: &quot;Polygon&quot;" in edited


def test_the_two_ways_to_see_the_ledgers_lead_to_one_another(town, sign_in):
    client = sign_in("jiaotong")
    assert re.search(r'href="/ledgers/map/"[^>]*>一张图', page(client.get("/ledgers/")))
    assert re.search(r'href="/ledgers/"[^>]*>台账目录', page(client.get(MAP)))
    assert re.search(r'href="/ledgers/map/\?on=2020-05-01"[^>]*>一张图', page(client.get("/ledgers/?on=2020-05-01")))
