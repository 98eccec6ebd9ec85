"""How long uploads are kept: dated rules, who may change them, what a night deletes and moves, and the same by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse
from telemetry_live_made import COD, DAY, MICRO, SHAPES, row

from gongjian.kernel.refusal import Refusal
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import Role
from gongjian.project.cli import live as command
from gongjian.telemetry import actions
from gongjian.telemetry.actions.archiving import archive_months, forget_expired
from gongjian.telemetry.actions.devices import ensure_device
from gongjian.telemetry.live.months import month_begin, month_of
from gongjian.telemetry.live.packing import Content, packed
from gongjian.telemetry.live.port import Batch, RefusedFrame, Stream
from gongjian.telemetry.models import Device, Retention, RetentionKind
from gongjian.telemetry.queries import retentions
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 3, 10, 2, tzinfo=UTC)
TODAY = date(2024, 3, 10)
MARCH = month_begin(2024 * 12 + 2)


def ago(months):
    """The moment a month begins with, so many before the present one."""
    return month_begin(month_of(MARCH) - months)


@pytest.fixture
def store(on_tables, monkeypatch):
    """A live store that this room's actions and queries write and read, empty."""
    for module in ("actions.archiving", "actions.packing", "queries"):
        monkeypatch.setattr(f"gongjian.telemetry.{module}.live", lambda: on_tables)
    return on_tables


def seeded():
    return actions.seed_retention(by=None, at=NOW)


def retention(kind=RetentionKind.MINUTE, months=60, *, day=TODAY + timedelta(1), basis="据某号文。"):
    return Retention(kind=kind, months=months, from_day=day, basis=basis)


def test_a_new_house_has_a_period_with_its_reason_for_every_kind_and_gets_them_once():
    assert seeded() == len(RetentionKind)
    assert seeded() == 0
    found = retentions(TODAY)
    assert found.keys() == set(RetentionKind)
    assert {kind.value: each.months for kind, each in found.items()} == {
        "real_time": 24,
        "minute": 60,
        "hour": None,
        "day": None,
        "state": 24,
        "vehicle": 12,
        "refused": 6,
    }
    assert all(each.basis.startswith(("示范：", "《")) for each in found.values())
    assert retentions(TODAY - timedelta(1)) == {}


def test_a_change_holds_from_its_day_on():
    seeded()
    actions.save_retention(retention(months=72), by=None, at=NOW)
    assert retentions(TODAY)[RetentionKind.MINUTE].months == 60
    assert retentions(TODAY + timedelta(1))[RetentionKind.MINUTE].months == 72
    assert Event.objects.filter(verb="retention.created").count() == len(RetentionKind) + 1


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(400)])
def test_nothing_is_shortened_over_night_without_notice(day):
    with pytest.raises(Refusal, match="最早从明天起"):
        actions.save_retention(retention(months=72, day=day), by=None, at=NOW)


def test_what_has_begun_is_not_changed():
    seeded()
    begun = Retention.objects.get(kind="vehicle")
    begun.months, begun.from_day = 1, TODAY + timedelta(9)
    with pytest.raises(Refusal, match="另加一条"):
        actions.save_retention(begun, by=None, at=NOW)
    assert Retention.objects.get(kind="vehicle").months == 12


@pytest.mark.parametrize(("kind", "months", "least"), [("minute", 59, 60), ("hour", 12, 60), ("day", 0, 60), ("real_time", 0, 1)])
def test_original_records_are_kept_as_long_as_the_law_has_it(kind, months, least):
    with pytest.raises(Refusal, match=f"至少保存 {least} 个月"):
        actions.save_retention(retention(RetentionKind(kind), months), by=None, at=NOW)


def test_a_reason_is_asked_for_and_a_day_has_one_rule():
    with pytest.raises(Refusal, match="依据"):
        actions.save_retention(retention(basis=""), by=None, at=NOW)
    actions.save_retention(retention(), by=None, at=NOW)
    with pytest.raises(Refusal):
        actions.save_retention(retention(months=80), by=None, at=NOW)


@pytest.fixture
def person(db):
    def _person(role):
        user = people.create_user(str(role), "某人", None, by=None, at=NOW)
        place = people.save_department(Department(name="某局"), by=None, at=NOW) if role.card.needs_department else None
        people.give_post(user, role, place, since=date(2020, 1, 1), by=None, at=NOW)
        return user

    return _person


def test_only_those_who_look_after_devices_change_it(person):
    with pytest.raises(Forbidden):
        actions.save_retention(retention(), by=person(Role.OFFICER), at=NOW)
    with pytest.raises(Forbidden):
        actions.seed_retention(by=person(Role.LEADER), at=NOW)
    assert actions.save_retention(retention(), by=person(Role.ADMINISTRATOR), at=NOW).pk


