"""``gongjian inspection``: compute a draw again and say whether it is the one that is stored."""

from __future__ import annotations

import sys

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

DIFFERENT = 1


@click.group(help="专项检查：核验双随机抽取。")
def inspection() -> None:
    """Commands about inspections."""


@inspection.command(help="按记录的名单、规则和种子重新抽取，说明与记录是否一致；不一致时退出状态为 1。")
@click.argument("pk", type=int)
def verify(pk: int) -> None:
    """Recompute the draw of a plan and tell every difference."""
    start_django()
    from gongjian.inspections.models import DrawPlan  # noqa: PLC0415 - after Django has started
    from gongjian.inspections.queries.drawing import verify as differences  # noqa: PLC0415

    plan = DrawPlan.objects.filter(pk=pk).first()
    if plan is None:
        msg = f"没有编号为 {pk} 的抽查计划，请在“检查 / 双随机”页查看编号。"
        raise Refusal(msg)
    wrong = differences(plan)
    click.echo(f"抽查计划 {plan.pk}“{plan.title}”，算法 {plan.algorithm}，种子“{plan.seed}”")
    click.echo(f"  对象名单指纹 {plan.universe_digest}")
    click.echo(f"  人员名单指纹 {plan.pool_digest}")
    if not wrong:
        click.echo("核验一致：重新抽取的对象、次序和检查人员与记录完全相同。")
        return
    click.echo(f"核验不一致，共 {len(wrong)} 处：")
    for one in wrong:
        click.echo(f"  {one}")
    sys.exit(DIFFERENT)
