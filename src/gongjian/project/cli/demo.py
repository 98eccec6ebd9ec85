"""``gongjian demo``: make the mobile sources of the demonstration district, small or large."""

from __future__ import annotations

from datetime import datetime

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

SCALES = click.Choice(["1", "10", "100"])


@click.command(help="生成移动源演示数据（模拟）：一年多的台账与记录，同一种子得到同样的数据；只能生成在空的台账里。")
@click.option("--scale", type=SCALES, default="1", show_default=True, help="规模：1 约每年三万条记录，10 约三十万条，100 约三百万条。")
@click.option("--seed", default=28, show_default=True, help="随机种子。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default="2020-10-31", show_default=True, help="数据截至哪一天。")
def demo(scale: str, seed: int, until: datetime) -> None:
    """Make it; refuse where real data could be mixed with it."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - after Django has started

    from gongjian.project.demonstration.mobile import make_mobile  # noqa: PLC0415

    if not settings.DEMONSTRATION:
        msg = "正式运行的系统里不能生成演示数据（GONGJIAN_MODE=production）；请另设 GONGJIAN_HOME 以演示方式运行。"
        raise Refusal(msg)
    click.echo(f"正在生成移动源演示数据（模拟），规模 {scale}，种子 {seed}……")
    rows = make_mobile(until.date(), scale=int(scale), seed=seed, say=click.echo)
    click.echo(f"共写入 {sum(rows.values()):,} 条，全部标明“演示数据（模拟）”。")