def test_the_back_room_takes_a_new_period_and_says_why_it_does_not(client, person, settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = None
    client.force_login(person(Role.ADMINISTRATOR), "allauth.account.auth_backends.AuthenticationBackend")
    add = reverse("admin:telemetry_retention_add")
    form = {"kind": "minute", "months": "12", "from_day": "2099-01-01", "basis": "据某号文。"}
    assert "至少保存 60 个月" in client.post(add, form, follow=True).content.decode()
    assert not Retention.objects.exists()
    client.post(add, form | {"months": ""})
    assert Retention.objects.get().months is None
    page = client.get(reverse("admin:telemetry_retention_changelist")).content.decode()
    assert "2099" in page
    assert "一直保留" in page


def frame(at):
    return RefusedFrame(at * MICRO, "hj212", 1, "M1", "127.0.0.1", "crc", "校验码不符。", 8, b"##")


def test_a_night_deletes_what_was_kept_long_enough_of_each_kind_and_says_so_once(store):
    seeded()
    rows = [
        row([1.0, 7.0], moment=moment, stream=stream) for stream in (2011, 2051, 2061) for moment in (ago(61), ago(25), ago(24), ago(1))
    ]
    vehicles = [packed(40, stream, moment, MARCH * MICRO, Content(0, b"x")) for stream in (1, 2) for moment in (ago(13), ago(12))]
    store.append(Batch([*rows, *vehicles], SHAPES, refused=[frame(ago(7)), frame(ago(6))]))
    store.archive(ago(22), at=1, devices={}, most=3)  # some of it in files
    gone = {each.kind: sum(deleted) for each, deleted in forget_expired(now=NOW)}
    assert gone == {"real_time": 2, "minute": 1, "state": 0, "vehicle": 2, "refused": 1}
    left = {stream: [each.moment for each in store.between(1, stream, 0, MARCH)] for stream in (2011, 2051, 2061)}
    assert left == {2011: [ago(24), ago(1)], 2051: [ago(25), ago(24), ago(1)], 2061: [ago(61), ago(25), ago(24), ago(1)]}
    assert [each.moment for stream in (1, 2) for each in store.between(40, stream, 0, MARCH)] == [ago(12)] * 2
    assert [kept.frame.at for kept in store.refusals()] == [ago(6) * MICRO]
    told = Event.objects.filter(verb="retention.applied")
    assert told.count() == 4
    assert told.get(subject_id=str(Retention.objects.get(kind="minute").pk)).after["before"] == "2019-03"
    assert all(not sum(deleted) for _, deleted in forget_expired(now=NOW))
    assert told.count() == 4


def test_without_a_rule_everything_is_kept(store):
    store.append(Batch([row([1.0, 7.0], moment=ago(200))], SHAPES))
    assert forget_expired(now=NOW) == []
    assert len(store.between(1, Stream.MINUTE, 0, MARCH)) == 1


def test_a_month_is_moved_when_late_data_for_it_have_had_their_time_and_says_whose_it_is(store, tmp_path):
    device = ensure_device(Device(code="MN1", name="一号排口"), "", [("w01018", "mg/L")], by=None, at=NOW)
    store.append(Batch([row([1.0, 7.0], device=device.pk, moment=moment) for moment in (ago(3), ago(2), ago(1))], SHAPES))
    made = archive_months(now=NOW)  # 10 March: February is over for ten days, January for forty
    assert [each.first for each in made] == [ago(3), ago(2)]
    path = str(tmp_path / "archive" / made[0].file)
    notes = {
        bytes(key): bytes(value)
        for key, value in store._cursor().execute("SELECT key, value FROM parquet_kv_metadata(?)", [path]).fetchall()
    }
    told = f'{{"{device.pk}":{{"code":"MN1","name":"一号排口","protocol":"hj212","units":{{"w01018":"mg/L"}}}}}}'
    assert notes[b"gongjian.devices"].decode() == told
    assert archive_months(now=NOW) == []


@pytest.fixture
def said(store, monkeypatch):
    monkeypatch.setattr(command, "start_django", lambda: None)  # it runs already
    monkeypatch.setattr("gongjian.trail.clock.now", lambda: NOW)
    store.append(Batch([row([1.0, 7.0], moment=moment) for moment in (ago(70), ago(3), ago(0))], SHAPES))
    store.pack(ago(69))

    def _said(*arguments):
        done = CliRunner().invoke(command.live, list(arguments))
        if done.exception:
            raise done.exception
        return done.output

    return _said


def test_by_hand_first_what_would_be_done_then_doing_it(said, store, tmp_path):
    assert "一直保留" in said("retention")
    seeded()
    assert "分钟数据　60 个月　《排污许可管理条例》" in said("retention")
    assert said("status").splitlines()[0].startswith("minute　逐条　2 条　")
    assert "minute　按天打包" in said("status")
    assert said("archive", "--dry-run").splitlines() == ["minute　2018-05　1 个文件", "minute　2023-12　1 个文件", "将写 2 个归档文件。"]
    assert store.archived() == []
    assert "归档 2 个文件，2 条，用时" in said("archive")
    assert "没有可归档的月份。" in said("archive", "--dry-run")
    assert "归档文件 2 个，都与写入时相同。" in said("check")
    assert "minute　归档文件　2 条" in said("status")
    due = said("forget", "--dry-run")
    assert "分钟数据　将删除 2019-03-01 以前的：最早的是 2018-05-01，归档文件 1 个" in due
    assert "车辆逐秒数据和登录登出　将删除 2023-03-01 以前的：没有到期的" in due
    assert len(store.archived()) == 2
    assert "分钟数据　删除 0 条、0 个打包的设备日、1 个归档文件。" in said("forget")
    (tmp_path / "archive" / store.archived()[0].file).unlink()
    with pytest.raises(Refusal, match="不见了"):
        said("check")


def test_the_night_goes_on_where_a_file_is_damaged_and_the_log_names_it(store, tmp_path, monkeypatch, caplog):
    from gongjian.project import jobs

    monkeypatch.setattr(jobs, "now", lambda: NOW)
    store.append(Batch([row([1.0, 7.0], moment=ago(3))], SHAPES))
    jobs.pack_uploads.call_local()
    (made,) = store.archived()
    (tmp_path / "archive" / made.file).write_bytes(b"PAR1")
    store.append(Batch([row([2.0, 7.0], moment=ago(3)), row([1.0, 7.0], moment=ago(2))], SHAPES))
    jobs.pack_uploads.call_local()
    assert f"归档文件 {made.file} 已损坏" in caplog.text
    assert [each.first for each in store.archived()] == [ago(3), ago(2)]
    assert store.table(1, Stream.MINUTE, [COD], ago(2), ago(2) + DAY).values.tolist() == [[1.0]]
