"""Play the story through the same actions people use, in order of time, in one transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from gongjian.files.actions import Received
from gongjian.people.models import Department, User
from gongjian.plans.actions import milestones, reporting
from gongjian.plans.models import Commitment, Measure, Programme, Report
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board
from gongjian.plans.queries.reports import due_days
from gongjian.project.demonstration.helping import PROOFS, Company, closings, contributions, proofs
from gongjian.project.demonstration.scenes import Scene
from gongjian.project.demonstration.story import Subject, Told, tell
from gongjian.trail.office_day import start_of

SEED = 28  # the number of the document
MILESTONES = (  # key, what it begins with, done on, evidence, document
    ("W8.1", "水生态", date(2020, 6, 18), "调查评估工作已启动，委托单位进场，首次采样完成。", "水生态调查评估启动会纪要（模拟）"),
    ("S2.1", "重点行业", date(2020, 9, 22), "重点行业企业用地采样与检测完成，成果已上报。", "详查成果报送函（模拟）"),
    ("S6.1", "纳入应急体系", date(2020, 8, 5), "突发环境事件应急预案已修订并印发，增加土壤污染处置章节。", "应急预案修订稿（模拟）"),
    ("S4.1", "名录更新", date(2020, 6, 24), "名录已更新并在门户网站公开。", "2020年重点监管单位名录公告（模拟）"),
    ("A22.1", "清单年度更新", date(2020, 10, 13), "应急减排清单完成年度更新，已报市级平台。", "应急减排清单报送单（模拟）"),
)


@transaction.atomic
def play(programme: Programme, people: dict[str, User], writers: dict[str, User], until: datetime) -> int:
    """Act out every report and milestone before ``until``; returns how many reports were written.

    ``writers`` are by department name; measures led by a department nobody of the demonstration works in stay unreported.
    """
    stage = board(programme, programme.issued_on)
    measures = {measure.key: measure for measure in programme.measures.select_related("programme")}
    hands = {row.key: next((writers[holder.name] for holder in row.lead if holder.name in writers), None) for row in stage.rows}
    subjects = [Subject(row.key, row.title.split("；")[0], row.lead[0].name) for row in stage.rows if hands[row.key]]
    due = due_days(programme)
    told = list(tell(subjects, due, until, SEED))
    shown = _with_files(told)
    scenes = [scene for one in told for scene in _scenes(one, measures[one.measure], hands[one.measure], people["tongchou"], shown)]
    company = Company(writers, {row.name: row for row in Department.objects.filter(name__in=writers)})
    scenes += contributions(stage.rows, measures, company, until, SEED)
    scenes += closings(programme, list(due), people["tongchou"])
    scenes += _milestones(measures, people["tongchou"], until)
    for _, act in sorted((scene for scene in scenes if scene[0] < until), key=lambda scene: scene[0]):
        act()
    return len(told)


def _with_files(told: list[Told]) -> dict[Told, tuple[Received, ...]]:
    """Files for some reports of the latest month."""
    latest = max((one.month for one in told), default=None)
    chosen = [one for one in told if one.month == latest][::4][:PROOFS]
    return {one: proofs(f"{one.measure}:{one.month}", one.handed_in) for one in chosen}


def _scenes(told: Told, measure: Measure, writer: User | None, reviewer: User, shown: dict[Told, tuple[Received, ...]]) -> list[Scene]:
    if writer is None:
        return []
    first = partial(_hand_in, told, measure, writer, told.handed_in, shown.get(told, ()))
    scenes: list[Scene] = [(told.handed_in, first)]
    for back, why, again in told.returned:
        scenes.append((back, partial(_return, told, measure, why, reviewer, back)))
        scenes.append((again, partial(_hand_in, told, measure, writer, again)))
    if told.accepted:
        scenes.append((told.accepted, partial(_accept, told, measure, reviewer, told.accepted)))
    return scenes


def _report(told: Told, measure: Measure) -> Report | None:
    return Report.objects.filter(measure=measure, month=told.month.first).first()


def _hand_in(told: Told, measure: Measure, writer: User, at: datetime, files: tuple[Received, ...] = ()) -> None:
    seen = _report(told, measure)
    account = reporting.Account(told.standing, told.progress, told.difficulties, told.next_steps)
    reporting.write_and_submit(measure, told.month, account, by=writer, at=at, version=seen.version if seen else None, files=files)


def _return(told: Told, measure: Measure, why: str, reviewer: User, at: datetime) -> None:
    if report := _report(told, measure):
        reporting.send_back(report, why, by=reviewer, at=at)


def _accept(told: Told, measure: Measure, reviewer: User, at: datetime) -> None:
    if report := _report(told, measure):
        reporting.accept(report, by=reviewer, at=at)


def _milestones(measures: dict[str, Measure], by: User, until: datetime) -> list[Scene]:
    found = Commitment.objects.filter(measure__in=measures.values(), kind=CommitmentKind.MILESTONE, replaced_at=None)
    by_key = {(row.measure_id, row.what): row for row in found}
    scenes: list[Scene] = []
    for key, begins, day, evidence, document in MILESTONES:
        at = start_of(day) + timedelta(hours=15)
        for (measure, what), row in by_key.items():
            if measure == measures[key].pk and what.startswith(begins) and at < until:
                scenes.append((at, partial(milestones.mark_done, row, day, evidence, document, by=by, at=at)))
    return scenes
