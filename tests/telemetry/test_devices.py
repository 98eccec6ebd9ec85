"""Registering devices, by whom, and what their hourly and daily values become."""

from datetime import UTC, datetime, timedelta
from math import nan

import pytest

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry import queries
from gongjian.telemetry.actions import StationCard, ensure_device, ensure_factors, ensure_station, fold, save_device, set_device_password
from gongjian.telemetry.actions.asking import keep_notes
from gongjian.telemetry.actions.devices import save_device_factor, set_device_key
from gongjian.telemetry.addresses import is_within
from gongjian.telemetry.fates import Fate, Note
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.packing import MICRO, Content, body_of, flag_bytes, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream
from gongjian.telemetry.models import Device, DeviceFactor, Factor
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.passwords import unlocked
from gongjian.telemetry.store import Period, SeriesKey, Written
from gongjian.trail.models import Event

AT = datetime(2024, 6, 2, tzinfo=UTC)
NOON = 1_717_214_400  # 12:00 on the monitoring clock
SHAPE = (Column("011", "Avg"), Column("011", "Max"), Column("001", "Avg"))


@pytest.fixture
def memory(monkeypatch):
    store = MemoryLive()
    for module in ("folding", "packing", "devices"):
        monkeypatch.setattr(f"gongjian.telemetry.actions.{module}.live", lambda: store)
    return store


@pytest.fixture
def outlet(db):
    station = ensure_station(StationCard("P1", "一号排口", kind="emission"), by=None, at=AT)
    ensure_factors([("w01018", "化学需氧量", "mg/L"), ("w01001", "pH 值", "无量纲")], by=None, at=AT)
    device = ensure_device(Device(code="MN1", name="一号排口", station=station), "", [("001", "无量纲")], by=None, at=AT)
    save_device_factor(
        DeviceFactor(device=device, code="011", unit="g/L", factor=Factor.objects.get(code="w01018"), scale=1000), by=None, at=AT
    )
    return device


def upload(device, stream, moment, values, flags="NNN"):
    return packed(device.pk, stream, moment, (moment + 7200) * MICRO, Content(shape_number(SHAPE), body_of(values, flag_bytes(flags))))


def test_hours_and_days_become_observations_of_the_station_labelled_by_their_end_in_its_unit(outlet, memory):
    rows = [upload(outlet, Stream.HOUR, NOON, [0.25, 9.0, 7.0]), upload(outlet, Stream.DAY, NOON - 43_200, [0.5, 9.0, 7.0], "DNN")]
    rows += [upload(outlet, Stream.MINUTE, NOON, [0.1, 9.0, 7.0])]
    memory.append(Batch(rows, {shape_number(SHAPE): SHAPE}))
    assert fold(now=AT) == Written(new=2)
    start, end = datetime(2024, 5, 1, tzinfo=CLOCK), datetime(2024, 7, 1, tzinfo=CLOCK)
    (hour,) = queries.store().read(SeriesKey("P1", "w01018", Period.HOUR), start, end)
    (day,) = queries.store().read(SeriesKey("P1", "w01018", Period.DAY), start, end)
    assert (hour.at, hour.value, hour.flag, hour.source) == (datetime(2024, 6, 1, 13, tzinfo=CLOCK), 250.0, "N", "联网接收")
    assert (day.at, day.value, day.flag) == (datetime(2024, 6, 2, tzinfo=CLOCK), 500.0, "D")
    assert hour.entered_at == datetime(2024, 6, 1, 14, tzinfo=CLOCK)


def test_folding_goes_on_from_where_it_was_and_again_changes_nothing(outlet, memory):
    shapes = {shape_number(SHAPE): SHAPE}
    memory.append(Batch([upload(outlet, Stream.HOUR, NOON + 3600 * hour, [0.25, 9.0, 7.0]) for hour in range(7)], shapes))
    assert fold(now=AT, at_once=3) == Written(new=7)
    assert fold(now=AT) == Written()
    memory.append(Batch([upload(outlet, Stream.HOUR, NOON, [0.3, 9.0, 7.0])], shapes))
    assert fold(now=AT) == Written(corrected=1)
    memory.move_cursor("observations", 0)
    assert fold(now=AT).new == 0


def test_a_value_that_is_none_stays_none(outlet, memory):
    memory.append(Batch([upload(outlet, Stream.HOUR, NOON, [nan, 9.0, 7.0])], {shape_number(SHAPE): SHAPE}))
    fold(now=AT)
    (kept,) = queries.store().read(SeriesKey("P1", "w01018", Period.HOUR), datetime(2024, 5, 1, tzinfo=CLOCK), AT)
    assert kept.value is None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("addresses", "10.0.0.0/99", "不是地址或网段"),
        ("tolerances", ["NOT_ONE"], "不认识"),
        ("longest", 20_000, "1024 到 9999"),
        ("minute_interval", 7, "分钟数据间隔"),
    ],
)
def test_a_device_that_cannot_be_is_refused(field, value, says, db):
    with pytest.raises(Refusal, match=says):
        save_device(Device(**{"code": "A", "name": "A", field: value}), by=None, at=AT)
    assert not Device.objects.exists()


def test_a_vehicle_has_a_vin(db):
    with pytest.raises(Refusal, match="VIN"):
        save_device(Device(protocol="gb17691", code="SHORT", name="A"), by=None, at=AT)


