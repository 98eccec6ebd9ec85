"""``gongjian live``: what uploads there are and where, how long they are kept; archiving, forgetting and checking by hand."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

if TYPE_CHECKING:
    from gongjian.telemetry.live.holding import Archived, Holding

_DRY = click.option("--dry-run", is_flag=True, help="只列出将要做什么，不改动任何数据。")
_MEGABYTE = 1024 * 1024
_WAYS = {"rows": "逐条", "packed": "按天打包", "archived": "归档文件"}


@click.group(help="上传数据：存在哪里、保存多久，归档和清理（平时由每晚的定时任务完成）。")
def live() -> None:
    """Commands about the live store."""
    start_django()


@live.command(help="各类上传数据存了多少、存在哪里、从何时到何时；数据多时要等一会儿。")
def status() -> None:
    """Count everything."""
    from gongjian.telemetry.queries import live as store  # noqa: PLC0415 - after Django has started

    found = store().holdings()
    for one in found:
        click.echo(_in_words(one))
    files = store().archived()
    left = sum(not each.cleared for each in files)
    click.echo(f"归档文件 {len(files)} 个，{sum(each.size for each in files) / _MEGABYTE:.1f} MB；数据库中尚未清出的 {left} 个。")


def _in_words(one: Holding) -> str:
    from gongjian.telemetry.live.months import stream_name  # noqa: PLC0415 - as above
    from gongjian.telemetry.moments import from_seconds  # noqa: PLC0415 - as above

    rows = "" if one.rows is None else f"{one.rows} 条　"
    name = f"{stream_name(abs(one.stream))}{'（时间不可信）' if one.stream < 0 else ''}"
    span = f"{from_seconds(one.first):%Y-%m-%d} 至 {from_seconds(one.last):%Y-%m-%d}"
    return f"{name}　{_WAYS[one.way]}　{rows}约 {one.size / _MEGABYTE:.1f} MB　{span}"


@live.command(help="各类数据保存多久，依据是什么；在后台“数据保存期限”中修改。")
def retention() -> None:
    """Tell what holds today."""
    from gongjian.telemetry.queries import retentions  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import local_day, now  # noqa: PLC0415

    found = retentions(local_day(now()))
    for each in found.values():
        click.echo(f"{each.get_kind_display()}　{f'{each.months} 个月' if each.months else '一直保留'}　{each.basis}")
    if not found:
        click.echo("还没有生效的保存期限，所有数据一直保留；请在后台“数据保存期限”中规定。")


@live.command(help="把早已结束的月份移到归档文件（Parquet）；可随时中断，再运行时接着做。")
@click.option("--most", default=1000, show_default=True, type=click.IntRange(1), help="这次最多写多少个文件。")
@_DRY
def archive(most: int, *, dry_run: bool) -> None:
    """Archive now."""
    from gongjian.telemetry import actions  # noqa: PLC0415 - after Django has started
    from gongjian.telemetry.queries import live as store  # noqa: PLC0415
    from gongjian.telemetry.retaining import archived_before  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    if dry_run:
        _tell_waiting(store().to_archive(archived_before(now())))
        return
    before = datetime.now().astimezone()
    made = actions.archive_months(now=now(), most=most)
    took = (datetime.now().astimezone() - before).total_seconds()
    for each in made:
        click.echo(_file_in_words(each))
    click.echo(f"归档 {len(made)} 个文件，{sum(each.rows for each in made)} 条，用时 {took:.1f} 秒。")


def _tell_waiting(waiting: list[tuple[int, int]]) -> None:
    from gongjian.telemetry.live.months import month_name, month_of, stream_name  # noqa: PLC0415 - after Django has started

    for (stream, first), files in sorted(Counter(waiting).items()):
        click.echo(f"{stream_name(stream)}　{month_name(month_of(first))}　{files} 个文件")
    click.echo(f"将写 {len(waiting)} 个归档文件。" if waiting else "没有可归档的月份。")


def _file_in_words(one: Archived) -> str:
    return f"{one.file}　{one.rows} 条　{one.size / _MEGABYTE:.1f} MB"


@live.command(help="删除过了保存期限的数据。")
@_DRY
def forget(*, dry_run: bool) -> None:
    """Forget now."""
    from gongjian.telemetry import actions  # noqa: PLC0415 - after Django has started
    from gongjian.telemetry.queries import expired  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    if dry_run:
        for due in expired(now()):
            oldest = "没有到期的" if due.oldest is None else f"最早的是 {due.oldest:%Y-%m-%d}，归档文件 {due.files} 个"
            click.echo(f"{due.retention.get_kind_display()}　将删除 {due.before:%Y-%m-%d} 以前的：{oldest}")
        return
    for kept, gone in actions.forget_expired(now=now()):
        click.echo(f"{kept.get_kind_display()}　删除 {gone.rows} 条、{gone.days} 个打包的设备日、{gone.files} 个归档文件。")


@live.command(help="把归档文件逐个与写入时的校验值比对，指出丢失或损坏的。")
def check() -> None:
    """Compare every file."""
    from gongjian.telemetry import actions  # noqa: PLC0415 - after Django has started
    from gongjian.telemetry.queries import live as store  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    files = len(store().archived())
    wrong = actions.check_archive(now=now(), most=files)
    for sentence in wrong[:-1]:
        click.echo(sentence)
    if wrong:
        raise Refusal(wrong[-1])
    click.echo(f"归档文件 {files} 个，都与写入时相同。")
