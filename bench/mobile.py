"""A2–A9 over the made-up district at scale 10 (about 300,000 records a year): every figure, the lights, the lists, the uplift.

Run: .venv/bin/python bench/run.py mobile; with GONGJIAN_DATABASE_URL set to an empty database of PostgreSQL, on that.
Promises: all figures of a year under 2 s; checks chosen by score find more than checks at random.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter, process_time
from typing import Any

SCALE, SEED = int(os.environ.get("BENCH_SCALE", "10")), 28
SINCE, UNTIL = date(2020, 1, 1), date(2020, 12, 31)
ROUNDS = 3


def start() -> None:
    import django

    os.environ.setdefault("GONGJIAN_HOME", tempfile.mkdtemp(prefix="gongjian-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.project.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def timed(act: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median wall and CPU seconds of a few runs."""
    spent = []
    for _ in range(rounds):
        wall, cpu = perf_counter(), process_time()
        act()
        spent.append((perf_counter() - wall, process_time() - cpu))
    return median(wall for wall, _ in spent), median(cpu for _, cpu in spent)


def told(spent: tuple[float, float], what: str, promise: str = "") -> None:
    print(f"{what}\t{spent[0]:.2f} s, CPU {spent[1]:.2f} s{f'   promise {promise}' if promise else ''}", flush=True)


def made() -> None:
    from gongjian.mobile.demonstration.make import make_district
    from gongjian.mobile.demonstration.story import DEPARTMENTS
    from gongjian.people.models import Department

    for name in DEPARTMENTS:
        Department.objects.get_or_create(name=name)
    rows: dict[str, int] = {}
    spent = timed(lambda: rows.update(make_district(SINCE, UNTIL, scale=SCALE, seed=SEED, say=lambda _: None)), 1)
    told(spent, f"{sum(rows.values()):,} rows made, {rows['vehicles']:,} of them vehicles")


def the_figures() -> None:
    from gongjian.indicators.periods import year
    from gongjian.indicators.queries.values import value
    from gongjian.indicators.reckoning import computed_now
    from gongjian.indicators.standing import Wish
    from gongjian.mobile.indicators import INDICATORS
    from gongjian.mobile.indicators.charging import radius

    def every() -> None:
        radius.cache_clear()
        for one in INDICATORS:
            value(one, year(UNTIL.year))

    told(timed(every), f"all {len(INDICATORS)} figures of the year, one by one", "2 s")
    wishes = [Wish(one) for one in INDICATORS]
    told(timed(lambda: computed_now(wishes, [UNTIL])), "the lights of one day, with the year before", "2 s")
    told(timed(lambda: computed_now(wishes, [date(UNTIL.year, which, 28) for which in range(1, 13)]), 1), "the lights of 12 days")


def the_lists() -> None:
    from gongjian.mobile.precision.history import history_until
    from gongjian.mobile.precision.scoring import held_back, lesson_on, scores
    from gongjian.mobile.registers import diesel_fleets, over_limit_enterprises

    for members in (over_limit_enterprises, diesel_fleets):
        told(timed(lambda members=members: members(UNTIL)), f"register {members.__name__}")
    history = history_until(UNTIL)
    told(timed(lambda: history_until(UNTIL), 1), f"reading {len(history.looks):,} looks at {len(history.known):,} vehicles")
    lesson = lesson_on(history, UNTIL)
    assert lesson
    told(timed(lambda: lesson_on(history, UNTIL), 1), f"learning from {lesson.checks:,} checks")
    told(timed(lambda: scores(history, lesson, UNTIL), 1), "scoring every vehicle")
    for share in (0.05, 0.1, 0.2):
        tried = held_back(history, UNTIL, share=share)
        assert tried and tried.ratio and tried.low and tried.high
        seen = f"{tried.chosen_found} of {tried.chosen} against {tried.found} of {tried.checks} at random"
        figure = f"{tried.ratio:.2f} ({tried.low:.2f}–{tried.high:.2f})"
        print(f"uplift of the top {share:.0%}, last 92 days held back\t{figure}; {seen}   promise > 1")


def figures() -> list[tuple[str, str]]:
    """In a process of its own: it brings its own database."""
    with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as home:
        done = subprocess.run(
            [sys.executable, __file__], check=True, capture_output=True, text=True, env={**os.environ, "GONGJIAN_HOME": home}
        )
    return [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]


def main() -> None:
    start()
    made()
    the_figures()
    the_lists()


if __name__ == "__main__":
    main()
