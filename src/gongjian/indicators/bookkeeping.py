"""How well ledgers are kept, as indicators like any other: complete, fresh; for derived registers who is in and who does what is asked.

They follow from the declarations of ledgers and registers; the house collects them at start, when every room has named its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from django.db.models import CharField, TextField

from gongjian.indicators.conditions import All, Condition, Known
from gongjian.indicators.formulas import Computed, Load, Rows
from gongjian.indicators.grammar import Better, Count, Field, Indicator, Ratio, Records, Split
from gongjian.indicators.periods import Period, PeriodKind, ytd
from gongjian.indicators.stamps import EVERYTHING
from gongjian.kernel.months import Month
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import LIFE, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.registers import insides, touched
from gongjian.ledgers.registers import DerivedRegister, Kept
from gongjian.standards.statistic import Statistic, judged

GROUP = "台账管理"
LOOK_BACK = timedelta(days=3 * 366)  # a ledger that rested longer is called unkept anyway
SPANS = frozenset(PeriodKind) - {PeriodKind.THREE_YEARS}
Counts = Mapping[date, tuple[int, int]]  # members, and those that do as asked
Days = Mapping[str, Sequence[date]]  # by table, ascending
STAYS = Records("ledgers.Membership", "since", until="until")


def complete_code(slug: str) -> str:
    """The code of a ledger's completeness."""
    return f"ledger.{_part(slug)}.complete_rate"


def rest_code(slug: str) -> str:
    """The code of how long a ledger or derived register has rested."""
    return f"ledger.{_part(slug)}.rest_days"


def members_code(slug: str) -> str:
    """The code of how many a derived register holds."""
    return f"register.{_part(slug)}.members"


def kept_code(slug: str) -> str:
    """The code of the share of a register's members that do what it asks."""
    return f"register.{_part(slug)}.kept_rate"


@cache
def of_ledger(ledger: Ledger) -> tuple[Indicator, ...]:
    """Completeness and freshness of a ledger."""
    return (_complete(ledger), _rest(ledger.slug, ledger.title, ledger.period_days))


@cache
def of_register(register: DerivedRegister) -> tuple[Indicator, ...]:
    """Members and freshness of a derived register, and where it asks something of them, who does it."""
    found = (_members(register), _rest(register.slug, register.title, register.period_days))
    return (*found, _kept(register, register.kept)) if register.kept else found


def _complete(ledger: Ledger) -> Indicator:
    needed = [spec.title for name, spec in specs(ledger).items() if name in ledger.needed]
    asked = f"，完整指{'、'.join(needed)}均已填写" if needed else ""
    return Indicator(
        code=complete_code(ledger.slug),
        title=f"{ledger.title}完整率",
        unit="%",
        better=Better.UP,
        formula=Ratio(passed=All(tuple(_filled(ledger, name) for name in ledger.needed)), among=Field("kind") == ledger.slug),
        about=f"在册条目中内容完整的比例{asked}",
        records=Records(_label(ledger.versions), "valid_from", until="valid_to"),
        splits=_splits(ledger),
        group=GROUP,
    )


def _splits(ledger: Ledger) -> tuple[Split, ...]:
    return () if "street" in ledger.hidden else (Split("street", "街道", "street"),)


def _filled(ledger: Ledger, name: str) -> Condition:
    """Something stands there: a text that is not empty, anything else that is not missing."""
    field = ledger.model._meta.get_field(name)  # noqa: SLF001 - Django's public name
    return Field(name) != "" if isinstance(field, (CharField, TextField)) and name not in LIFE else Known(name)


def _rest(slug: str, title: str, period_days: int) -> Indicator:
    formula = Computed(
        partial(_rested, slug), touches, reach=_reach, periods=SPANS, evidence=partial(_touches, slug), reads=("ledgers.Touch",)
    )
    return Indicator(
        code=rest_code(slug),
        title=f"{title}距上次更新",
        unit="天",
        better=Better.DOWN,
        formula=formula,
        about=f"到统计期末日，距最近一次登记、更正、导入、核对或计算的天数；应每{period_days}天至少更新一次",
        digits=0,
        group=GROUP,
    )


