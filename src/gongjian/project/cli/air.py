"""``gongjian air``: bring in hourly values, list stations, pack years for shipping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

SHOWN = 20  # refused lines of one file told one by one


@click.group(help="环境空气：导入监测数据。")
def air() -> None:
    """Commands about ambient air."""


@air.command("import", help="导入空气逐时数据（单站逐年CSV，或全市逐日CSV）。可重复运行：已有的不变，数值不同的作为更正。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Import each file whole or not at all; tell refused lines; refuse in one sentence what could not be read."""
    start_django()
    from gongjian.air import actions  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    at = now()
    actions.prepare_stations(by=None, at=at)
    bad = []
    with click.progressbar(files, label="正在导入", item_show_func=lambda path: path.name if path else "") as bar:
        outcomes = []
        for path in bar:
            try:
                outcomes.append(actions.import_file(path, by=None, at=at))
            except Refusal as refusal:
                bad.append(str(refusal).rstrip("。"))
    changed = actions.refresh_days()
    for outcome in outcomes:
        click.echo(outcome.words())
        _tell_refused(outcome.name, outcome.feed.refused)
    if outcomes:
        click.echo(f"已更新 {changed} 个日值。")
    if bad:
        raise Refusal("；".join(bad) + (f"；其余 {len(outcomes)} 个文件已导入。" if outcomes else "。"))


def _tell_refused(name: str, refused: Sequence[tuple[int, str]]) -> None:
    for line, reason in refused[:SHOWN]:
        click.echo(f"  {name} 第{line}行未采用：{reason}")
    if len(refused) > SHOWN:
        click.echo(f"  ……另有 {len(refused) - SHOWN} 行未采用，请先改正以上各行。")


@air.command(help="把一个站点的逐年CSV压缩成随程序发布的文件（维护用）。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="写到哪里，如 yizhuang_2018_2020.json.gz。")
@click.option("--origin", required=True, help="数据出处。")
@click.option("--licence", required=True, help="许可。")
def pack(files: tuple[Path, ...], output: Path, origin: str, licence: str) -> None:
    """Read and write; needs no database."""
    from gongjian.air.feeds.opening import read_feed  # noqa: PLC0415 - only this command packs
    from gongjian.air.packing import pack as packed  # noqa: PLC0415

    names = {path.stem.rpartition("_")[0]: "" for path in files}
    values = [value for path in files for value in read_feed(path.read_bytes(), path.name, names).values]
    output.write_bytes(packed(values, origin, licence))
    click.echo(f"已写入 {output}：{len(values)} 个小时值，{output.stat().st_size} 字节。")
