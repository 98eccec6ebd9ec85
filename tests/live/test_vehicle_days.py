"""The pages of vehicles that report by themselves: the list with who is silent and why to look, and a vehicle day by day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from mobile.made_traffic import entered, moment
from mobile.told_seconds import STEADY, VIN, data, row
from stage import at

from gongjian.cases.actions import arising
from gongjian.mobile.actions import watch_vehicles
from gongjian.mobile.models import RemoteSign, Vehicle
from gongjian.standards.identifiers.vin import with_check_digit
from gongjian.telemetry.actions import ensure_device
from gongjian.telemetry.live.port import Batch, Condition
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import begin
from gongjian.telemetry.queries import live

PLATE, TODAY, BEFORE = "京AH2020", date(2020, 10, 31), date(2020, 10, 30)
LIST, PAGE = "/live/vehicles/", f"/live/vehicles/{VIN}/days/"
READERS = ("guanli", "tongchou", "jiaotong", "jiancha", "lingdao")


def register(vin=VIN, name="一号车"):
    return ensure_device(Device(protocol=Protocol.GB17691, code=vin, name=name), "", [], by=None, at=at(1, 2))


def say(device, on, *, hour=8, count=360, **said):
    """An hour of driving, a frame in ten seconds, whose NOx never changes."""
    first = begin(on) + hour * 3600
    rows = [row(device.pk, first + 10 * n, data(first + 10 * n, STEADY | said)) for n in range(count)]
    live().append(Batch(rows, conditions=[Condition(device.pk, rows[0].received, rows[-1].received, 0, 0, count, 0, "10.0.0.9")]))


@pytest.fixture
def lorry(field):
    """In the ledger; with a sign from the day before, and a trip of this morning."""
    entered("vehicles", PLATE, vin=VIN)
    device = register()
    say(device, BEFORE)
    watch_vehicles(at=moment(TODAY, 1))
    say(device, TODAY, hour=7)
    return device


def asked(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("who", READERS)
def test_who_may_see_ledgers_may_see_vehicles(lorry, sign_in, who):
    client = sign_in(who)
    assert [client.get(address).status_code for address in (LIST, PAGE)] == [200, 200]


@pytest.mark.parametrize(("who", "status"), [("xinren", 403), (None, 302)])
def test_others_see_nothing(lorry, sign_in, who, status):
    client = sign_in(who)
    assert {client.get(address).status_code for address in (LIST, PAGE, f"{LIST}?vin={VIN}")} == {status}


def test_a_vehicle_nobody_registered_has_no_page(field, sign_in):
    assert sign_in("jiancha").get(PAGE).status_code == 404


def test_a_day_is_shown_with_its_trips_and_sums(lorry, sign_in, said):
    page = said(sign_in("jiancha").get(f"{PAGE}?day=2020-10-30"))
    for words in (PLATE, "08:00—08:59", "36.0km", "12.0L", "360 个时刻的数据", "100%"):
        assert words.replace(" ", "") in page.replace(" ", ""), words


def test_without_a_day_the_last_with_data_is_shown_and_its_signs_are_said_not_to_be_kept_yet(lorry, sign_in, said):
    answer = sign_in("jiancha").get(PAGE)
    assert answer.context["shown"].on == TODAY
    assert "今天还没有过完" in said(answer)


@pytest.mark.parametrize("day", ["2099-01-01", "1-1-1", "abc", "1999-12-31", "2020-02-30", "%00"])
def test_a_day_that_cannot_be_is_the_last_one(lorry, sign_in, day):
    assert sign_in("jiancha").get(f"{PAGE}?day={day}").context["shown"].on == TODAY


def test_a_day_without_data_says_so(lorry, sign_in, said):
    assert "这一天没有收到数据" in said(sign_in("jiancha").get(f"{PAGE}?day=2020-10-12"))


def test_one_goes_from_day_to_day_that_is_kept(lorry, sign_in):
    shown = sign_in("jiancha").get(PAGE).context["shown"]
    assert (shown.before, shown.after) == (BEFORE, None)
    earlier = sign_in("jiancha").get(f"{PAGE}?day=2020-10-29").context["shown"]
    assert (earlier.before, earlier.after) == (None, BEFORE)


def test_signs_stand_with_their_reason_and_lead_whoever_finds_problems_to_a_form_with_the_words_in_it(lorry, sign_in, said):
    client = sign_in("jiancha")
    answer = client.get(PAGE)
    assert "传感器可能被模拟器替代" in said(answer)
    (sign,) = answer.context["signs"]
    assert (sign["case"], sign["days"]) == (None, [BEFORE])
    form = client.get(sign["url"])
    assert form.status_code == 200
    assert form.context["form"]["title"].value() == f"{PLATE} NOx读数不变"
    assert "仅为线索" in form.context["form"]["description"].value()
    assert [sign["url"] for sign in sign_in("lingdao").get(PAGE).context["signs"]] == [""]


def test_the_form_takes_nothing_but_words_from_the_address_and_not_too_many(lorry, sign_in):
    said = {"kind": "remote-alarms", "title": "甲" * 100, "description": "液位\x00不动", "level": "x", "hand_to": "9"}
    entry = Vehicle.objects.get(code=PLATE).pk
    form = sign_in("jiancha").get("/cases/new/", {**said, "entry": entry}).context["form"]
    assert (form["title"].value(), form["description"].value()) == ("甲" * 80, "液位不动")
    assert (form["level"].value(), form["hand_to"].value()) == ("general", "rule")


def test_a_sign_that_became_a_case_leads_to_it(lorry, sign_in):
    arising.use_rule("remote-tampering", BEFORE, by=None, at=moment(TODAY, 2))
    arising.sweep(at=moment(TODAY, 2))
    (sign,) = sign_in("jiancha").get(PAGE).context["signs"]
    assert f"/cases/{sign['case']}/" in sign_in("jiancha").get(PAGE).content.decode()


def test_a_vehicle_in_no_ledger_says_so_and_has_no_case(field, sign_in, said):
    say(register(), BEFORE)
    watch_vehicles(at=moment(TODAY, 1))
    answer = sign_in("jiancha").get(PAGE)
    assert "不在机动车台账中" in said(answer)
    assert [sign["url"] for sign in answer.context["signs"]] == [""]


def test_the_month_is_drawn(lorry, sign_in):
    panels = sign_in("jiancha").get(PAGE).context["panels"]
    assert [one["panel"].strands[0].code for one in panels] == ["nox_ppm", "urea_level", "urea_ratio"]
    assert "近 30 天中 1 天有数据" in panels[0]["panel"].words


@pytest.fixture
def three(lorry):
    """Beside it one that fell silent and one that never spoke."""
    silent, never = register(with_check_digit("LTESTREM000000002"), "二号车"), register("LTESTREMX00000003", "三号车")
    say(silent, TODAY - timedelta(20))
    say(lorry, TODAY, hour=10, count=90)
    return [lorry.code, silent.code, never.code]


def codes(client, query=""):
    return [one.heard.device.code for one in client.get(f"{LIST}{query}").context["rows"]]


def test_the_list_is_narrowed_and_sorted(three, sign_in):
    first, silent, never = three
    client = sign_in("jiancha")
    assert codes(client)[0] == first
    assert codes(client, "?state=online") == [first]
    assert codes(client, "?state=offline") == sorted([silent, never])
    assert codes(client, "?state=silent") == [silent]
    assert codes(client, "?state=never") == [never]
    assert codes(client, "?sort=silent") == [never, silent, first]
    assert codes(client, "?sort=signs")[0] == first
    assert codes(client, "?sort=code") == sorted(three)
    assert codes(client, "?sign=any") == codes(client, "?sign=nox-flat") == [first]
    assert codes(client, "?sign=urea-still") == []
    assert codes(client, f"?text={PLATE[2:]}") == codes(client, "?text=一号") == [first]
    assert sorted(codes(client, "?state=x&sign=&sort=y")) == sorted(three)


def test_the_list_says_since_when_a_vehicle_is_silent_and_what_was_seen(three, sign_in, said):
    page = said(sign_in("jiancha").get(LIST))
    for words in ("20 天前", "从未收到", "NOx读数不变 1", PLATE, "不在台账"):
        assert words in page, words


def test_old_signs_and_struck_ones_are_not_counted(three, sign_in):
    client = sign_in("jiancha")
    RemoteSign.objects.update(on=TODAY - timedelta(30))
    assert codes(client, "?sign=any") == []


def test_pages_ask_as_often_for_many_as_for_one(lorry, sign_in):
    client = sign_in("jiancha")
    before = asked(client, LIST), asked(client, PAGE)
    for number in range(12):
        device = register(f"LTESTREMY{number:08d}", f"{number}号")
        say(device, BEFORE, count=30)
        say(lorry, BEFORE - timedelta(number), hour=14, count=40)
    watch_vehicles(at=moment(TODAY, 3))
    assert (asked(client, LIST), asked(client, PAGE)) <= before
    assert before[0] <= 14, before
    assert before[1] <= 16, before


def test_the_page_of_the_entry_leads_here_for_those_that_report(lorry, sign_in):
    other = entered("vehicles", "京AH0002", vin=with_check_digit("LTESTREM000000004"))
    client = sign_in("jiancha")
    entry = Vehicle.objects.get(code=PLATE)
    page = client.get(f"/ledgers/vehicles/{entry.pk}/").content.decode()
    assert f"/live/vehicles/?vin={VIN}" in page
    assert "/live/vehicles/?vin=" not in client.get(f"/ledgers/vehicles/{other.pk}/").content.decode()
    assert client.get(f"/live/vehicles/?vin={VIN}").headers["Location"] == PAGE
    assert client.get("/live/vehicles/?vin=NOBODY").status_code == 200
