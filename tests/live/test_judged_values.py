"""One value of a factor is judged, by alarms, pages and observations alike; limits are drawn against it."""

from live_field import NOW, NOX, SO2
from stage import at

from gongjian.alarms.actions.outlets import Bound, set_limit
from gongjian.alarms.models import Outlet
from gongjian.alarms.uploaded import UploadedSource
from gongjian.live.queries.board import cards_of
from gongjian.people.permissions import Reach
from gongjian.telemetry.actions import fold
from gongjian.telemetry.live.packing import Content, body_of, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream
from gongjian.telemetry.models import Factor
from gongjian.telemetry.moments import micros, seconds
from gongjian.telemetry.queries import live, store
from gongjian.telemetry.store import Period, SeriesKey


def test_of_stack_gas_both_values_are_shown_and_the_converted_one_is_judged(field, sign_in, said):
    """Measured below the limit of 50 and converted above it is above it, on the card, in the table and on the curve."""
    field.say("MNDA001", at(10, 31, 9, 50), {NOX: 55.0}, statistic="ZsAvg")
    field.say("MNDA001", at(10, 31, 9, 50), {NOX: 40.0, SO2: 1.0})
    (card,) = cards_of([field.boiler.pk], Reach(), NOW)
    nox, so2 = card.now.values
    assert (nox.value, nox.measured, nox.converted, nox.over) == (55.0, 40.0, True, True)
    assert (so2.value, so2.measured, so2.converted, so2.over) == (1.0, None, False, False)
    client = sign_in("tongchou")
    answer = client.get(f"/live/{field.boiler.pk}/")
    assert "折算，实测 40" in said(answer)
    panel = answer.context["shown"].panels[0]
    assert [(strand.name, strand.values.tolist()) for strand in panel.strands] == [("氮氧化物 折算", [55.0]), ("氮氧化物 实测", [40.0])]
    assert panel.words.startswith("氮氧化物（折算）")
    table = b"".join(client.get(f"/live/{field.boiler.pk}/data.csv").streaming_content).decode()
    assert "氮氧化物 折算（mg/m³）" in table
    assert ",55.0,正常,40.0,正常,1.0,正常" in table


def test_each_value_is_judged_by_itself_whatever_the_newest_upload_has(field, sign_in):
    """The curve, the card and the alarm take the same one: converted where it was sent, also after a device stops sending it."""
    field.say("MNDA001", at(10, 31, 9, 40), {NOX: 55.0}, statistic="ZsAvg")
    field.say("MNDA001", at(10, 31, 9, 40), {NOX: 40.0})
    field.say("MNDA001", at(10, 31, 9, 50), {NOX: 41.0})
    client = sign_in("tongchou")
    drawn, measured = client.get(f"/live/{field.boiler.pk}/").context["shown"].panels[0].strands
    assert (drawn.values.tolist(), measured.values.tolist()) == ([55.0, 41.0], [40.0, 41.0])
    assert (drawn.name, measured.name) == ("氮氧化物 折算，缺时实测", "氮氧化物 实测")
    key = SeriesKey("DA001", NOX, Period.MINUTE)
    judged = UploadedSource().window(key, 0)
    assert (judged.moments.tolist(), judged.values.tolist()) == (drawn.moments.tolist(), drawn.values.tolist())
    (card,) = cards_of([field.boiler.pk], Reach(), NOW)
    assert card.now.values[0].value == drawn.values[-1]


def test_an_observation_is_the_judged_value(field):
    shape = tuple(Column(NOX, statistic) for statistic in ("Avg", "ZsAvg"))
    content = Content(shape_number(shape), body_of([40.0, 55.0], b"NN"))
    row = packed(field.device("MNDA001").pk, Stream.HOUR, seconds(at(10, 31, 8)), micros(at(10, 31, 9)), content)
    live().append(Batch([row], {content.shape: shape}))
    fold(now=NOW)
    (kept,) = store().read(SeriesKey("DA001", NOX, Period.HOUR), at(10, 31, 8), NOW)
    assert kept.value == 55.0


def test_stations_that_are_bound_otherwise_show_each_its_own_limit(field, sign_in):
    for name in ("MNDA001", "MNDA002"):
        field.say(name, at(10, 31, 10, 0), {NOX: 40.0, SO2: 1.0})
    client, address = sign_in("tongchou"), f"/live/{field.boiler.pk}/?with={field.twin.pk}&factor={NOX}"
    outlet, factor = Outlet.objects.get(station=field.twin), Factor.objects.get(code=NOX)

    def lines():
        return [(line.value, line.words) for line in client.get(address).context["shown"].panels[0].lines]

    assert lines() == [(50.0, "一号锅炉 限值 50（许可证 9111）")], "the other is not bound"
    set_limit(outlet, Bound(factor=factor, upper=30.0, source="许可证 9222", valid_from=at(1, 2).date()), by=None, at=at(1, 2))
    assert lines() == [(50.0, "一号锅炉 限值 50（许可证 9111）"), (30.0, "二号锅炉 限值 30（许可证 9222）")]
    set_limit(outlet, Bound(factor=factor, upper=50.0, source="许可证 9222", valid_from=at(1, 3).date()), by=None, at=at(1, 3))
    assert lines() == [(50.0, "限值 50（许可证 9111）")], "bound alike: one line says it"
