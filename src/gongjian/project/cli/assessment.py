"""``gongjian assessment``: the ranking of a period as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

import click

from gongjian.project.start import start_django

HEADS = ("名次", "部门", "得分", "样本")


@click.group(help="考核：查看各部门得分和排名。")
def assessment() -> None:
    """Commands about assessments."""
    start_django()


@assessment.command(help="列出一期考核的得分和排名，如 2020-09、2020Q3、2020；没有编制的按今天实时计算。")
@click.argument("code")
@click.option("--items", is_flag=True, help="列出各考核项的得分。")
def show(code: str, *, items: bool) -> None:
    """Print the published edition, else the latest in the making, else what it would be today."""
    from gongjian.assessment.freezing import terms_of  # noqa: PLC0415 - after Django has started
    from gongjian.assessment.queries.grading import live, term_of  # noqa: PLC0415
    from gongjian.assessment.queries.offered import latest  # noqa: PLC0415
    from gongjian.assessment.queries.ranking_page import kept_ranking, live_ranking  # noqa: PLC0415
    from gongjian.assessment.queries.seeing import EVERYTHING  # noqa: PLC0415
    from gongjian.indicators.periods import parse_period  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    period, today = parse_period(code), now().date()
    if kept := latest(period):
        click.echo(f"{kept}　{kept.words_of_state}　事实截至 {kept.as_of}")
        groups, terms = kept_ranking(kept, EVERYTHING), terms_of(kept.scheme)
    else:
        said, found = live(period, today)
        click.echo(f"{period.words()}考核没有编制，以下按截至 {term_of(period, today).on} 的事实实时计算，不作为考核结果。")
        groups, terms = live_ranking(found, EVERYTHING), terms_of(said)
    titles = tuple(item.title for item in terms.items) if items else ()
    for group in groups:
        click.echo(f"\n{group.title}（参加排名 {group.among} 个）")
        rows = [(line.place, line.name, _points(line.total), str(line.sample)) for line in group.lines]
        more = [tuple(_points((line.of(item.kind) or {}).get("points")) for item in terms.items) if items else () for line in group.lines]
        for line in _table([(*HEADS, *titles), *(row + extra for row, extra in zip(rows, more, strict=True))]):
            click.echo(line)


def _points(value: object) -> str:
    return "—" if value is None else f"{value}"


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Columns in line, Chinese letters being two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
