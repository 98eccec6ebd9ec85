"""The talk of devices in words, and vehicles: what they say, where they went."""

from datetime import timedelta

import pytest
from live_field import DUST, NOW, NOX, SO2
from stage import at

from gongjian.live.demonstration.journeys import LENGTH, LORRIES, drive
from gongjian.live.queries.asked import asked_of
from gongjian.live.queries.devices import SHOWN, frame_text, talk_of
from gongjian.live.queries.vehicles import PARTED, Second, journey, read_seconds, track_of, vehicle
from gongjian.live.spans import span_asked
from gongjian.protocols.gb17691.engine import engine_bytes, read_engine
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry.actions import ensure_device, keep_notes
from gongjian.telemetry.fates import Fate, Note
from gongjian.telemetry.live.packing import RESENT, Content, extra_of, packed
from gongjian.telemetry.live.port import Batch, Condition, RefusedFrame, Stranger, Stream
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import micros, seconds
from gongjian.telemetry.queries import live

FRAME = b"##0102QN=20201031100000000;ST=32;CN=2051;PW=s3cr&t;MN=MNDA001;Flag=5;CP=&&DataTime=20201031100000;a21002-Avg=1&&0000"
LORRY = LORRIES[0]
GONE = at(10, 31, 8)


@pytest.fixture
def lorry(field):
    device = ensure_device(Device(protocol=Protocol.GB17691, code=LORRY.vin, name=LORRY.name), "", [], by=None, at=at(1, 1))
    live().append(Batch(list(drive(LORRY, device.pk, GONE, GONE, GONE + LENGTH - timedelta(seconds=10)))))
    return device


def test_uploads_are_counted_by_kind_and_hour_and_what_is_missing_is_told(field):
    for minute in (0, 10, 20, 40, 50):
        field.say("MNDA001", at(10, 31, 8, minute), {NOX: 1.0})
    field.say("MNDA001", at(10, 31, 8, 50), {NOX: 2.0})  # a correction: no other moment
    field.say("MNDA001", at(10, 31, 7, 30), {NOX: 2.0}, marks=RESENT)
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 2.0})
    field.say("MNDA001", at(10, 31, 8), {NOX: 2.0}, stream=Stream.HOUR)
    told = talk_of(field.device("MNDA001"), NOW)
    assert told.kinds == ("分钟数据", "小时数据")
    hours = {f"{hour.begin:%H}": hour.cells for hour in told.hours if any(cell.came for cell in hour.cells)}
    assert hours["08"] == ((5, 0, 6), (1, 0, 1))
    assert hours["08"][0].missing
    assert hours["07"] == ((1, 1, 6), (0, 0, 1))
    assert hours["10"][0] == (1, 0, None), "an hour that is not over yet lacks nothing"
    assert told.late == 1
    assert [f"{hour.begin:%d %H:%M}" for hour in (told.hours[0], told.hours[-1])] == ["31 10:00", "30 11:00"]


def test_faults_clock_and_refusals_are_told_in_words_and_never_a_password(field, sign_in, said):
    number = field.device("MNDA001").pk
    tolerated = Tolerance.CRC_LOWER_CASE | Tolerance.LONG_TIME
    told = Condition(number, micros(at(10, 1)), micros(NOW), -125_000, tolerated.value, 1234, 2, "10.9.8.7")
    kept = RefusedFrame(micros(NOW), "hj212", number, "MNDA001", "10.9.8.7", "crc", "设备 MNDA001 的报文未采用：校验码不符。", 0, FRAME)
    live().append(Batch(conditions=[told], refused=[kept]))
    page = said(sign_in("tongchou").get("/live/devices/hj212/MNDA001/"))
    for words in ("校验码为小写", "时间为 17 位", "慢 125 秒，请校时", "1,234 包", "校验码不符", "PW=******", "MN=MNDA001", "10.9.8.7"):
        assert words in page
    assert "s3cr" not in page
    assert "10.9.8.7" not in said(sign_in("jiancha").get("/live/devices/hj212/MNDA001/")), "where it stands in the network is not for all"


