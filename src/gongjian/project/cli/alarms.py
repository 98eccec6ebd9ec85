"""``gongjian alarms``: judge what was written, once or on and on; look through data for what is wrong with them; judge past days again."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime, timedelta

import click

from gongjian.project.start import start_django

log = logging.getLogger("gongjian.alarms")
PAUSE = 0.25  # seconds between two sweeps: from packet to alarm well under one
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help="报警与数据质量：判定、巡查、重算。")
def alarms() -> None:
    """Commands about alarms."""
    start_django()


@alarms.command(help="判定上次以来写入的数据：开、续、解除报警，逾期未说明的立案。")
def sweep() -> None:
    """One sweep."""
    from gongjian.alarms.actions.sweeping import sweep as sweep_once  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    done = sweep_once(now=now())
    click.echo(f"已判定 {done.series} 个序列，新增报警 {len(done.opened)} 条，立案 {done.filed} 件。")


@alarms.command(help="不停地判定（每秒数次），按 Ctrl+C 停止；gongjian run 会自动在旁边运行它。")
@click.option("--times", default=0, show_default=True, help="判定多少次后停止；0 为一直运行。")
def watch(times: int) -> None:
    """Sweep again and again. What fails is told and tried again: nothing is lost, the cursor stands where it stood."""
    from django.db import close_old_connections  # noqa: PLC0415 - after Django has started

    from gongjian.alarms.actions.sweeping import sweep as sweep_once  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    done = 0
    while not times or done < times:
        try:
            sweep_once(now=now())
        except Exception:  # whatever it was, the next sweep begins where this one did
            log.exception("本次判定没有完成，稍后从原处再来")
            close_old_connections()
        done += 1
        time.sleep(PAUSE)


@alarms.command(help="对一段日期的小时数据逐项判定数据质量；缺省为昨天所在月的月初到昨天。可重复运行。")
@click.option("--from", "first", type=DAY, help="自哪一天。")
@click.option("--to", "last", type=DAY, help="至哪一天（含）。")
def inspect(first: datetime | None, last: datetime | None) -> None:
    """Look for what is wrong with the data."""
    from gongjian.alarms.actions.inspecting import look_through  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    until = last.date() if last else now().date() - timedelta(1)
    since = first.date() if first else until.replace(day=1)
    click.echo(f"{since} 至 {until}：新增数据质量疑点 {look_through(since, until, now=now())} 条。")


@alarms.command(help="把一天起的数据重新判定一遍（限值补登后使用）；已有报警按结果续、改、撤。")
@click.argument("since", type=DAY)
def rejudge(since: datetime) -> None:
    """Judge past days again."""
    from gongjian.alarms.actions.sweeping import rejudge_since  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    day: date = since.date()
    click.echo(f"自 {day} 起重新判定，新增报警 {rejudge_since(day, now=now())} 条。")
