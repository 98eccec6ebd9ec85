"""``gongjian indicator``: the catalogue and any reading, on the screen or as JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import click

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period, PeriodKind, parse_period, period_of
from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django


@click.group(help="指标：目录、读数与来历。")
def indicator() -> None:
    """Commands about indicators."""
    start_django()


@indicator.command("list", help="列出全部指标。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def list_all(*, as_json: bool) -> None:
    """The catalogue."""
    from gongjian.indicators.registry import catalogue  # noqa: PLC0415 - after Django has started

    found = [
        {"code": one.code, "title": one.title, "unit": one.unit, "better": one.better.value, "kind": one.kind, "about": one.about}
        for one in catalogue()
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one['code']}　{one['title']}（{one['unit']}）　{one['kind']}")
    click.echo(f"共 {len(found)} 项。")


@indicator.command(help="一个指标的读数、月度序列与来历。")
@click.argument("code")
@click.option(
    "--period", "written", default="", help="统计期，例如 2020、2020-10、2020Q3、ytd:2020-10-31、r12:2020-10、3y:2020；缺省为本年累计。"
)
@click.option("--as-of", "as_of", default="", help="只用这一天结束前已录入的数据，例如 2020-10-31；缺省用现有全部数据。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def show(code: str, written: str, as_of: str, *, as_json: bool) -> None:
    """Compute, or read what was frozen, and print."""
    from gongjian.indicators.queries.telling import told  # noqa: PLC0415 - after Django has started
    from gongjian.indicators.registry import find  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    chosen = find(code)
    day = _day(as_of)
    period = parse_period(written) if written else period_of(PeriodKind.YTD, day or now().date())
    found = told(chosen, period, day, now())
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else _in_words(chosen, period, found))


@indicator.command(help="用往年数据回测年均值预测，打印校准表：报的可能性与实际发生的比例。")
@click.argument("code")
@click.option("--through", default="", help="只用到这一天为止的数据，例如 2020-12-31；缺省到今天。")
def backtest(code: str, through: str) -> None:
    """Forecast every past year from every month and hold it against what happened."""
    from gongjian.indicators.calibrating import calibrate, words  # noqa: PLC0415 - after Django has started
    from gongjian.indicators.queries.page import daily_values  # noqa: PLC0415
    from gongjian.indicators.registry import find  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    chosen = find(code)
    found = calibrate(daily_values(chosen, _day(through) or now().date()))
    if not found:
        msg = f"指标“{chosen.title}”没有两个以上完整年份的逐日数值，无法回测。"
        raise Refusal(msg)
    for line in words(found):
        click.echo(line)


@indicator.command(help="留存已经过完的各日读数，使往日作战图随开随看；每晚自动留存，历史数据导入后用它补齐。")
@click.argument("first")
@click.argument("last", default="")
def remember(first: str, last: str) -> None:
    """Store how every indicator stood from a day to a day, by default to yesterday."""
    from gongjian.indicators.actions.remembering import remember as keep  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    moment = now()
    begin, end = _day(first), _day(last) or moment.date() - timedelta(1)
    days = [begin + timedelta(step) for step in range((end - begin).days + 1)] if begin else []
    click.echo(f"已留存 {keep(days, now=moment)} 份读数。")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        msg = f"“{text[:20]}”不是一个日期，请写成 2020-10-31 的样子。"
        raise Refusal(msg) from None


def _in_words(indicator: Indicator, period: Period, found: dict[str, Any]) -> str:
    value = "—" if found["value"] is None else f"{found['value']:.2f} {found['unit']}"
    validity = "有效" if found["valid"] else "无效"
    lines = [f"{indicator.title}　{indicator.when(period)}　{value}　{validity}　数据 {found['present']} / {found['expected']}"]
    lines += [f"  {reason}" for reason in found["reasons"]]
    for month in found["series"]:
        figure = "—" if month["value"] is None else f"{month['value']:.2f}"
        lines.append(f"  {month['period']}　{figure}{'' if month['valid'] else '（无效）'}")
    source = found["provenance"]
    lines.append(
        f"算法 {source['method']}，计算于 {source['computed_at'][:16]}"
        + (f"，冻结于 {source['frozen_at'][:16]}" if source["frozen_at"] else "")
    )
    return "\n".join(lines)