def test_a_frame_is_shown_printable_short_and_without_its_password():
    assert frame_text("hj212", b"##PW=123456;MN=A\x00\xff") == "##PW=******;MN=A\\x00\\xff"
    assert frame_text("hj212", b"pw=1;PW=2;") == "pw=******;PW=******;"
    assert frame_text("gb17691", b"\x23\x23\x01") == "23 23 01"
    assert len(frame_text("hj212", b"x" * 10_000)) == SHOWN + 2


def test_what_was_asked_for_is_told_with_its_answer(field, sign_in, said):
    number, begin, when = field.device("MNDA001").pk, seconds(at(10, 31, 8)), micros(at(10, 31, 9))
    minutes = (number, Stream.MINUTE, begin, begin + 2400)
    hours = (number, Stream.HOUR, begin - 7200, begin - 7200)
    page = said(sign_in("tongchou").get("/live/devices/hj212/MNDA001/"))
    assert "补调缺失数据" not in page
    keep_notes([Note(*minutes, Fate.PARTLY, 1, 2, 5, 3, 1, when, when), Note(*hours, Fate.REFUSED, 1, 1, 1, 0, 3, when, when)], now=NOW)
    page = said(sign_in("tongchou").get("/live/devices/hj212/MNDA001/"))
    for words in ("补调缺失数据", "5 个", "3 个", "2 次，最近", "补来一部分（执行成功）", "设备拒绝（口令错误）", "分钟数据", "小时数据"):
        assert words in page
    keep_notes([Note(*minutes, Fate.CAME, 1, 2, 5, 5, 1, when, when), Note(*hours, Fate.WAITING, 0, 0, 1, 0, None, when)], now=NOW)
    page = said(sign_in("tongchou").get("/live/devices/hj212/MNDA001/"))
    assert "已补齐" in page
    assert "没有问" in page
    assert "等待询问" in page


@pytest.mark.parametrize("fate", Fate)
@pytest.mark.parametrize("number", [None, 1, 2, 3, 100])
def test_every_answer_has_words(field, fate, number):
    begin = seconds(at(10, 31, 8))
    keep_notes([Note(field.device("MNDA001").pk, Stream.MINUTE, begin, begin, fate, 1, 1, 1, 0, number, micros(NOW))], now=NOW)
    (line,) = asked_of(field.device("MNDA001"))
    assert line.outcome.startswith(fate.label)


def test_a_device_never_heard_says_so(field, sign_in, said):
    page = said(sign_in("tongchou").get("/live/devices/hj212/MNDA002/"))
    assert "离线" in page
    assert "还没有采用过它的报文" in page
    assert "近 24 小时没有数据" in page


def test_who_registers_devices_is_told_of_strangers_and_led_to_the_gateway(field, sign_in, said):
    live().append(Batch(strangers=[Stranger("hj212", "UNKNOWN1", micros(NOW), micros(NOW), 3, "10.0.0.1")]))
    assert "有 1 台没有登记的设备来过" in said(sign_in("tongchou").get("/live/devices/"))
    page = sign_in("jiancha").get("/live/devices/")
    assert "没有登记的设备来过" not in said(page)
    assert "/gateway/" not in page.content.decode()


def test_the_list_of_devices_is_searched_and_the_silent_come_first(field, sign_in):
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 1.0})
    client = sign_in("tongchou")
    assert [line.device.code for line in client.get("/live/devices/").context["page"]] == ["MNDA002", "MNYC001", "MNDA001"]
    assert [line.device.code for line in client.get("/live/devices/?text=东门").context["page"]] == ["MNYC001"]


