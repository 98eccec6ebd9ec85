"""The page of the gateway, and what is done on it: enrolling, replaying, by whom."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse
from gateway_made import NAME, NOON, NOW, Tray, framed, reframed, upload

from gongjian.gateway import actions, running
from gongjian.gateway.loading import edition, load, loaded
from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.hj212 import Hj212Session
from gongjian.gateway.simulation import wire
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import POSTED, Role
from gongjian.project.cli.gateway import gateway
from gongjian.protocols.hj212.crc import modbus
from gongjian.telemetry.actions import enrol, ensure_device, save_device, set_device_password
from gongjian.telemetry.live.port import Batch
from gongjian.telemetry.live.reading import series
from gongjian.telemetry.models import Device
from gongjian.telemetry.moments import from_micros
from gongjian.telemetry.queries import watches_since
from gongjian.telemetry.store import Period
from gongjian.trail.models import Event

ALLOWED = {Role.ADMINISTRATOR, Role.COORDINATOR}


def sent(store, *frames, peer="10.0.0.7"):
    """Frames through a session on the register as it stands, and into the store."""
    desk, tray = Desk(loaded()), Tray()
    session = Hj212Session(desk, peer, tray)
    for frame in frames:
        session.receive(frame, NOW)
    conditions, strangers = desk.tallies.drained()
    store.append(Batch(tray.rows, tray.shapes, tray.refused, conditions, strangers))
    return tray


def registered(at, **more):
    device = Device(**{"code": NAME, "name": "一号排口", "minute_interval": 1} | more)
    return ensure_device(device, wire.PASSWORD, [("w01018", "mg/L")], by=None, at=at)


def swapped(frame):
    """With the check code of another family."""
    return frame[:-6] + b"%04X\r\n" % modbus(frame[6:-6])


def test_a_stranger_is_listed_and_one_click_takes_what_it_sent(own_live, client, person, django_capture_on_commit_callbacks):
    sent(own_live, upload(), upload(1))
    client.force_login(person(Role.COORDINATOR))
    page = client.get(reverse("gateway:devices")).content.decode()
    assert NAME in page
    assert "10.0.0.7" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("gateway:register"), {"protocol": "hj212", "code": NAME}, follow=True)
    assert "补收此前的报文 2 条" in answer.content.decode()
    device = Device.objects.get(code=NAME)
    assert series(own_live, device.pk, "w01018", Period.MINUTE, NOON, NOON + 3600).values.tolist() == [
        wire.value(NAME, NOON + 60 * minute, "w01018") for minute in (0, 1)
    ]
    assert own_live.strangers() == []
    assert Event.objects.filter(verb="device.created").count() == 1


def test_frames_are_taken_once_the_profile_is_mended(own_live, at):
    device = registered(at)
    sent(own_live, swapped(upload()), upload(1))
    assert actions.replay(by=None, at=at) == (1, 0)
    device.tolerances = ["CRC_MODBUS"]
    save_device(device, by=None, at=at)
    assert actions.replay(NAME, by=None, at=at) == (1, 1)
    assert actions.replay(by=None, at=at) == (0, 0)
    heard = own_live.since(0)[1]
    assert [each.moment for each in heard] == [NOON + 60, NOON]
    assert heard[1].received == NOW, "received when it came, not when it was taken"


@pytest.mark.parametrize("role", POSTED)
def test_who_may_see_and_do(role, own_live, client, person, at):
    user = person(role)
    client.force_login(user)
    allowed = role in ALLOWED
    assert client.get(reverse("gateway:devices")).status_code == (200 if allowed else 403)
    client.post(reverse("gateway:register"), {"protocol": "hj212", "code": "NEW"})
    assert Device.objects.filter(code="NEW").exists() is allowed
    if not allowed:
        with pytest.raises(Forbidden):
            actions.replay(by=user, at=at)


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(reverse("gateway:devices")).status_code == 302


def test_no_page_shows_a_password(own_live, client, person, at):
    registered(at)
    sent(own_live, reframed(upload(), b"PW=123456", b"PW=s3cret"))
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("gateway:devices")).content.decode()
    assert "口令不符" in page
    assert "s3cret" not in page
    backroom = client.get(reverse("admin:telemetry_device_change", args=[Device.objects.get().pk])).content.decode()
    assert Device.objects.get().password not in backroom
    assert wire.PASSWORD not in backroom


def test_a_key_set_in_the_back_room_is_used_and_shown_nowhere(own_live, client, person, at):
    """From a sealed packet that is refused, over the key typed, to the packet being taken after all."""
    device, key = registered(at), wire.key_of(NAME)
    frame = wire.upload_frame(NAME, wire.qn_of(NOW), NOON, key=key)
    assert "没有该设备可用的密钥" in sent(own_live, frame).refused[0].sentence
    client.force_login(person(Role.ADMINISTRATOR))
    address = reverse("admin:telemetry_device_change", args=[device.pk])
    form = {"protocol": "hj212", "code": NAME, "name": "一号排口", "longest": 1024, "minute_interval": 1, "active": "on"}
    bad = client.post(address, form | {"new_key": "1234"}, follow=True).content.decode()
    assert "32 位十六进制" in bad
    assert client.post(address, form | {"new_key": key.hex()}).status_code == 302
    device.refresh_from_db()
    assert device.sealing_key
    pages = [
        client.get(each).content.decode() for each in (address, reverse("admin:telemetry_device_changelist"), reverse("gateway:devices"))
    ]
    assert "已设" in pages[1]
    for secret in (key.hex(), key.hex().upper(), device.sealing_key):
        assert not any(secret in page for page in pages)
    assert actions.replay(by=None, at=at) == (1, 1)
    assert [each.values[0] for each in own_live.since(0)[1]] == [wire.value(NAME, NOON, "w01018")]
    assert client.post(address, form | {"no_key": "on"}).status_code == 302
    assert loaded().find("hj212", NAME).key is None


def test_a_key_set_on_the_command_line_is_used_and_not_echoed(own_live, at):
    registered(at)
    key = wire.key_of(NAME).hex()
    told = CliRunner().invoke(gateway, ["seal", NAME], input=f"{key}\n")
    assert (told.exit_code, key in told.output) == (0, False), told.output
    assert loaded().find("hj212", NAME).key == wire.key_of(NAME)
    assert "没有登记" in str(CliRunner().invoke(gateway, ["seal", "NOBODY"], input=f"{key}\n").exception)


def test_what_the_gateway_knows_is_printed_without_its_secrets(own_live, at):
    ensure_device(Device(code=NAME, name="一号排口"), wire.PASSWORD, [], key=wire.key_of(NAME).hex(), by=None, at=at)
    known = loaded().find("hj212", NAME)
    assert known.key == wire.key_of(NAME)
    assert not any(secret in repr(known) for secret in (str(known.key), known.key.hex(), known.password))


def test_a_stretch_in_which_nobody_could_say_that_all_is_well_is_left_out(db, monkeypatch):
    """A full disk or a machine asleep: the gateway ran, but heard nobody."""
    clock = iter([0, 10, 20, 200, 210])
    tell = running._listening(lambda: NOW + next(clock) * 1_000_000)
    monkeypatch.setattr(running, "close_old_connections", lambda: None)  # the test's own connection stays
    monkeypatch.setattr(running.asyncio, "to_thread", lambda job: job())
    monkeypatch.setattr(running.asyncio, "ensure_future", lambda done: done)
    for _ in range(5):
        tell()
    begin = from_micros(NOW)
    assert watches_since(begin) == [
        (begin, begin + timedelta(seconds=20)),
        (begin + timedelta(seconds=200), begin + timedelta(seconds=210)),
    ]


def test_queries_do_not_grow_with_devices(own_live, client, person, at, django_assert_max_num_queries):
    client.force_login(person(Role.COORDINATOR))
    for number in range(30):
        registered(at, code=wire.mn(number))
    client.get(reverse("gateway:devices"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("gateway:devices")).status_code == 200


def test_nonsense_is_refused_and_enrolling_twice_as_well(own_live, client, person, at):
    client.force_login(person(Role.COORDINATOR))
    assert "没有指明" in client.post(reverse("gateway:register"), {"protocol": "x", "code": ""}, follow=True).content.decode()
    enrol("hj212", NAME, by=None, at=at)
    assert "已经登记" in client.post(reverse("gateway:register"), {"protocol": "hj212", "code": NAME}, follow=True).content.decode()


def test_the_register_is_read_anew_when_it_changed_and_proves_nothing_twice(own_live, at):
    device = registered(at)
    directory, before = loaded(), edition()
    known = directory.find("hj212", NAME)
    assert known.admits(wire.PASSWORD, directory.digest)
    assert not known.admits("000000", directory.digest)
    load(directory)
    assert directory.find("hj212", NAME) is known
    set_device_password(device, "abcdef", by=None, at=at)
    assert edition() != before
    load(directory)
    assert directory.find("hj212", NAME).admits("abcdef", directory.digest)
    assert not directory.find("hj212", NAME).admits(wire.PASSWORD, directory.digest)


def test_the_back_room_saves_a_device_with_its_events(own_live, client, person):
    client.force_login(person(Role.ADMINISTRATOR))
    form = {"protocol": "hj212", "code": "A1", "name": "二号排口", "tolerances": ["CRC_MODBUS", "LONG_TIME"], "longest": 1024}
    form |= {"minute_interval": 10, "active": "on", "asks_missing": "on", "new_password": "abc123", "addresses": ""}
    answer = client.post(reverse("admin:telemetry_device_add"), form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    device = Device.objects.get(code="A1")
    assert (device.tolerances, len(device.password), device.revision) == (["CRC_MODBUS", "LONG_TIME"], 64, 2)
    assert {event.verb for event in Event.objects.filter(subject_id=str(device.pk))} >= {"device.created", "device.password_set"}
    assert "abc123" not in str([event.after for event in Event.objects.all()])
    bad = client.post(reverse("admin:telemetry_device_change", args=[device.pk]), form | {"addresses": "nowhere"}, follow=True)
    assert "不是地址或网段" in bad.content.decode()


def test_a_frame_with_a_name_nobody_can_have_is_listed_and_harmless(own_live, client, person):
    sent(
        own_live,
        framed(
            b"QN=20240601120000000;ST=32;CN=2051;PW=123456;MN=<script>;Flag=5;CP=&&DataTime=20240601120000;w01018-Avg=1,w01018-Flag=N&&"
        ),
    )
    client.force_login(person(Role.COORDINATOR))
    assert "<script>;" not in client.get(reverse("gateway:devices")).content.decode()