def test_a_password_is_kept_as_a_digest_and_told_to_nobody(db):
    device = save_device(Device(code="A", name="A"), by=None, at=AT)
    set_device_password(device, "s3cret", by=None, at=AT)
    assert "s3cret" not in device.password
    assert "s3cret" not in str([(event.before, event.after) for event in Event.objects.all()])
    other = save_device(Device(code="B", name="B"), by=None, at=AT)
    set_device_password(other, "s3cret", by=None, at=AT)
    assert other.password != device.password, "the same password of two devices does not look the same"
    for wrong in ("seven77", "中文"):
        with pytest.raises(Refusal, match="口令"):
            set_device_password(device, wrong, by=None, at=AT)


def test_every_change_raises_the_revision_by_which_gateways_see_it(db):
    device = save_device(Device(code="A", name="A"), by=None, at=AT)
    device.name = "B"
    save_device(device, by=None, at=AT)
    set_device_password(device, "", by=None, at=AT)
    assert Device.objects.get().revision == 3


@pytest.mark.parametrize(
    ("address", "allowed", "within"),
    [
        ("10.1.2.3", "", True),
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.2.3", "10.1.0.0/16，192.168.1.1", False),
        ("192.168.1.1", "10.1.0.0/16，192.168.1.1", True),
        ("::ffff:10.1.2.3", "10.1.0.0/16", True),
        ("fe80::1%eth0", "fe80::/10", True),
        ("nonsense", "10.0.0.0/8", False),
        ("::1", "10.0.0.0/8", False),
    ],
)
def test_addresses(address, allowed, within):
    assert is_within(address, allowed) is within


KEY = "00112233445566778899aabbccddeeff"


def told_of(device):
    """Everything the log and the table have of a device, as text."""
    return str(list(Event.objects.values_list("verb", "before", "after"))) + str(Device.objects.filter(pk=device.pk).values())


def test_a_key_is_kept_so_that_only_this_installation_can_read_it(outlet, settings):
    set_device_key(outlet, KEY.upper(), by=None, at=AT)
    outlet.refresh_from_db()
    assert unlocked(outlet.pk, outlet.sealing_key) == bytes.fromhex(KEY)
    for text in (KEY, KEY.upper(), str(bytes.fromhex(KEY))):
        assert text not in told_of(outlet)
    assert unlocked(outlet.pk + 1, outlet.sealing_key) == b"", "of no use to another device"
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret altogether"
    assert unlocked(outlet.pk, outlet.sealing_key) == b""
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unlocked(outlet.pk, outlet.sealing_key) == bytes.fromhex(KEY)


def test_a_key_goes_as_it_came_and_both_are_told(outlet):
    set_device_key(outlet, KEY, by=None, at=AT)
    set_device_key(outlet, "", by=None, at=AT)
    assert unlocked(outlet.pk, outlet.sealing_key) is None
    assert list(Event.objects.filter(verb__startswith="device.key").order_by("pk").values_list("verb", flat=True)) == [
        "device.key_set",
        "device.key_removed",
    ]


@pytest.mark.parametrize("typed", ["0011", KEY + "00", "zz" * 16, "０" * 32])
def test_what_is_no_key_is_refused_and_not_repeated(outlet, typed):
    with pytest.raises(Refusal, match="32 位十六进制") as refusal:
        set_device_key(outlet, typed, by=None, at=AT)
    assert typed not in str(refusal.value)
    outlet.refresh_from_db()
    assert outlet.sealing_key == ""


def test_a_vehicle_has_no_key(db):
    vehicle = ensure_device(Device(protocol="gb17691", code="L" * 17, name="车"), "", [], by=None, at=AT)
    with pytest.raises(Refusal, match="不是 HJ 212"):
        set_device_key(vehicle, KEY, by=None, at=AT)


def note(device, fate, came=0, minute=0):
    return Note(device.pk, 2051, NOON + 60 * minute, NOON + 60 * minute + 540, fate, 1, 2, 10, came, None, NOON * MICRO, NOON * MICRO + 1)


def test_what_a_device_was_asked_for_is_kept_once_and_as_it_stands(outlet):
    keep_notes([note(outlet, Fate.WAITING), note(outlet, Fate.ASKED), note(outlet, Fate.WAITING, minute=10)], now=AT)
    keep_notes([note(outlet, Fate.PARTLY, came=4)], now=AT)
    since = datetime.fromtimestamp(NOON, UTC)
    assert queries.notes_since(since) == [note(outlet, Fate.PARTLY, came=4), note(outlet, Fate.WAITING, minute=10)]
    assert queries.notes_since(since + timedelta(seconds=1)) == []


def test_what_waits_too_long_is_given_up_and_what_is_long_over_is_forgotten(outlet):
    since = datetime.fromtimestamp(NOON, UTC)
    keep_notes([note(outlet, Fate.CAME), note(outlet, Fate.WAITING, minute=10)], now=since)
    for days, fates in ((29, [Fate.CAME, Fate.WAITING]), (31, [Fate.CAME, Fate.SILENT]), (181, [])):
        keep_notes([], now=since + timedelta(days=days))
        assert [each.fate for each in queries.notes_since(since)] == fates
