"""What every page of this room begins with: who is asking, of which table; and how a form hands over to an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.checking import Invalid
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.forms import RowForm
from gongjian.ledgers.queries.asking import COLUMNS, Asked, asked
from gongjian.ledgers.registry import find_ledger, find_records
from gongjian.ledgers.views.dating import dating
from gongjian.people.models import Department
from gongjian.people.permissions import Asker, Forbidden, reach, require
from gongjian.people.roles import Permission
from gongjian.ui.dating import DateShown

P = ParamSpec("P")
CONFLICT, UNPROCESSABLE = 409, 422  # HTTP
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_viewers(view: View[P]) -> View[P]:
    """A page for whoever may see ledgers; a visitor is asked to sign in."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require(request.user, Permission.LEDGER_VIEW)
        return view(request, *args, **kwargs)

    return login_required(asked_first)  # type: ignore[return-value] # the same, by another name for a callable


def ledger_or_404(slug: str) -> Ledger:
    """The ledger of an address."""
    found: Ledger = _or_404(find_ledger, slug)
    return found


def records_or_404(slug: str) -> RecordKind:
    """The kind of record of an address."""
    found: RecordKind = _or_404(find_records, slug)
    return found


def asked_of(request: HttpRequest, table: Table) -> tuple[Asked, DateShown]:
    """What an address asks of a table's list, and the day shown; columns chosen once stay for the session."""
    shown = dating(request)
    given = {name: str(value) for name, value in request.GET.items()}
    kept = f"columns:{table.slug}"
    if COLUMNS in given:
        given[COLUMNS] = ",".join(request.GET.getlist(COLUMNS))
        request.session[kept] = given[COLUMNS]
    else:
        given[COLUMNS] = request.session.get(kept, "")
    return asked(table, given, shown.on, past=not shown.is_today), shown


def writable(user: Asker, permission: Permission) -> list[Department]:
    """The departments in use that somebody may write for."""
    found = reach(user, permission)
    active = Department.objects.filter(active=True)
    return list(active if found.everywhere else active.filter(pk__in=found.departments))


@dataclass(slots=True)
class Attempt:
    """How it went: done with the ``result`` of the action, or a refusal to show; the status its page is answered with."""

    result: Any = None
    done: bool = False
    refusal: str = ""
    status: int = 200


def attempt(request: HttpRequest, act: Callable[[], Any], done: str, form: RowForm | None = None) -> Attempt:
    """Call the action; say ``done``, or show what is wrong where it is wrong. ``Forbidden`` goes on to its own page."""
    try:
        result = act()
    except Forbidden:
        raise
    except Invalid as wrong:
        if form is None:
            return Attempt(refusal=str(wrong), status=UNPROCESSABLE)
        form.take(wrong.faults)
        return Attempt(status=UNPROCESSABLE)
    except Refusal as refusal:
        return Attempt(refusal=str(refusal), status=CONFLICT)
    messages.success(request, done)
    return Attempt(result, done=True)


def day_query(shown: DateShown, lead: str = "?") -> str:
    """What links carry to stay on the day shown."""
    return "" if shown.is_today else f"{lead}on={shown.on.isoformat()}"


def crumbs(*said: tuple[str, str]) -> list[Mapping[str, str]]:
    """The path to a page: titles with their addresses."""
    return [{"title": title, "url": url} for title, url in said]


def _or_404(find: Callable[[str], Any], slug: str) -> Any:
    try:
        return find(slug)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