def _members(register: DerivedRegister) -> Indicator:
    return Indicator(
        code=members_code(register.slug),
        title=f"{register.title}单位数",
        unit="家",
        better=Better.NONE,
        formula=Count(Field("register") == register.slug),
        about=f"按规则列入的单位：{register.rule}",
        records=STAYS,
        silence_is_zero=True,
        digits=0,
        group=GROUP,
    )


def _kept(register: DerivedRegister, kept: Kept) -> Indicator:
    formula = Computed(
        partial(_keeping, register.slug),
        _keepers(register.slug, kept),
        periods=SPANS,
        evidence=partial(_lists, register),
        reads=(EVERYTHING,),
    )
    return Indicator(
        code=kept_code(register.slug),
        title=f"{register.title}落实率",
        unit="%",
        better=Better.UP,
        formula=formula,
        about=f"名单内单位已按要求落实的比例：{register.asks}",
        group=GROUP,
    )


def touches(first: date, last: date, as_of: Sequence[date | None]) -> Sequence[Days]:
    """The days on which every table was written to, as known by each day; the one loader of all, so that they are loaded together."""
    found = touched(first, last)
    return [found if day is None else {table: [one for one in days if one <= day] for table, days in found.items()} for day in as_of]


def _rested(slug: str, data: Days, period: Period) -> Statistic:
    days = [day for day in data.get(slug, ()) if day <= period.last]
    reasons = () if days else ("还没有登记过任何条目，也没有核对过",)
    return judged((period.last - days[-1]).days if days else None, "天", reasons, (1, min(1, len(days))), "距上次更新")


def _reach(period: Period) -> tuple[date, date]:
    return period.last - LOOK_BACK, period.last


def _touches(slug: str, first: date, last: date, as_of: date | None) -> Rows:
    (found,) = touches(first, last, [as_of])
    return Rows(("更新日期",), [(day,) for day in found.get(slug, ())])


@cache
def _keepers(slug: str, kept: Kept) -> Load:
    """Who is in and who does as asked, on every day that some period of the span may end with."""

    def load(first: date, last: date, as_of: Sequence[date | None]) -> Sequence[Counts]:
        days = _ends(first, last, as_of)
        both = zip(days, insides(slug, days), kept(days), strict=True)
        found = {day: (len(inside), len(inside.intersection(doing))) for day, inside, doing in both}
        return [{day: counts for day, counts in found.items() if known is None or day <= known} for known in as_of]

    return load


def _ends(first: date, last: date, as_of: Sequence[date | None]) -> list[date]:
    """The month ends of a span, its last day, the days as of which, and the same days a year earlier; ascending."""
    asked = {day for day in (*as_of, last) if day is not None}
    ends = {month.last for month in Month.of(first).through(Month.of(last))}
    return sorted(day for day in ends | asked | {ytd(day).year_before().last for day in asked} if first <= day <= last)


def _keeping(slug: str, data: Counts, period: Period) -> Statistic:
    members, doing = next((counts for day, counts in sorted(data.items(), reverse=True) if day <= period.last), (0, 0))
    reasons = () if members else ("名单内没有单位",)
    return judged(100 * doing / members if members else None, "%", reasons, (members, doing), f"名单{slug}落实率")


def _lists(register: DerivedRegister, _first: date, last: date, as_of: date | None) -> Rows:
    day = min(as_of or last, last)
    (inside,), (doing,) = insides(register.slug, [day]), register.kept([day]) if register.kept else ((),)
    members = Entry.objects.filter(pk__in=inside).order_by("code")
    return Rows(("单位", "名称", "已落实"), [(one.code, one.name, "是" if one.pk in set(doing) else "否") for one in members])


def _label(model: Any) -> str:
    return f"{model._meta.app_label}.{model.__name__}"  # noqa: SLF001 - Django's public name


def _part(slug: str) -> str:
    return slug.replace("-", "_")
