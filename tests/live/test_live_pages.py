"""Stations now, their curves, table and files: what is shown, to whom, and with how many questions to the database."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from live_field import DIRECTION, DUST, NOX, SO2, SPEED
from stage import at

from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.severity import Severity
from gongjian.telemetry.actions import StationCard, ensure_device, ensure_station
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device, Factor, Protocol, Station
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Claim, Period, SeriesKey

EVERYBODY = ("guanli", "tongchou", "chengjian", "chengjian-zhang", "jiancha", "lingdao")
NOBODY = ("xinren",)


def alarm(field, outlet="DA001", state="open"):
    begin = at(10, 31, 8)
    return Alarm.objects.create(
        outlet=Outlet.objects.get(station__code=outlet),
        factor=Factor.objects.get(code=NOX),
        rule="over-hour",
        cause=f"{outlet}:{NOX}:over-hour",
        severity=Severity.SERIOUS,
        begin=begin,
        since=begin + timedelta(hours=1),
        last=begin + timedelta(hours=1),
        bad=1,
        peak=80.0,
        upper=50.0,
        state=state,
        opened_at=begin + timedelta(hours=1, minutes=1),
    )


def addresses(field):
    boiler = field.boiler.pk
    return [
        "/live/",
        f"/live/{boiler}/",
        f"/live/{boiler}/data.csv",
        f"/live/{boiler}/data.xlsx",
        "/live/vehicles/",
        "/live/devices/",
        "/live/devices/hj212/MNDA001/",
        f"/live/newest/?stations={boiler}",
    ]


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_see_ledgers_may_see_what_is_measured(field, sign_in, who):
    client = sign_in(who)
    assert [client.get(address).status_code for address in addresses(field)] == [200] * 8


@pytest.mark.parametrize("who", NOBODY)
def test_who_has_no_post_sees_nothing(field, sign_in, who):
    client = sign_in(who)
    assert [client.get(address).status_code for address in [*addresses(field), "/live/events/?stations=1"]] == [403] * 9


def test_a_visitor_is_asked_to_sign_in(field, sign_in):
    client = sign_in(None)
    assert {client.get(address).status_code for address in [*addresses(field), "/live/events/"]} == {302}


@pytest.mark.parametrize(
    "address", ["/live/999999/", "/live/devices/hj212/NOBODY/", "/live/devices/gb17691/NOBODY/", "/live/vehicles/MNDA001/"]
)
def test_what_is_not_there_is_not_found(field, sign_in, address):
    assert sign_in("tongchou").get(address).status_code == 404


def test_a_card_says_the_newest_values_how_old_they_are_and_what_is_above_a_limit(field, sign_in, said):
    field.say("MNDA001", at(10, 31, 9, 50), {NOX: 40.0, SO2: 3.0})
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.25})
    page = said(sign_in("tongchou").get("/live/"))
    card = page[page.index("一号锅炉") : page.index("二号锅炉")]
    assert "61.5" in card
    assert "高于限值" in card
    assert "在线" in card
    assert "4 分钟前" in card
    assert "10-31 10:10" in card, "a label is the end of its period"
    assert "48 小时内没有数据" in page[page.index("二号锅炉") :]


def test_a_device_not_heard_for_half_an_hour_is_off_the_line(field, sign_in):
    field.say("MNDA001", at(10, 31, 9, 20), {NOX: 40.0, SO2: 3.0})
    client = sign_in("tongchou")
    assert [card.now.station.code for card in client.get("/live/?state=online").context["page"]] == []
    field.say("MNDA001", at(10, 31, 9, 40), {NOX: 40.0, SO2: 3.0})
    assert [card.now.station.code for card in client.get("/live/?state=online").context["page"]] == ["DA001"]


def test_a_value_with_a_flag_is_shown_with_its_words_and_is_never_above_a_limit(field, sign_in, said):
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 99.0, SO2: 3.0}, flag="C")
    client = sign_in("tongchou")
    assert "校准" in said(client.get("/live/"))
    assert client.get("/live/").context["counts"]["over"] == 0


def test_a_value_is_in_the_unit_of_its_factor(field, sign_in, said):
    """The dust meter sends mg/m³, the factor is in µg/m³."""
    field.say("MNYC001", at(10, 31, 10, 0), {DUST: 0.312, SPEED: 2.0, DIRECTION: 90.0})
    page = said(sign_in("tongchou").get("/live/"))
    assert "312 µg/m³" in page
    assert "2 m/s" in page


def test_real_time_values_go_before_older_means_and_hours_of_stations_without_devices_are_shown(field, sign_in, said):
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 20.0, SO2: 1.0})
    field.say("MNDA001", at(10, 31, 10, 14), {NOX: 44.0, SO2: 2.0}, stream=Stream.REAL_TIME, statistic="Rtd")
    station = ensure_station(StationCard("WA001", "河口", "water"), by=None, at=at(1, 1))
    claims = [
        Claim(at(10, 31, 9), 1.5, at(10, 31, 9, 5)),
        Claim(at(10, 31, 10), 2.5, at(10, 31, 10, 5)),
        Claim(at(10, 31, 11), 9.5, at(10, 31, 9)),
    ]
    store().write_many({SeriesKey("WA001", SO2, Period.HOUR): claims}, source="文件")
    page = said(sign_in("tongchou").get("/live/"))
    assert "44 mg/m³" in page
    assert "2.5 mg/m³" in page
    assert "9.5" not in page, "what is not yet over is not told"
    assert "2.5" in said(sign_in("tongchou").get(f"/live/{station.pk}/?span=day"))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("sort=dust", ["YC001"]),
        ("text=二号", ["DA002"]),
        ("text=MNYC", ["YC001"]),
        ("sort=nonsense", ["DA001", "DA002", "YC001"]),
        ("text=%00", ["DA001", "DA002", "YC001"]),
    ],
)
def test_the_list_is_narrowed(field, sign_in, query, codes):
    found = sign_in("tongchou").get(f"/live/?{query}").context["page"].object_list
    assert sorted(card.now.station.code for card in found) == codes


def test_alarms_are_told_to_whom_they_may_be_told(field, sign_in, said):
    """The department that supervises, not another; who may see none of them still sees the values."""
    made = alarm(field)
    address = f"/live/{field.boiler.pk}/"
    for who, sees in (("tongchou", True), ("chengjian", True), ("jiaotong", False), ("guanli", False)):
        client = sign_in(who)
        assert ("报警 1" in said(client.get("/live/"))) is sees, who
        assert (f"/alarms/{made.pk}/" in client.get(address).content.decode()) is sees, who


def test_curves_have_limits_bands_of_flags_and_alarms(field, sign_in):
    alarm(field)
    field.many("MNDA001", at(10, 31, 0), 600, [{NOX: 20.0 + place, SO2: 3.0} for place in range(50)])
    for minute in range(0, 60, 10):
        field.say("MNDA001", at(10, 31, 9, minute), {NOX: 1.0, SO2: 1.0}, flag="M")
    page = sign_in("tongchou").get(f"/live/{field.boiler.pk}/")
    (nox, so2) = page.context["panels"]
    assert [line.value for line in nox["panel"].lines] == [50.0]
    assert [(band.words, band.last - band.first) for band in nox["panel"].bands] == [("维护", 3600)]
    assert len(nox["panel"].marks) == 1
    assert so2["panel"].lines == []
    assert "限值 50（许可证 9111）" in nox["svg"]
    assert "最低 20.00，平均 44.50，最高 69.00" in nox["panel"].words, "what does not count is in no figure"


def test_up_to_four_stations_are_laid_beside_one_another(field, sign_in, said):
    for mn in ("MNDA001", "MNDA002"):
        field.many(mn, at(10, 31, 8), 600, [{NOX: 20.0, SO2: 3.0}] * 6)
    others = "".join(f"&with={station.pk}" for station in (field.twin, field.site, field.boiler))
    page = sign_in("tongchou").get(f"/live/{field.boiler.pk}/?factor={NOX}{others}&with=x")
    (panel,) = page.context["panels"]
    assert [strand.name for strand in panel["panel"].strands] == ["一号锅炉", "二号锅炉"]
    assert "东门工地没有监测氮氧化物" in said(page)
    assert page.context["titles"] == [
        "时间",
        "一号锅炉 氮氧化物（mg/m³）",
        "一号锅炉 氮氧化物 标记",
        "二号锅炉 氮氧化物（mg/m³）",
        "二号锅炉 氮氧化物 标记",
    ]


def test_both_stores_are_one_series_and_a_correction_stands(field, sign_in):
    """Hours from before the instrument was on the line, hours it sent, and one it sent again with another value."""
    claims = [Claim(at(10, 31, hour), float(hour), at(10, 31, hour, 5)) for hour in (5, 6, 7)]
    store().write_many({SeriesKey("DA001", NOX, Period.HOUR): claims}, source="文件")
    for hour, value in ((6, 70.0), (7, 80.0), (7, 81.0)):
        field.say("MNDA001", at(10, 31, hour), {NOX: value}, stream=Stream.HOUR)
    rows = sign_in("tongchou").get(f"/live/{field.boiler.pk}/?period=hour&factor={NOX}").context["rows"].object_list
    assert [(f"{label:%H}", cells[0][0]) for label, cells in rows] == [("08", 81.0), ("07", 70.0), ("06", 6.0), ("05", 5.0)]


def test_the_files_are_exactly_what_the_table_shows_page_by_page(field, sign_in):
    from python_calamine import CalamineWorkbook

    field.many("MNDA001", at(10, 31, 0), 600, [{NOX: place / 8, SO2: 3.0} for place in range(60)])
    client, query = sign_in("tongchou"), f"factor={NOX}&factor={SO2}&span=day"
    first = client.get(f"/live/{field.boiler.pk}/?{query}")
    shown = [first.context["titles"]]
    for number in first.context["rows"].paginator.page_range:
        for label, cells in client.get(f"/live/{field.boiler.pk}/?{query}&page={number}").context["rows"]:
            shown.append([f"{label:%Y-%m-%d %H:%M:%S}", *(said for value, words in cells for said in (value, words))])
    text = b"".join(client.get(f"/live/{field.boiler.pk}/data.csv?{query}").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [rows[0], *[[row[0], float(row[1]), row[2], float(row[3]), row[4]] for row in rows[1:]]] == shown
    answer = client.get(f"/live/{field.boiler.pk}/data.xlsx?{query}")
    assert "attachment" in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert book[0] == shown[0]
    assert [[f"{row[0]:%Y-%m-%d %H:%M:%S}", *row[1:]] for row in book[1:]] == shown[1:]


def test_where_wind_is_measured_there_are_roses_elsewhere_none(field, sign_in, said):
    rows = [{DUST: 0.1 if place % 2 else 0.3, SPEED: 2.0, DIRECTION: 90.0 if place % 2 else 225.0} for place in range(10)]
    field.many("MNYC001", at(10, 31, 0), 3600, rows, stream=Stream.HOUR)
    page = sign_in("tongchou").get(f"/live/{field.site.pk}/?period=hour")
    assert page.context["roses"]["wind"].count == 10
    assert "平均浓度最高的来向 西南" in said(page)
    assert "roses" not in sign_in("tongchou").get(f"/live/{field.boiler.pk}/").context


def test_a_station_without_anything_says_what_will_be_here(field, sign_in, said):
    station = ensure_station(StationCard("X1", "新站", "air"), by=None, at=at(1, 1))
    assert "还没有登记监测因子" in said(sign_in("tongchou").get(f"/live/{station.pk}/"))


def test_what_a_device_calls_itself_is_never_markup(field, sign_in):
    Device.objects.filter(code="MNDA001").update(name="<script>alert(1)</script>")
    Station.objects.filter(code="DA001").update(name="<b>锅炉</b>")
    for address in [*addresses(field)[:2], "/live/devices/", "/live/devices/hj212/MNDA001/"]:
        text = sign_in("tongchou").get(address).content.decode()
        assert "<script>alert" not in text
        assert "<b>锅炉" not in text


def test_a_page_without_script_is_whole(field, sign_in):
    """Values, curves, table and the way to the next page are there as HTML; a form asks for another span."""
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.25})
    text = sign_in("tongchou").get(f"/live/{field.boiler.pk}/").content.decode()
    assert '<svg class="panel"' in text
    assert re.search(r'<form class="filters live-ask" method="get"', text)
    assert "刷新页面可更新" in text


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_number_of_questions_does_not_grow_with_the_stations(field, sign_in):
    client = sign_in("tongchou")
    few = {address: questions(client, address) for address in ("/live/", "/live/devices/", f"/live/newest/?stations={field.boiler.pk}")}
    numbers = []
    for number in range(25):
        station = ensure_station(StationCard(f"N{number}", f"站 {number}", "emission"), by=None, at=at(1, 1))
        device = Device(protocol=Protocol.HJ212, code=f"MNN{number}", name=f"仪 {number}", station=station)
        ensure_device(device, "", [(NOX, "mg/m³")], by=None, at=at(1, 1))
        field.say(f"MNN{number}", at(10, 31, 10, 0), {NOX: 20.0})
        numbers.append(str(station.pk))
    assert questions(client, "/live/") <= few["/live/"] + 1, "one for stations without data more or less"
    assert questions(client, "/live/devices/") == few["/live/devices/"]
    assert questions(client, f"/live/newest/?stations={','.join(numbers)}") <= few[f"/live/newest/?stations={field.boiler.pk}"] + 1
    assert few["/live/"] <= 14


def test_a_stations_page_asks_a_bounded_number_of_questions(field, sign_in):
    field.many("MNDA001", at(10, 1, 0), 600, [{NOX: 20.0, SO2: 3.0}] * 3000)
    client = sign_in("tongchou")
    assert questions(client, f"/live/{field.boiler.pk}/?span=month&period=minute") <= 30
