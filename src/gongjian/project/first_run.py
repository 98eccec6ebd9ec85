"""What a fresh installation needs before it can serve: tables, static files, the built-in plan and, in the demonstration, its people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.models import Max, Min
from django.test.utils import override_settings

from gongjian.air import actions as air
from gongjian.air.models import AirDay
from gongjian.alarms.models import Alarm, Outlet
from gongjian.assessment.actions.schemes import seed_scheme
from gongjian.assessment.models import Assessment
from gongjian.indicators.actions.remembering import remember
from gongjian.inspections.models import Duty
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.registry import record_kinds
from gongjian.mobile.models import Vehicle
from gongjian.notices import actions as notices
from gongjian.people import actions as people
from gongjian.people.models import CalendarDay, User
from gongjian.plans.actions.loading import load_document
from gongjian.plans.models import Measure, Programme
from gongjian.plans.planfile.toml_format import read_plan_file
from gongjian.plans.queries.board import WEEKS
from gongjian.plans.queries.programmes import programmes
from gongjian.project.demonstration.accounts import listed, make_accounts
from gongjian.project.demonstration.alarms import make_alarms
from gongjian.project.demonstration.assessment import SECOND, make_assessments
from gongjian.project.demonstration.cases import play_cases
from gongjian.project.demonstration.inspections import make_inspections
from gongjian.project.demonstration.live import make_live
from gongjian.project.demonstration.mobile import make_mobile
from gongjian.project.demonstration.orders import OFFICE, make_orders
from gongjian.project.demonstration.play import play
from gongjian.standards.air.pollutants import Pollutant
from gongjian.supervision.actions.ruling import seed_rules
from gongjian.supervision.models import OPEN, Order, OrderRule
from gongjian.telemetry.actions import seed_retention
from gongjian.trail.actions import seal
from gongjian.trail.clock import now
from gongjian.trail.office_day import end_of, start_of

Say = Callable[[str], object]
BUILT_IN = "bda-2020"
LOOKED_AT_FIRST = timedelta(days=7)  # an office reads the rules of supervision and retention before the first of them fires
UNREAD = timedelta(days=14)  # how far back the demonstration's people have not read their messages


def prepare(*, say: Say) -> list[str]:
    """Make ready what is missing; returns what there is, in words. Quick when nothing is missing."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static(say)
    if not CalendarDay.objects.exists():
        people.seed_calendar(range(2018, 2027), by=None, at=now())
    if not Programme.objects.exists():
        _load_built_in(say)
    if not AirDay.objects.exists():
        say("正在载入亦庄 2018—2020 年逐时空气质量（真实数据）……")
        air.load_built_in(by=None, at=now())
    if not OrderRule.objects.exists():
        seed_rules(by=None, at=now(), since=date(now().year, 1, 1) if settings.DEMONSTRATION else now().date() + LOOKED_AT_FIRST)
    seed_retention(by=None, at=now(), since=date(now().year, 1, 1) if settings.DEMONSTRATION else now().date() + LOOKED_AT_FIRST)
    if settings.DEMONSTRATION and not Vehicle.objects.exists():
        _make_mobile(say)
    if settings.DEMONSTRATION and not Outlet.objects.exists():
        _make_alarms(say)
    if settings.DEMONSTRATION and not Duty.objects.exists():
        _make_inspections(say)
    if settings.DEMONSTRATION and not Order.objects.exists():
        _make_orders(say)
    seed_scheme(by=None, at=now())
    if settings.DEMONSTRATION and not Assessment.objects.exists():
        _make_assessments(say)
    return [*_plans_in_words(), *_air_in_words(), *_mobile_in_words(), *_alarms_in_words(), *_orders_in_words(), *_accounts_in_words()]


def _collect_static(say: Say) -> None:
    """Copy static files once for each state of the package."""
    mark = settings.HOME / "static" / ".collected"
    newest = str(max(path.stat().st_mtime_ns for path in Path(__file__).parents[1].rglob("static/**/*")))
    if mark.exists() and mark.read_text(encoding="utf-8") == newest:
        return
    say("正在准备页面文件……")
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(newest, encoding="utf-8")


def _load_built_in(say: Say) -> None:
    say("正在载入内置的 2020 年行动计划……")
    with resources.as_file(resources.files("gongjian.plans") / "data" / f"{BUILT_IN}.toml") as path:
        document = read_plan_file(path)
    issued = document.head.date
    at = start_of(issued) if issued else now()
    programme = load_document(document, slug=BUILT_IN, filename=f"{BUILT_IN}.toml", by=None, at=at)
    if settings.DEMONSTRATION:
        _play(programme, at, say)


def _play(programme: Programme, at: datetime, say: Say) -> None:
    say("正在生成演示部门、账号和半年的月报（模拟数据）……")
    with ExitStack() as stack:
        stack.enter_context(override_settings(GONGJIAN_COURIERS=[]))  # a made-up past is told in the inboxes only
        users = make_accounts(at=at)
        writers = {
            post.department.name: user for user in users.values() for post in user.posts.all() if post.role == "officer" and post.department
        }
        today = settings.GONGJIAN_DEMONSTRATION_DAY
        end = min(now(), end_of(today)) if today else now()
        play(programme, users, writers, end)
        for user in users.values():
            notices.mark_all_read(by=user, at=end - UNREAD)
    seal(now=now())


