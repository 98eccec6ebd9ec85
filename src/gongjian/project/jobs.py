"""The timetable: what runs by itself, in one process beside the server, on an embedded queue."""

import logging
from datetime import timedelta

from django.conf import settings
from huey import SqliteHuey, crontab

from gongjian.alarms.actions.inspecting import look_through
from gongjian.alarms.actions.sweeping import sweep as judge
from gongjian.cases.actions.arising import sweep
from gongjian.cases.actions.waking import wake
from gongjian.indicators.actions.freezing import freeze_settled
from gongjian.indicators.actions.remembering import remember
from gongjian.indicators.queries.rechecking import recheck
from gongjian.inspections.actions.opening import mark_overdue, open_turns
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions.registers import refresh
from gongjian.ledgers.importing.actions import carry_out, expire
from gongjian.ledgers.registers import derived_registers
from gongjian.mobile.actions import score_vehicles, watch_vehicles
from gongjian.notices.actions import deliver_waiting, prune
from gongjian.plans.actions.reminding import remind_due
from gongjian.plans.queries.board import board
from gongjian.plans.queries.programmes import programmes
from gongjian.project.demonstration.alarms import continue_hours, last_heard
from gongjian.project.demonstration.live import continue_live
from gongjian.supervision.actions.climbing import climb
from gongjian.supervision.actions.firing import fire
from gongjian.telemetry import actions as telemetry
from gongjian.trail import actions as trail
from gongjian.trail import queries as trail_queries
from gongjian.trail.clock import now, today

log = logging.getLogger("gongjian.jobs")
NIGHTS = 7  # days made up for where the timetable stood still
settings.HOME.mkdir(parents=True, exist_ok=True)
timetable = SqliteHuey("gongjian", filename=str(settings.HOME / "jobs.sqlite3"), utc=False)


@timetable.periodic_task(crontab(minute="*"), name="seal-trail")  # type: ignore[untyped-decorator]  # huey ships no types
def seal_trail() -> None:
    """Seal what has been recorded since the last minute."""
    trail.seal(now=now())


@timetable.periodic_task(crontab(minute="*"), name="deliver-notices")  # type: ignore[untyped-decorator]
def deliver_notices() -> None:
    """Carry out what is due, digests too: a digest is only a notice that waits for its hour, so a night missed is made up for at once."""
    deliver_waiting(now=now)


@timetable.periodic_task(crontab(minute="20", hour="3"), name="prune-notices")  # type: ignore[untyped-decorator]
def prune_notices() -> None:
    """Every night: forget notices of more than a year ago."""
    prune(now=now())


@timetable.periodic_task(crontab(minute="5"), name="wake-cases")  # type: ignore[untyped-decorator]
def wake_cases() -> None:
    """Every hour, so that a night missed is made up for: resume the cases whose pause is over."""
    wake(at=now())


@timetable.periodic_task(crontab(minute="*"), name="find-problems")  # type: ignore[untyped-decorator]
def find_problems() -> None:
    """Every minute: what was recorded and fits a rule in use becomes a case; one query while nothing was written."""
    sweep(at=now())


@timetable.periodic_task(crontab(minute="*"), name="keep-today")  # type: ignore[untyped-decorator]
def keep_today() -> None:
    """Every minute: work out today's lights where something was written, so that seldom a person waits for it."""
    for programme in programmes():
        board(programme, today())


@timetable.periodic_task(crontab(minute="35"), name="supervise")  # type: ignore[untyped-decorator]
def supervise() -> None:
    """Every hour, so that a night missed is made up for: let the rules of supervision fire, then the orders climb the ladder."""
    moment = now()
    fire(at=moment)
    climb(at=moment)


@timetable.periodic_task(crontab(minute="15", hour="8-18"), name="remind-reports")  # type: ignore[untyped-decorator]
def remind_reports() -> None:
    """Every hour of the office, so that a morning missed is made up for: tell who owes a report what the table says they hear today."""
    remind_due(at=now())


@timetable.periodic_task(crontab(minute="15"), name="open-turns")  # type: ignore[untyped-decorator]
def open_duty_turns() -> None:
    """Every hour, so that a night missed is made up for: make the tasks of duties whose turn has come, note those that are over."""
    moment = now()
    open_turns(at=moment)
    mark_overdue(at=moment)


