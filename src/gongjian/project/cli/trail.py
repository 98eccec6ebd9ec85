"""``gongjian trail``: seal and verify the log."""

from __future__ import annotations

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django


@click.group(help="操作日志：封存与核验。")
def trail() -> None:
    """Commands about the trail."""
    start_django()


@trail.command(help="逐条核验日志与封存链；发现改动时指出最早被改动的一条。")
@click.option("--expect-head", help="另行保管的链头摘要；给出时一并比对。")
def verify(expect_head: str | None) -> None:
    """Verify the whole chain."""
    from gongjian.trail.queries import verify as verify_trail  # noqa: PLC0415 - after Django has started

    result = verify_trail(expect_head=expect_head)
    click.echo(f"事件 {result.events} 条，封存 {result.batches} 批，尚未封存 {result.unsealed} 条，链头 {result.head or '—'}。")
    if not result.ok:
        raise Refusal(str(result.first_bad))
    click.echo("核验通过，没有发现改动。")


@trail.command(help="立即封存尚未封存的日志。")
def seal() -> None:
    """Seal now."""
    from gongjian.trail.actions import seal as seal_trail  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    batch = seal_trail(now=now())
    click.echo(f"已封存到第 {batch.sequence} 批。" if batch else "没有需要封存的日志。")
