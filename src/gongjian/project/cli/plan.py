"""``gongjian plan``: read a document, load it, export the plan."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gongjian.plans.planfile.as_json import reading_as_json
from gongjian.plans.planfile.directory import load_directory
from gongjian.plans.reading import read_file
from gongjian.project.cli.saying import built_in_directory, in_words


@click.group(help="行动计划：读取、载入、导出。")
def plan() -> None:
    """Commands about plans."""


@plan.command(help="读取一份行动计划文件（txt、docx、xlsx、html、pdf），不需要数据库，不写入任何内容。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--directory", "directory", type=click.Path(path_type=Path), help="部门名录（TOML）；缺省用内置名录。")
def read(file: Path, directory: Path | None, *, as_json: bool) -> None:
    """Read and print."""
    document = read_file(file, load_directory(directory) if directory else built_in_directory())
    click.echo(json.dumps(reading_as_json(document), ensure_ascii=False, indent=1) if as_json else in_words(document))


@plan.command(help="载入一份行动计划：先显示存疑与变动，确认后一次写入；同一文件再次载入不产生变化。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", "slug", help="载入到哪一份计划（代码）；缺省按文号、标题与年度辨认，辨认不到则新建。")
@click.option("--yes", is_flag=True, help="不再询问，直接确认。")
@click.option("--as", "username", help="以哪个用户的身份载入（须有载入权限）；缺省为系统。")
def load(file: Path, slug: str | None, username: str | None, *, yes: bool) -> None:
    """Read, show, ask, write all or nothing."""
    from gongjian.project.cli.loading import load_file  # noqa: PLC0415 - Django is needed only here

    load_file(file, slug=slug, username=username, yes=yes)


@plan.command(help="把一份计划导出为方案文件（TOML，格式见 docs/planfile.md）。")
@click.argument("slug", default="")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="写到文件；缺省输出到屏幕。")
def export(slug: str, output: Path | None) -> None:
    """Write out a plan file."""
    from gongjian.project.cli.loading import export_programme  # noqa: PLC0415 - Django is needed only here

    text = export_programme(slug)
    if output:
        output.write_text(text, encoding="utf-8")
        click.echo(f"已写入 {output}。")
    else:
        click.echo(text, nl=False)