def _make_mobile(say: Say) -> None:
    """Nothing where the departments it needs are not there: an installation with another plan."""
    say("正在生成移动源台账与记录（模拟数据）……")
    try:
        make_mobile(settings.GONGJIAN_DEMONSTRATION_DAY or now().date(), say=lambda _: None)
    except Refusal as refusal:
        say(f"没有生成移动源演示数据：{refusal}")
    _play_cases(say)
    seal(now=now())
    remember(_days_looked_back_on(), now=now())


def _play_cases(say: Say) -> None:
    """Only where the demonstration's people are: they deal with what the records bring up."""
    users = {user.username: user for user in User.objects.prefetch_related("posts__department")}
    if not {"tongchou", "jiancha"} <= users.keys():
        return
    say("正在生成问题闭环（模拟数据）……")
    today = settings.GONGJIAN_DEMONSTRATION_DAY or now().date()
    with override_settings(GONGJIAN_COURIERS=[]):
        play_cases(users, start_of(today))
        for user in users.values():
            notices.mark_all_read(by=user, at=start_of(today) - UNREAD)


def _make_orders(say: Say) -> None:
    """A week of supervision; nothing where the people it needs are not there."""
    if not User.objects.filter(username=OFFICE).exists():
        return
    say("正在生成督办单（按规则触发，办理过程为模拟）……")
    with override_settings(GONGJIAN_COURIERS=[]):  # a made-up past is told in the inboxes only
        make_orders(settings.GONGJIAN_DEMONSTRATION_DAY or now().date())


def _make_inspections(say: Say) -> None:
    """After the mobile sources, whose fuel stations are visited."""
    say("正在生成履职事项、检查任务和双随机抽查（模拟数据）……")
    with ExitStack() as stack:
        stack.enter_context(override_settings(GONGJIAN_COURIERS=[]))  # a made-up past is told in the inboxes only
        make_inspections(settings.GONGJIAN_DEMONSTRATION_DAY or now().date())
    seal(now=now())


def _make_assessments(say: Say) -> None:
    """Two months of assessment; nothing where the people they need are not there."""
    if User.objects.filter(username__in=[OFFICE, SECOND]).count() < len({OFFICE, SECOND}):
        return
    say("正在生成考核（评分按规则，异议为模拟）……")
    with override_settings(GONGJIAN_COURIERS=[]):  # a made-up past is told in the inboxes only
        make_assessments(settings.GONGJIAN_DEMONSTRATION_DAY or now().date())


def _make_alarms(say: Say) -> None:
    say("正在生成排放口、一周的监测数据和报警（模拟数据）……")
    today = settings.GONGJIAN_DEMONSTRATION_DAY or now().date()
    with override_settings(GONGJIAN_COURIERS=[]):  # a made-up past is told in the inboxes only
        make_alarms(today, now())
        make_live(today, now())
    seal(now=now())


def _days_looked_back_on() -> list[date]:
    """The days whose lights the map shows beside today's: remembered from the start, as the nights would have done it."""
    today = settings.GONGJIAN_DEMONSTRATION_DAY or now().date()
    return [today - timedelta(7 * weeks) for weeks in range(1, WEEKS + 1)]


def _plans_in_words() -> list[str]:
    return [
        f"已载入：{programme.title}（{programme.number}），{Measure.objects.filter(programme=programme, withdrawn_at=None).count()} 条措施"
        for programme in programmes()
    ]


def _air_in_words() -> list[str]:
    days = AirDay.objects.filter(replaced_at=None, pollutant=Pollutant.PM25).aggregate(first=Min("day"), last=Max("day"))
    return [f"空气质量：亦庄站 {days['first']} 至 {days['last']}（真实数据，来源见“监测”页）"] if days["first"] else []


def _mobile_in_words() -> list[str]:
    if not settings.DEMONSTRATION or not (vehicles := Vehicle.objects.count()):
        return []
    counted = sum(kind.model._default_manager.count() for kind in record_kinds())  # noqa: SLF001 - Django's public name
    return [f"移动源：机动车 {vehicles:,} 辆，检查等记录 {counted:,} 条（模拟数据）"]


def _orders_in_words() -> list[str]:
    if not settings.DEMONSTRATION or not (orders := Order.objects.count()):
        return []
    return [f"督办单：{orders} 份，其中未办结 {Order.objects.filter(state__in=OPEN).count()} 份（办理过程为模拟数据）"]


def _alarms_in_words() -> list[str]:
    if not settings.DEMONSTRATION or not (outlets := Outlet.objects.filter(simulated=True).count()):
        return []
    return [f"在线监测：排放口 {outlets} 个，报警 {Alarm.objects.count()} 条（模拟数据）"]


def _accounts_in_words() -> list[str]:
    if not settings.DEMONSTRATION:
        return ["正式运行：如尚无管理员，请运行 gongjian people administrator 用户名。"]
    password, accounts = listed()
    return [f"演示账号（密码均为 {password}）：" + "；".join(f"{a.username} {a.words}" for a in accounts[:7]) + " 等，登录页有全部名单"]
