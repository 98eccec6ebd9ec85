"""Taking a case one step on: every arrow of the flow goes through ``take``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjian.cases import clocks
from gongjian.cases.actions.changing import fitting, locked, refuse_stale
from gongjian.cases.actions.effects import EFFECTS
from gongjian.cases.actions.noticing import notice_step
from gongjian.cases.actions.telling import tell
from gongjian.cases.declaration import CaseKind
from gongjian.cases.flow import ANEW, APART, AWAITED, LOOP
from gongjian.cases.models import OPEN, Case, CaseStep, Postponement, State
from gongjian.cases.queries.concerning import concerned
from gongjian.cases.queries.lacking import lacking
from gongjian.cases.queries.since import taken
from gongjian.cases.registry import find_kind
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

TEXTS = ("reason", "measures", "outcome", "finding", "note")  # what a step may say in words; one of them is its text


@dataclass(frozen=True, slots=True)
class Moment:
    """How a case stood before a step."""

    state: str
    since: datetime
    due_at: datetime | None


@transaction.atomic
def take(
    case: Case, name: str, carried: Mapping[str, Any], *, by: User | None, at: datetime, version: int | None = None, token: str = ""
) -> Case:
    """Take the step ``name``; the case as it is afterwards.

    ``carried`` holds what the flow requires of the step, by name, and ``note`` where nothing is required: texts, ``department`` (a
    Department), ``until`` (a date), ``into`` (a Case). ``version`` is the one the person saw; ``token`` names the form, so that the same
    form sent twice is one step. Refusal for a wrong state, something missing, a stale version; Forbidden for the wrong person.
    """
    case = locked(case)
    if taken(case, name, token):
        return case
    refuse_stale(case, version)
    arrow, kind = LOOP.step(State(case.state), name), find_kind(case.kind)
    permission = Permission(arrow.permission)
    require(by, permission, departments=concerned(case, permission), on=local_day(at))
    _require_apart(case, arrow, by)
    if isinstance(into := carried.get("into"), Case):
        require(by, Permission.CASE_VIEW, departments=concerned(into, Permission.CASE_VIEW), on=local_day(at))
    LOOP.take(State(case.state), name, carried)
    if missing := lacking(case, kind, name):
        msg = f"“{arrow.words()}”之前还缺：{'；'.join(missing)}。"
        raise Refusal(msg)
    text = next((fitting(LOOP.requirements.get(key, "说明"), str(carried[key])) for key in TEXTS if carried.get(key)), "")
    before = Moment(case.state, case.since, case.due_at)
    _move(case, kind, arrow, carried, before, at)
    _keep(case, name, text, carried, before, by=by, at=at, token=token)
    _let_requests_lapse(case, before, at)
    notice_step(case, name, text, by=by, at=at)
    record(
        f"case.{name}",
        case,
        by=by,
        at=at,
        before={"state": before.state},
        after={"state": case.state, "department": case.department and case.department.name},
        note=text,
    )
    tell(case, name, text, at=at)
    return case


def _require_apart(case: Case, arrow: Step[State], by: User | None) -> None:
    """A second person: nobody verifies what they told themselves."""
    if by is None or not (others := APART.get(arrow.name)):
        return
    if CaseStep.objects.filter(case=case, step__in=others, by=by).exists():
        done = "、".join(dict.fromkeys(step.words() for step in LOOP.steps if step.name in others))
        msg = f"“{arrow.words()}”须由另一个人办：您已经在这个问题上办过“{done}”，请同事或统筹办来办。"
        raise Forbidden(msg)


def _move(case: Case, kind: CaseKind, arrow: Step[State], carried: Mapping[str, Any], before: Moment, at: datetime) -> None:
    """Change the row: state, clock and what the step itself brings."""
    case.state, case.since = arrow.target, at
    case.round += arrow.name in ANEW
    case.late = case.late or _is_late(before, at)
    goes_on = _goes_on(before.state, arrow.target)
    case.due_at = before.due_at if goes_on else clocks.due_from(kind, case.level, arrow.target, at, clocks.office(at))
    if effect := EFFECTS.get(arrow.name):
        effect(case, kind, carried, at)
    case.version += 1
    case.save()


def _goes_on(before: str, after: str) -> bool:
    """Whether the same clock goes on: another state that waits for the same step."""
    return before != after and AWAITED.get(State(before)) == AWAITED.get(State(after))


def _is_late(before: Moment, at: datetime) -> bool:
    return before.due_at is not None and at > before.due_at


def _keep(
    case: Case, name: str, text: str, carried: Mapping[str, Any], before: Moment, *, by: User | None, at: datetime, token: str
) -> None:
    CaseStep.objects.create(
        case=case,
        kind=case.kind,
        step=name,
        before=before.state,
        state=case.state,
        since=before.since,
        due_at=before.due_at,
        late=_is_late(before, at),
        department_id=case.department_id,
        round=case.round,
        text=text,
        carried={key: _plain(value) for key, value in carried.items() if key not in TEXTS and value},
        at=at,
        on=local_day(at),
        by=by,
        by_label=str(by) if by else "系统",
        token=token,
        open_change=(case.state in OPEN) - (before.state in OPEN) or None,
        closed_change=(case.state == State.CLOSED) - (before.state == State.CLOSED),
    )


def _plain(value: object) -> str:
    """What a step carried, as it is written down."""
    return value.isoformat() if isinstance(value, date) else value.number if isinstance(value, Case) else str(value)


def _let_requests_lapse(case: Case, before: Moment, at: datetime) -> None:
    """A request for more time ends with the state it was made in."""
    if not _goes_on(before.state, case.state):
        Postponement.objects.filter(case=case, answered_at=None).update(
            granted=False, answer="该环节已经办结，申请自动失效", answered_at=at, answered_by="系统"
        )
