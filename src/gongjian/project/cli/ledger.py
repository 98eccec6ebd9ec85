"""``gongjian ledger``: sheets in and out of any ledger or kind of record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

SHOWN = 20  # rows of a kind that are told


@click.group(help="台账：模板、导入与导出。")
def ledger() -> None:
    """Commands about ledgers."""
    start_django()


@ledger.command(help="导入一份表格：先核对，确认后写入。")
@click.argument("slug")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--department", "named", required=True, help="表中没有写明部门的新行归这个部门。")
@click.option("--datum", default="cgcs2000", show_default=True, type=click.Choice(["cgcs2000", "gcj02", "bd09"]), help="坐标系。")
@click.option("--sheet", default="", help="工作表；缺省用表头最像的一张。")
@click.option("--good-rows-only", is_flag=True, help="有行被拒绝时，只导入通过的行；缺省一行也不写入。")
@click.option("--as", "username", default=None, help="以哪个账号的名义；缺省为系统。")
@click.option("--yes", is_flag=True, help="不再询问。")
def load(slug: str, path: Path, *, named: str, datum: str, sheet: str, good_rows_only: bool, username: str | None, yes: bool) -> None:
    """Check, tell, ask, write."""
    from gongjian.ledgers.importing import actions, background  # noqa: PLC0415 - after Django has started
    from gongjian.ledgers.models import Import  # noqa: PLC0415
    from gongjian.ledgers.registry import find  # noqa: PLC0415
    from gongjian.standards.coordinates import Datum  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    table, by, at = find(slug), _user(username), now()
    actions.require_size(path.stat().st_size, path.name)
    found = actions.upload(table, path.name, path.read_bytes(), department=_department(named), by=by, at=at, datum=Datum(datum))
    background.begin(actions.ask_check(found, by=by, at=at, sheet=sheet), at=at, at_once=True)
    found.refresh_from_db()
    if found.state != Import.State.CHECKED:
        raise Refusal(found.problem)
    _tell(found)
    refused, to_write = found.summary["refused"], found.summary["added"] + found.summary["changed"]
    if not to_write or (refused and not good_rows_only):
        actions.discard(found, by=by, at=at)
        if refused:
            hint = "" if good_rows_only or not to_write else "，或加上 --good-rows-only 只导入通过的行"
            msg = f"有 {refused} 行被拒绝，没有写入任何内容：请改正后再导入{hint}。"
            raise Refusal(msg)
        click.echo("没有要写入的内容。")
        return
    if not yes:
        _ask(to_write, lambda: actions.discard(found, by=by, at=at))
    mode = Import.Mode.GOOD if good_rows_only else Import.Mode.ALL
    background.begin(actions.ask_apply(found, mode, by=by, at=now()), at=now(), at_once=True)
    found.refresh_from_db()
    if found.state != Import.State.DONE:
        raise Refusal(found.problem)
    written = found.summary["written"]
    click.echo(f"已写入：新增 {written['added']} 行，变更 {written['changed']} 行。")
    for _, reason in written["late"]:
        click.echo(f"  未写入：{reason}。")


ledger.add_command(load, "import")


@ledger.command(help="写出一个台账或记录的导入模板。")
@click.argument("slug")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="写到哪个文件；缺省为 <slug>-template.xlsx。"
)
def template(slug: str, output: Path | None) -> None:
    """The workbook to fill in."""
    from gongjian.ledgers.importing.template import template as workbook  # noqa: PLC0415 - after Django has started
    from gongjian.ledgers.registry import find  # noqa: PLC0415
    from gongjian.people.queries import departments  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    _write(output or Path(f"{slug}-template.xlsx"), workbook(find(slug), list(departments()), on=now().date()))


@ledger.command(help="导出一个台账或记录的全部条目和全部栏目，改好后可以再导入。")
@click.argument("slug")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="写到哪个文件；缺省为 <slug>.xlsx。")
def export(slug: str, output: Path | None) -> None:
    """Everything that stands, all columns that can be filled."""
    from gongjian.ledgers.exporting import as_xlsx  # noqa: PLC0415 - after Django has started
    from gongjian.ledgers.fields import specs  # noqa: PLC0415
    from gongjian.ledgers.queries.asking import asked  # noqa: PLC0415
    from gongjian.ledgers.registry import find  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    table = find(slug)
    said = asked(table, {"cols": ",".join(specs(table)), "on-from": "all"}, now().date())
    _write(output or Path(f"{slug}.xlsx"), as_xlsx(said))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    click.echo(f"已写到 {path}。")


def _ask(to_write: int, drop: Any) -> None:
    try:
        click.confirm(f"确认写入这 {to_write} 行吗", abort=True)
    except click.Abort:
        drop()
        raise


def _user(username: str | None) -> Any:
    from gongjian.people.models import User  # noqa: PLC0415 - after Django has started

    found = User.objects.filter(username=username).first() if username else None
    if username and found is None:
        msg = f"没有用户名为“{username}”的账号，请核对 --as 的用户名。"
        raise Refusal(msg)
    return found


def _department(name: str) -> Any:
    from gongjian.people.models import Department  # noqa: PLC0415 - after Django has started
    from gongjian.people.queries import resolve  # noqa: PLC0415

    found = resolve(name)
    if not isinstance(found, Department):
        msg = f"没有叫“{name}”的部门，请核对 --department。"
        raise Refusal(msg)
    return found


def _tell(found: Any) -> None:
    """The summary, and the first rows that are refused or changed."""
    from gongjian.ledgers.importing.storage import Folder  # noqa: PLC0415 - after Django has started
    from gongjian.ledgers.importing.verdicts import Verdict  # noqa: PLC0415
    from gongjian.ledgers.registry import find  # noqa: PLC0415

    said = found.summary
    click.echo(f"工作表“{said['sheet']}”，共 {said['total']} 行：" + "，".join(f"{one.word} {said[one.value]}" for one in Verdict) + "。")
    for words, names in (("没有读取的列", said["ignored"]), ("没有的必填列", said["absent"]), ("没有读取的工作表", said["others"])):
        if names:
            click.echo(f"{words}：{'、'.join(names)}。")
    folder, table = Folder(found.token), find(found.table)
    for plan in folder.rows(table, Verdict.CHANGED, 0, SHOWN):
        changes = "；".join(f"{one.name} {one.before or '（空）'} → {one.after or '（空）'}" for one in plan.changes)
        click.echo(f"  变更 {plan.called}：{changes}")
    for plan in folder.rows(table, Verdict.REFUSED, 0, SHOWN):
        click.echo(f"  拒绝 {'；'.join(plan.reasons)}")
