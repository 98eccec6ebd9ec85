"""``gongjian vehicles``: work out the days of heavy-duty vehicles that report by themselves, without waiting for the timetable."""

from __future__ import annotations

import click

from gongjian.project.start import start_django


@click.group(help="重型车远程监控：汇总每天的数据。")
def vehicles() -> None:
    """Commands about vehicles that report by themselves."""


@vehicles.command(help="汇总有新数据且已经过完的日子，并统计终端联网状态；重复执行不会改变结果。")
def summarise() -> None:
    """What the timetable does every hour."""
    start_django()
    from gongjian.mobile.actions import watch_vehicles  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    done = watch_vehicles(at=now())
    click.echo(f"汇总 {done.worked_out:,} 辆日，其中 {done.changed:,} 辆日是新的或有变化")
