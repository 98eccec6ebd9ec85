"""The made-up district: the same for the same seed, held to every table's own checks, marked, and mixed with nothing real."""

from datetime import date

import pytest
from django.apps import apps

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.checking import checked
from gongjian.ledgers.fields import specs
from gongjian.ledgers.registry import ledgers, record_kinds
from gongjian.mobile.demonstration.luck import luck_of, poisson
from gongjian.mobile.demonstration.make import SOURCE, make_district
from gongjian.mobile.demonstration.story import DEPARTMENTS
from gongjian.mobile.models import IllegalStorage, PeriodicTest, RoadCheck, Vehicle, VehicleVersion
from gongjian.mobile.records.remote import REMOTE_RECORDS
from gongjian.people.models import Department
from gongjian.trail.models import Event
from gongjian.trail.office_day import start_of

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2020, 1, 1), date(2020, 9, 30)


def make(seed=28):
    for name in DEPARTMENTS:
        Department.objects.get_or_create(name=name)
    return make_district(SINCE, UNTIL, scale=1, seed=seed, say=lambda _: None)


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)


def tables():
    """All but what comes from the lorries' own data: those are held to their checks where they are made."""
    return [table for table in (*ledgers(), *record_kinds()) if table.group == "移动源" and table not in REMOTE_RECORDS]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.slug)
def test_every_table_has_rows_that_pass_its_own_checks(district, table):
    rows = list(table.model.objects.select_related().order_by("pk")[:400])
    assert rows
    faults = {row.pk: found.faults for row in rows if (found := checked(table, {name: getattr(row, name) for name in specs(table)})).faults}
    assert not faults


def test_every_row_says_that_it_is_simulated(district):
    assert not [table.slug for table in tables() if table.model.objects.exclude(source=SOURCE).exists()]


def test_records_lie_within_the_days_and_none_is_entered_before_it_happened(district):
    for kind in record_kinds():
        for row in kind.model.objects.values("on", "entered_at"):
            assert SINCE <= row["on"] <= UNTIL
            assert row["entered_at"].date() >= row["on"]


def test_the_same_seed_makes_the_same_district_and_another_another(district):
    first = list(RoadCheck.objects.order_by("number", "entered_at").values_list("number", "label", "passed", "entered_at"))
    for model in (*apps.get_app_config("mobile").get_models(), apps.get_model("ledgers", "EnterpriseVersion")):
        if hasattr(model, "replaced_at"):
            model.objects.all().delete()
    for name in (
        "RemoteTerminal",
        "Vehicle",
        "Fleet",
        "KeyPlace",
        "FuelSite",
        "IllegalStorage",
        "ChargingStation",
        "RailMilestone",
        "Machine",
        "LowEmissionZone",
    ):
        apps.get_model("mobile", name).objects.all().delete()
    apps.get_model("ledgers", "Enterprise").objects.all().delete()
    make()
    assert list(RoadCheck.objects.order_by("number", "entered_at").values_list("number", "label", "passed", "entered_at")) == first


def test_what_left_the_ledger_keeps_its_history(district):
    gone = Vehicle.objects.filter(valid_to__isnull=False).first() or IllegalStorage.objects.filter(valid_to__isnull=False).first()
    old, new = type(gone).objects.get(pk=gone.pk).versions.order_by("entered_at")
    assert (old.valid_to, old.replaced_at) == (None, new.entered_at)
    assert (new.valid_to, new.status) == (gone.valid_to, "withdrawn")


def test_one_version_of_each_vehicle_stands(district):
    assert VehicleVersion.objects.filter(replaced_at=None).count() == Vehicle.objects.count()


def test_older_stages_fail_more_often_so_that_there_is_something_to_learn(district):
    def rate(*stages):
        tested = PeriodicTest.objects.filter(turn="first", fuel="diesel", stage__in=stages)
        return tested.filter(passed=False).count() / tested.count()

    assert rate(2, 3) > 1.5 * rate(5, 6)


def test_nothing_is_made_where_something_is_there(district):
    with pytest.raises(Refusal, match="只能生成在空的台账里"):
        make()


def test_counts_have_their_mean():
    luck = luck_of(1, "counts")
    for mean in (0.4, 6.0, 80.0):
        found = [poisson(luck, mean) for _ in range(4000)]
        assert sum(found) / len(found) == pytest.approx(mean, rel=0.06)


def test_making_it_does_not_hold_the_demonstrations_clock_back(district):
    """The clock never goes back behind the latest event, so none may be late in the day."""
    assert Event.objects.latest("at").at <= start_of(UNTIL)
