"""Figures for the air standards on made data and, where the shared folder is there, the forecast's calibration on the real years.

Run: .venv/bin/python bench/air_standards.py
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from gongjian.kernel.calibration import Trial, any_other, back_test, brier, earlier, reliability
from gongjian.kernel.chance import PastYear, forecast_mean
from gongjian.standards.air.attainment import daily_indices, tally
from gongjian.standards.air.days import DayValue, day_value, day_values
from gongjian.standards.air.index import hourly_index
from gongjian.standards.air.means import year_means
from gongjian.standards.air.pollutants import Pollutant

AIR = Path(__file__).parents[2] / "shared" / "data" / "air"
DAYS = 3653


def made_rows(rng: Random) -> list[tuple[date, int, float]]:
    return [
        (date(2011, 1, 1) + timedelta(step), 24 if rng.random() < 0.95 else 15, 40 + 30 * rng.random())
        for step in range(366 * 2, 366 * 2 + DAYS)
    ]


def best_of(times: int, work) -> tuple[float, object]:
    results = []
    for _ in range(times):
        begin = perf_counter()
        value = work()
        results.append((perf_counter() - begin, value))
    return min(results, key=lambda pair: pair[0])


def annual_means() -> None:
    stations = [made_rows(Random(seed)) for seed in range(10)]
    spent, _ = best_of(3, lambda: [year_means([day_value(*row) for row in rows], Pollutant.PM25) for rows in stations])
    print(f"annual means with validity, 10 stations x 10 years, from daily (day, count, mean): {spent:.3f} s")
    hours = [(datetime(2014, 1, 1) + timedelta(hours=step), float(step % 90)) for step in range(DAYS * 24)]  # noqa: DTZ001
    spent, _ = best_of(2, lambda: year_means(day_values(hours, Pollutant.PM25), Pollutant.PM25))
    print(f"the same for one station x 10 years from {len(hours)} hours: {spent:.3f} s")


def bootstrap() -> None:
    rng = Random(1)
    year = [40 + 20 * math.cos(day / 58) + rng.gauss(0, 15) for day in range(365)]
    past = [PastYear(year[:90], year[90:])] * 3
    spent, forecast = best_of(3, lambda: forecast_mean(year[:90], past, Random(1), draws=2000))
    print(f"bootstrap of an annual mean, 2,000 draws, 275 days left, 3 past years: {spent:.3f} s ({forecast.at_most(40):.2f})")


def real_hours() -> Iterator[dict[str, str]]:
    for year in (2018, 2019, 2020):
        with (AIR / f"yizhuang_{year}.csv").open(encoding="utf-8") as file:
            yield from csv.DictReader(file)


def real_days(rows: list[dict[str, str]]) -> dict[Pollutant, list[DayValue]]:
    labels = [datetime.fromisoformat(row["time"]) for row in rows]
    return {
        p: day_values(((label, float(row[p]) if row[p] else None) for label, row in zip(labels, rows, strict=True)), p) for p in Pollutant
    }


def indices(rows: list[dict[str, str]]) -> None:
    spent, days = best_of(1, lambda: real_days(rows))
    print(f"days of six pollutants from {len(rows)} real hours: {spent:.3f} s")
    spent, found = best_of(1, lambda: daily_indices(days))
    print(f"daily AQI of {len(found)} days: {spent:.3f} s")
    for year in (2018, 2019, 2020):
        count = tally(index for day, index in found.items() if day.year == year)
        by = {str(p): n for p, n in count.primary.most_common()}
        print(f"  {year}: attained {count.attained}, exceeded {count.exceeded}, not judged {count.unjudged}; exceeded by {by}")
    off = feed = 0
    for row in rows:
        values = {p: float(row[p]) for p in Pollutant if row[p]}
        if len(values) == len(Pollutant) and row["AQI"]:
            feed += 1
            ours = hourly_index(values, datetime.fromisoformat(row["time"]).date()).value
            off += not 0 <= ours - int(row["AQI"]) <= 1
    print(f"hourly AQI of {feed} complete hours: ours is the feed's or one more in {1 - off / feed:.2%} (the feed rounds to nearest)")


def calibration(rows: list[dict[str, str]]) -> None:
    days = real_days(rows)[Pollutant.PM25]
    years = {year: [None] * (date(year, 12, 31).timetuple().tm_yday) for year in (2018, 2019, 2020)}
    for row in days:
        if row.valid and row.day.year in years:
            years[row.day.year][row.day.timetuple().tm_yday - 1] = row.value
    targets, cuts = [30 + 2.5 * step for step in range(13)], [0, *range(30, 360, 30)]
    for name, rule in (
        ("2018–2019 as history for 2020", lambda y, o: y == 2020 and o < y),
        ("earlier years only", earlier),
        ("leave one year out", any_other),
    ):
        show(name, back_test(years, targets, cuts, Random(2020), rule))


def show(name: str, trials: tuple[Trial, ...]) -> None:
    base = sum(trial.kept for trial in trials) / len(trials)
    coin = base * (1 - base)
    print(f"\n{name}: {len(trials)} trials over {len({trial.year for trial in trials})} years")
    print(f"  Brier {brier(trials):.3f}; always saying {base:.2f} would score {coin:.3f}")
    print("  chance said     trials   said  happened")
    for band in reliability(trials):
        print(f"  {band.low:.1f} to {band.high:.1f}   {band.trials:9d}  {band.said:5.2f}  {band.happened:8.2f}")
    by_cut = {cut: brier([trial for trial in trials if trial.cut == cut]) for cut in sorted({trial.cut for trial in trials})}
    print("  Brier by days gone:", ", ".join(f"{cut}: {score:.3f}" for cut, score in by_cut.items()))


if __name__ == "__main__":
    annual_means()
    bootstrap()
    if AIR.is_dir():
        hours = list(real_hours())
        indices(hours)
        calibration(hours)
