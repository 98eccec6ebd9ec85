"""Ways to look at a list: kept under a name, dropped again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import SavedView
from gongjian.ledgers.queries.asking import Asked
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

MOST = 30  # of one person
LONGEST = 20  # characters of a title


@transaction.atomic
def save_view(asked: Asked, title: str, *, shared: bool, by: User, at: datetime) -> SavedView:
    """Keep what is asked for under a title; one of the same title gives way. Refusal without a title, or beyond thirty."""
    require(by, Permission.LEDGER_VIEW, on=local_day(at))
    name = title.strip()
    if not name or len(name) > LONGEST:
        msg = f"请给这个视图起一个{LONGEST}个字以内的名称。"
        raise Refusal(msg)
    own = SavedView.objects.filter(user=by)
    standing = own.filter(table=asked.table.slug, title=name)
    if own.count() >= MOST and not standing.exists():
        msg = f"常用视图最多保存{MOST}个，请先删去不用的。"
        raise Refusal(msg)
    kept = {"query": asked.query(), "shared": shared, "saved_at": at}
    view, _ = SavedView.objects.update_or_create(defaults=kept, user=by, table=asked.table.slug, title=name)
    record("view.saved", view, by=by, at=at, after={"table": view.table, "query": view.query, "shared": shared})
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Drop one's own; ``Forbidden`` for another's. What it showed stays where it is."""
    if view.user_id != by.pk:
        msg = f"视图“{view}”是{view.user}保存的，只有本人可以删去。"
        raise Forbidden(msg)
    record("view.dropped", view, by=by, at=at, before={"table": view.table, "query": view.query})
    view.delete()