def test_a_vehicle_says_what_it_said_last_and_where_it_went(lorry, sign_in, said):
    found = vehicle(lorry, NOW)
    assert found.nox == pytest.approx(LORRY.nox, abs=40)
    assert found.reagent is not None
    went = journey(lorry, span_asked({"span": "day"}, [], NOW))
    assert went.seconds == LENGTH // timedelta(seconds=10) - 1
    assert went.lamp == "未点亮"
    assert len(went.track) == 1, "a minute in a tunnel does not part a track"
    assert all(116.4 < lon < 116.6 and 39.7 < lat < 39.85 for piece in went.track for lon, lat, _, _ in piece)
    assert sum(map(len, went.track)) < went.seconds, "without a fix there is no place"
    assert [panel.strands[0].code for panel in went.panels] == ["speed", "nox_downstream", "nox_upstream", "reagent_level"]
    client = sign_in("jiancha")
    page = said(client.get(f"/live/vehicles/{LORRY.vin}/"))
    assert "SCR 下游 NOx" in page
    assert "摩擦扭矩 不可用" in page
    assert LORRY.vin in said(client.get("/live/vehicles/"))
    assert "没有符合条件的车辆" in said(client.get("/live/vehicles/?text=XYZ"))


def test_a_vehicle_that_was_silent_leaves_two_pieces_of_track():
    def second(moment, lon):
        return Second(moment, read_engine(engine_bytes({"longitude": lon, "latitude": 39.8, "speed": 30.0})), None)

    told = [second(0, 116.5), second(10, 116.51), second(11 + PARTED, 116.6)]
    assert [len(piece) for piece in track_of(told)] == [2, 1]
    assert track_of([]) == []
    assert track_of([Second(0, None, None), Second(1, read_engine(engine_bytes({"speed": 1.0})), None)]) == []


def test_sealed_and_unreadable_data_of_a_vehicle_are_no_trouble(field, sign_in):
    device = ensure_device(Device(protocol=Protocol.GB17691, code="LSVSEALED00000001", name="密"), "", [], by=None, at=at(1, 1))
    moment = seconds(at(10, 31, 9))
    rows = [
        packed(device.pk, Stream.VEHICLE, moment, micros(NOW), Content(0, b"\x00" * 40, extra_of([("encryption", 3)]))),
        packed(device.pk, Stream.VEHICLE, moment + 1, micros(NOW), Content(0, b"\x14\x0a\x1f\x09\x00\x01\x99\x99")),
    ]
    live().append(Batch(rows))
    assert len(list(read_seconds(device.code, live().between(device.pk, Stream.VEHICLE, moment, moment + 5)))) == 1
    assert sign_in("jiancha").get("/live/vehicles/LSVSEALED00000001/").status_code == 200
    assert sign_in("jiancha").get("/live/vehicles/").status_code == 200
    assert sign_in("jiancha").get("/live/devices/gb17691/LSVSEALED00000001/").status_code == 200


def test_the_code_of_a_device_may_be_anything(field, sign_in):
    Device.objects.filter(code="MNDA001").update(code="A/?#%锅炉")
    client = sign_in("tongchou")
    page = client.get("/live/devices/")
    assert page.status_code == 200
    from django.urls import reverse

    assert client.get(reverse("live:talk", args=["hj212", "A/?#%锅炉"])).status_code == 200


def test_a_factor_in_another_unit_is_another_factor(field, sign_in):
    """An unlinked dust channel in mg/m³ beside hours in µg/m³ must not be drawn as one line."""
    from gongjian.live.queries.factors import instruments_of
    from gongjian.telemetry.models import DeviceFactor

    DeviceFactor.objects.filter(code=DUST).update(factor=None)
    DeviceFactor.objects.filter(code=NOX, device__code="MNDA001").update(factor=None)
    from gongjian.telemetry.queries import store
    from gongjian.telemetry.store import Claim, Period, SeriesKey

    claim = [Claim(at(10, 31, 9), 300.0, at(10, 31, 9, 1))]
    store().write_many({SeriesKey("YC001", DUST, Period.HOUR): claim, SeriesKey("DA001", NOX, Period.HOUR): claim}, source="文件")
    told = [(one.code, one.unit, len(one.wires)) for one in instruments_of(field.site).factors if one.code.startswith(DUST)]
    assert told == [(DUST, "µg/m³", 0), (f"{DUST}@mg/m³", "mg/m³", 1)]
    assert [(one.code, len(one.wires)) for one in instruments_of(field.boiler).factors] == [(NOX, 1), (SO2, 1)]
    assert sign_in("tongchou").get(f"/live/{field.site.pk}/").status_code == 200
