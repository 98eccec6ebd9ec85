"""What the figures of A2–A9 cost over a year of 300,000 records and 30,000 vehicles, one by one and as the lights of a map ask for them.

Run: .venv/bin/python bench/run.py mobile; with GONGJIAN_DATABASE_URL set to an empty database of PostgreSQL, on that.
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

VEHICLES = 30_000
TABLES = {"RoadCheck": 15_000, "PremisesCheck": 15_000, "Sampling": 150_000, "PeriodicTest": 80_000, "Repair": 8_000}
TABLES |= {"DataVerification": 20_000, "MachineCheck": 12_000}
HERE = ZoneInfo("Asia/Shanghai")
FIRST = date(2020, 1, 1)


def start() -> None:
    import django

    os.environ.setdefault("GONGJIAN_HOME", tempfile.mkdtemp(prefix="gongjian-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.project.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(10), HERE)


def fill(random: Random) -> None:
    from gongjian.ledgers.actions.keeping import keep_versions
    from gongjian.ledgers.models import Entry
    from gongjian.mobile import models
    from gongjian.mobile.ledgers.places import CHARGING_STATIONS
    from gongjian.mobile.ledgers.vehicles import VEHICLES as LEDGER
    from gongjian.people.models import Department

    bureau = Department.objects.get_or_create(name="综合执法局")[0]
    shared = {"department": bureau, "valid_from": date(2019, 6, 1), "entered_at": moment(date(2019, 6, 1))}
    for number in range(VEHICLES):
        fuel = random.choices(("diesel", "petrol", "electric"), (6, 3, 1))[0]
        said = {
            "fuel": fuel,
            "stage": None if fuel == "electric" else random.randint(3, 6),
            "use": random.choice(("freight", "post", "slag")),
        }
        said |= {"body": "truck", "mass_kg": random.choice((3_000, 8_000, 25_000)), "registered_here": random.random() < 0.8}
        spine = Entry(kind=LEDGER.slug, code=f"京A{number:05d}", **shared)
        spine.save()
        child = models.Vehicle(entry_ptr=spine, **said)
        child.__dict__.update({name: what for name, what in spine.__dict__.items() if name != "_state"})
        child.save_base(raw=True)
    for number in range(60):
        place = {"lon": random.uniform(116.48, 116.56), "lat": random.uniform(39.76, 39.81), "fast_piles": 8, "slow_piles": 0}
        models.ChargingStation.objects.create(kind=CHARGING_STATIONS.slug, code=f"CD{number}", service="public", **place, **shared)
    keep_versions(LEDGER, list(models.Vehicle.objects.values_list("pk", flat=True)))
    keep_versions(CHARGING_STATIONS, list(models.ChargingStation.objects.values_list("pk", flat=True)))
    for name, rows in TABLES.items():
        model = getattr(models, name)
        model.objects.bulk_create([model(**row(name, number, random, bureau)) for number in range(rows)], batch_size=5000)


def row(name: str, number: int, random: Random, bureau: Any) -> dict[str, Any]:
    day = FIRST + timedelta(random.randrange(366))
    plate = f"京A{random.randrange(VEHICLES):05d}"
    known = moment(day + timedelta(random.choice((0, 0, 0, 1, 2, 9))))
    said = {"number": str(number), "on": day, "label": plate, "department": bureau, "entered_at": known}
    found = {"fuel": random.choices(("diesel", "petrol"), (3, 7))[0], "stage": 4, "heavy": random.random() < 0.7}
    found |= {"registered_here": random.random() < 0.8}
    chosen = {"chosen": random.choice(("random", "precise", "campaign")), "passed": random.random() < 0.92}
    checked = said | found | chosen | {"problem": random.choice(("none", "none", "none", "urea")), "outcome": "none"}
    since = date(random.randint(2008, 2019), random.randint(1, 12), 1)
    own: dict[str, dict[str, Any]] = {
        "RoadCheck": checked | {"place": "路口"},
        "PremisesCheck": checked,
        "Sampling": said | found | chosen | {"place": "点位"},
        "PeriodicTest": said
        | found
        | {
            "turn": random.choices(("first", "repeat"), (9, 1))[0],
            "passed": random.random() < 0.9,
            "station": "场",
            "registered_on": since,
        },
        "Repair": said | {"workshop": "站", "items": "件"},
        "DataVerification": said | {"finding": "sound"},
        "MachineCheck": said
        | {"type": "loader", "power": "diesel", "registered": True, "black_smoke": False, "passed": True, "outcome": "none", "place": "地"},
    }
    return own[name]


def timed(work: Any, rounds: int = 3) -> tuple[float, float]:
    """Milliseconds by the wall, and of this processor alone: what is left of it on a machine that does other things."""
    spent = []
    for _ in range(rounds):
        begun = perf_counter(), process_time()
        work()
        spent.append((perf_counter() - begun[0], process_time() - begun[1]))
    wall, own = (1000 * median(column) for column in zip(*spent, strict=True))
    return wall, own


def told(spent: tuple[float, float], words: str) -> None:
    print(f"{words}\t{spent[0]:.0f} ms, {spent[1]:.0f} ms of this processor", flush=True)


def figures() -> list[tuple[str, str]]:
    """In a process of its own: it brings its own database."""
    with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as home:
        done = subprocess.run(
            [sys.executable, __file__], check=True, capture_output=True, text=True, env={**os.environ, "GONGJIAN_HOME": home}
        )
    return [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]


def main() -> None:
    start()
    from django.db import transaction

    begun = perf_counter()
    with transaction.atomic():
        fill(Random(2020))
    print(f"{sum(TABLES.values()):,} records, {VEHICLES:,} vehicles made\t{perf_counter() - begun:.0f} s")

    from gongjian.indicators.periods import year
    from gongjian.indicators.queries.standings import computed_now
    from gongjian.indicators.queries.values import value
    from gongjian.indicators.standing import Wish
    from gongjian.mobile.indicators import INDICATORS
    from gongjian.mobile.indicators.charging import radius
    from gongjian.mobile.registers import diesel_fleets, over_limit_enterprises

    def fresh(one: Any) -> None:
        radius.cache_clear()
        value(one, year(2020))

    total = (0.0, 0.0)
    for one in INDICATORS:
        spent = timed(lambda one=one: fresh(one))
        total = (total[0] + spent[0], total[1] + spent[1])
        told(spent, one.code)
    told(total, f"all {len(INDICATORS)} figures of a year, one by one")
    wishes = [Wish(one) for one in INDICATORS]
    for days in ([date(2020, 12, 31)], [date(2020, which, 28) for which in range(1, 13)]):
        told(timed(lambda days=days: computed_now(wishes, days), 1), f"lights of {len(days)} days, each with the year before")
    for members in (over_limit_enterprises, diesel_fleets):
        told(timed(lambda members=members: members(date(2020, 12, 31))), members.__name__)


if __name__ == "__main__":
    main()