@timetable.periodic_task(crontab(minute="30", hour="2"), name="verify-trail")  # type: ignore[untyped-decorator]
def verify_trail() -> None:
    """Every night: is the log as it was written."""
    result = trail_queries.verify()
    if not result.ok:
        log.error("操作日志核验不通过：%s", result.first_bad)


@timetable.periodic_task(crontab(minute="10", hour="1"), name="keep-readings")  # type: ignore[untyped-decorator]
def keep_readings() -> None:
    """Every night: remember how each indicator stood on the days just over, freeze the periods that are closed and settled."""
    moment = now()
    remember([moment.date() - timedelta(back) for back in range(1, NIGHTS + 1)], now=moment)
    freeze_settled(now=moment)


@timetable.periodic_task(crontab(minute="30", hour="0"), name="derive-registers")  # type: ignore[untyped-decorator]
def derive_registers() -> None:
    """Every night: who is in the derived registers by what was known when the day was over."""
    moment = now()
    for register in derived_registers():
        refresh(register, moment.date() - timedelta(1), at=moment)


@timetable.periodic_task(crontab(minute="40"), name="watch-vehicles")  # type: ignore[untyped-decorator]
def watch() -> None:
    """Every hour, so that a night missed is made up for, at night before the scores: the days of vehicles that report by themselves."""
    watch_vehicles(at=now())


@timetable.periodic_task(crontab(minute="50", hour="0"), name="score-vehicles")  # type: ignore[untyped-decorator]
def score() -> None:
    """Every night: whom to check first today."""
    moment = now()
    score_vehicles(moment.date(), at=moment)


@timetable.periodic_task(crontab(minute="40", hour="1"), name="recheck-readings")  # type: ignore[untyped-decorator]
def recheck_readings() -> None:
    """Every night: do frozen readings still come out the same."""
    for difference in recheck(now()):
        log.log(logging.ERROR if difference.altered else logging.WARNING, difference.words())


@timetable.periodic_task(crontab(minute="*"), name="continue-demonstration")  # type: ignore[untyped-decorator]
def continue_demonstration() -> None:
    """Every minute of a demonstration: the made-up outlets go on saying what they say."""
    if settings.DEMONSTRATION and (heard := last_heard()) is not None:
        today, moment = settings.GONGJIAN_DEMONSTRATION_DAY or now().date(), now()
        continue_hours(today, heard, moment)
        continue_live(today, moment)


@timetable.periodic_task(crontab(minute="15", hour="2"), name="inspect-data")  # type: ignore[untyped-decorator]
def inspect_data() -> None:
    """Every night: what looks wrong in the data of the month so far."""
    until = now().date() - timedelta(1)
    look_through(until.replace(day=1), until, now=now())


@timetable.periodic_task(crontab(minute="*"), name="judge-alarms")  # type: ignore[untyped-decorator]
def judge_alarms() -> None:
    """Every minute, should nobody sweep beside the gateway: judge what was written, find who is silent although nothing comes at all."""
    judge(now=now())


@timetable.periodic_task(crontab(minute="*"), name="fold-uploads")  # type: ignore[untyped-decorator]
def fold_uploads() -> None:
    """Every minute: hourly and daily values devices sent become observations of their stations."""
    telemetry.fold(now=now())


@timetable.periodic_task(crontab(minute="0", hour="4"), name="pack-uploads")  # type: ignore[untyped-decorator]
def pack_uploads() -> None:
    """Every night: drop what has been kept long enough, pack the days that are over, move closed months into files and look at some."""
    moment = now()
    telemetry.forget_expired(now=moment)
    telemetry.pack_days(now=moment)
    for wrong in telemetry.check_archive(now=moment):
        log.error(wrong)
    try:
        telemetry.archive_months(now=moment)
    except Refusal as refusal:
        log.error("%s", refusal)  # noqa: TRY400 - the sentence says it


@timetable.periodic_task(crontab(minute="20", hour="3"), name="expire-imports")  # type: ignore[untyped-decorator]
def expire_imports() -> None:
    """Every night: drop the sheets nobody has decided on for thirty days."""
    expire(at=now())


@timetable.task(name="work-on-import")  # type: ignore[untyped-decorator]
def work_on_import(pk: int) -> None:
    """The dry run or the writing of a large sheet, when somebody asks for it."""
    carry_out(pk, at=now())
