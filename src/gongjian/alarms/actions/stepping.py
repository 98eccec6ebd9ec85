"""What people do with an alarm: every arrow they may take goes through ``take``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjian.alarms.actions.changing import fitting, locked, refuse_stale, require_apart
from gongjian.alarms.actions.filing import case_of_alarm
from gongjian.alarms.actions.moving import Said, moved
from gongjian.alarms.actions.noticing import tell_answer, tell_explained
from gongjian.alarms.flow import ALARM, SYSTEM
from gongjian.alarms.models import Alarm, AlarmPaper, AlarmStep
from gongjian.alarms.states import AlarmState, Cause
from gongjian.cases.evidence.keeping import discard, keep
from gongjian.cases.evidence.sniffing import file_type
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day

MOST_PAPERS = 10  # of one explanation
LONGEST_TELLER = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """A file given with an explanation: what it says it is called, and a random ``key`` of 32 hexadecimal digits."""

    name: str
    data: bytes
    key: str


@transaction.atomic
def take(
    alarm: Alarm,
    name: str,
    carried: Mapping[str, str],
    *,
    by: User | None,
    at: datetime,
    papers: Sequence[Paper] = (),
    version: int | None = None,
    token: str = "",
) -> Alarm:
    """Take the step ``name``; the alarm as it is afterwards.

    ``carried`` holds what the flow requires (``words``; ``cause``, one of ``Cause``) and ``teller``, who in the company said so.
    ``version`` is the one the person saw; ``token`` names the form: sent twice it is one step. Refusal for a wrong state, something
    missing, a stale version; Forbidden for the wrong person.
    """
    alarm = locked(alarm)
    if token and AlarmStep.objects.filter(alarm=alarm, step=name, token=token).exists():
        return alarm
    refuse_stale(alarm, version)
    arrow = ALARM.step(AlarmState(alarm.state), name)
    if arrow.permission == SYSTEM:
        msg = f"“{arrow.words()}”由系统按规则执行，不能由个人办理。"
        raise NotAllowed(msg)
    require(by, Permission(arrow.permission), departments=[alarm.outlet.department_id], on=local_day(at))
    require_apart(alarm, arrow, by)
    told = fitting(carried)
    state = ALARM.take(AlarmState(alarm.state), name, told)
    if arrow.name == "explain":
        _explained(alarm, told, papers, by=by, at=at)
    if state is AlarmState.CASED:
        alarm.case = case_of_alarm(alarm, f"{arrow.words()}：{told['words']}", at=at)
    said = Said(told.get("words", ""), told.get("cause", ""), told.get("teller", ""), token)
    moved(alarm, name, state, by=by, at=at, said=said)
    _tell(alarm, name, said.words, at)
    return alarm


def _explained(alarm: Alarm, told: Mapping[str, str], papers: Sequence[Paper], *, by: User | None, at: datetime) -> None:
    if told["cause"] not in Cause.values:
        msg = f"“原因类别”须在{'、'.join(str(label) for label in Cause.labels)}中选一项。"
        raise Refusal(msg)
    if len(told.get("teller", "")) > LONGEST_TELLER:
        msg = f"“企业说明人”最多 {LONGEST_TELLER} 个字。"
        raise Refusal(msg)
    if AlarmPaper.objects.filter(alarm=alarm).count() + len(papers) > MOST_PAPERS:
        msg = f"一条报警最多附 {MOST_PAPERS} 个文件，请合并后再上传。"
        raise Refusal(msg)
    alarm.reason = told["cause"]
    _keep(alarm, papers, by=by, at=at)


def _keep(alarm: Alarm, papers: Sequence[Paper], *, by: User | None, at: datetime) -> None:
    """All the files or none; those of a failed giving are taken away again."""
    known = [(paper, file_type(paper.data, paper.name)) for paper in papers]
    written: list[str] = []
    try:
        for paper, kind in known:
            written.append(keep(paper.data, paper.key, kind.ending))
            AlarmPaper.objects.create(
                alarm=alarm,
                title=paper.name[:120],
                path=written[-1],
                content_type=kind.content_type,
                size=len(paper.data),
                at=at,
                by_label=str(by) if by else "系统",
            )
    except Exception:
        discard(*written)
        raise


def _tell(alarm: Alarm, name: str, words: str, at: datetime) -> None:
    if name == "explain":
        tell_explained(alarm, words, at=at)
    elif name in ("accept", "reject"):
        tell_answer(alarm, "说明已采纳" if name == "accept" else "说明未被采纳，已立案", words, at=at)
