"""The parts of ``gongjian plan`` that need the database."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from gongjian.kernel.refusal import Refusal
from gongjian.plans.planfile.diff import PlanDiff, diff_documents
from gongjian.plans.planfile.toml_format import write_plan_file
from gongjian.plans.reading import read_file
from gongjian.project.cli.saying import built_in_directory, in_words
from gongjian.project.start import start_django


def load_file(path: Path, *, slug: str | None, username: str | None, yes: bool) -> None:
    """Read, show doubts and changes, ask, write all or nothing."""
    start_django()
    from gongjian.people.models import User  # noqa: PLC0415 - after Django has started
    from gongjian.plans.actions.loading import load_document  # noqa: PLC0415
    from gongjian.plans.queries.directory import canonical, known_directory  # noqa: PLC0415
    from gongjian.plans.queries.programmes import programme, standing_for  # noqa: PLC0415
    from gongjian.plans.queries.stored import stored_document  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    known = known_directory()
    document = canonical(read_file(path, known if known.departments else built_in_directory()))
    click.echo(in_words(document))
    standing = programme(slug) if slug else standing_for(document.head)
    if standing is None:
        click.echo(f"这是一份新的行动计划，将新建“{document.head.title or path.name}”。")
    else:
        diff = diff_documents(stored_document(standing), document)
        click.echo(f"与已载入的“{standing.title}”相比：{diff.words()}。")
        _tell(diff)
        if diff.is_empty:
            return
    if not yes:
        click.confirm("确认载入吗", abort=True)
    by = User.objects.filter(username=username).first() if username else None
    if username and by is None:
        msg = f"没有用户名为“{username}”的账号，请核对 --as 的用户名。"
        raise Refusal(msg)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    loaded = load_document(document, slug=standing.slug if standing else "", filename=path.name, sha256=digest, by=by, at=now())
    click.echo(f"已载入到“{loaded.title}”（代码 {loaded.slug}）。")


def _tell(diff: PlanDiff) -> None:
    for change in diff.changed:
        for field in change.fields:
            click.echo(f"  变动 {change.old.key} {field.title}：{field.before or '（空）'} → {field.after or '（空）'}")
    for measure in diff.added:
        click.echo(f"  新增 {measure.key}：{(measure.text or measure.digest)[:60]}")
    for measure in diff.withdrawn:
        click.echo(f"  撤销 {measure.key}：{(measure.text or measure.digest)[:60]}")


def export_programme(slug: str) -> str:
    """The plan file of a stored programme."""
    start_django()
    from gongjian.plans.queries.programmes import programme  # noqa: PLC0415 - after Django has started
    from gongjian.plans.queries.stored import stored_document  # noqa: PLC0415

    return write_plan_file(stored_document(programme(slug)))
