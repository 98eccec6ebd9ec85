"""An invented county to try things on: a plan of six measures, the departments it names, and one person for every role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser

from gongjian.kernel.deadlines import parse_deadline
from gongjian.kernel.months import Month
from gongjian.people import actions as people
from gongjian.people.models import Department, DepartmentGroup, User
from gongjian.people.roles import Role
from gongjian.plans.actions import reporting
from gongjian.plans.actions.loading import load_document
from gongjian.plans.models import Commitment, Measure, Programme, Report, Wording
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind

ISSUED = date(2020, 3, 2)
SLUG = "bin-2020"
AIR, WATER = "打赢蓝天保卫战2020年行动计划", "打好碧水保卫战2020年行动计划"
GROUP = "各相关部门"
HEAD = model.PlanHead("滨政发〔2020〕7号", "滨县人民政府", "林远", ISSUED, "滨县污染防治攻坚战2020年行动计划")
DEPARTMENTS = (
    model.DepartmentEntry("城建局", aliases=("住建局",)),
    model.DepartmentEntry("交通局"),
    model.DepartmentEntry("水务局"),
    model.DepartmentEntry("公安分局", "police"),
    model.DepartmentEntry("滨河街道", "street"),
)
DIRECTORY = model.Directory(DEPARTMENTS, (GROUP,))
WORDS = {  # digest, and the document's own words
    "A1.1": ("重型柴油车检查不少于一万辆次", "加强重型柴油货车路检路查，全年检查不少于一万辆次，超标车辆全部移交处罚。"),
    "A1.2": ("扬尘视频监控平台建成", "建成施工工地扬尘视频监控平台，规模以上工地全部接入，六月底前投入使用。"),
    "A2.1": ("裸露地面全部苫盖", "对建成区裸露地面开展排查，建立清单，能绿则绿，不能绿化的全部苫盖。"),
    "A2.2": ("烟花爆竹禁放宣传", "各单位落实烟花爆竹禁放要求，节前逐户张贴告知书，发现燃放立即劝止。"),
    "W1.1": ("河道断面水质达标率百分之九十五", "推进清水河综合整治，国考断面水质达标率达到百分之九十五以上，十一月中旬前完成清淤。"),
    "W1.2": ("入河排口一口一档", "开展入河排污口溯源，逐一建立档案，按时间节点完成规范化标识牌设置。"),
}
M = CommitmentKind
PROMISES = {
    "A1.1": (model.Commitment(M.TARGET, indicator="mobile.checks", op=">=", value=10000, unit="辆次"), model.Commitment(M.NARRATIVE)),
    "A1.2": (model.Commitment(M.MILESTONE, what="平台上线", due="05-31"), model.Commitment(M.MILESTONE, what="工地全部接入")),
    "A2.1": (model.Commitment(M.NARRATIVE),),
    "W1.1": (
        model.Commitment(M.TARGET, indicator="water.pass_rate", op=">=", value=95, unit="%"),
        model.Commitment(M.MILESTONE, what="清淤"),
    ),
}
PEOPLE = {  # username: role, department
    "guanli": (Role.ADMINISTRATOR, None),
    "tongchou": (Role.COORDINATOR, None),
    "chengjian": (Role.OFFICER, "城建局"),
    "chengjian-zhang": (Role.HEAD, "城建局"),
    "jiaotong": (Role.OFFICER, "交通局"),
    "gongan": (Role.OFFICER, "公安分局"),
    "shuiwu": (Role.OFFICER, "水务局"),
    "jiedao": (Role.OFFICER, "滨河街道"),
    "jiancha": (Role.INSPECTOR, None),
    "lingdao": (Role.LEADER, None),
}


def at(month: int, day: int, hour: int = 10, minute: int = 0, *, year: int = 2020) -> datetime:
    """A moment of the office."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def party(name: str) -> model.Party:
    return model.Party(name, name, group=name == GROUP)


def measure(key: str, plan: str, deadline: str, lead: tuple[str, ...], support: tuple[str, ...] = (), *, printed: bool = False):
    """One measure as our plan file says it, or (``printed``) with the words of the document and without commitments."""
    digest, text = WORDS[key]
    return model.Measure(
        key=key,
        plan=plan,
        section="一、移动源" if key.startswith("A1") else "二、面源" if key.startswith("A") else "一、水体",
        task_no=int(key[1]),
        task={"A1": "车与工地", "A2": "地面与节庆", "W1": "清水河"}[key[:2]],
        measure_no=int(key[-1]),
        deadline=parse_deadline(deadline),
        text=text if printed else "",
        digest="" if printed else digest,
        lead=tuple(map(party, lead)),
        support=tuple(map(party, support)),
        source=model.Place(table=1, row=int(key[-1]), column="工作措施") if printed else None,
        commitments=() if printed else PROMISES.get(key, ()),
    )


def plan(*, printed: bool = False) -> model.PlanDocument:
    """The county's plan."""
    measures = (
        measure("A1.1", AIR, "年底前", ("交通局",), ("公安分局",), printed=printed),
        measure("A1.2", AIR, "6月底前", ("城建局",), printed=printed),
        measure("A2.1", AIR, "长期实施", ("城建局", "滨河街道"), (GROUP,), printed=printed),
        measure("A2.2", AIR, "年底前", (GROUP,), printed=printed),
        measure("W1.1", WATER, "11月15日前", ("水务局",), ("滨河街道",), printed=printed),
        measure("W1.2", WATER, "按时间节点完成", ("水务局",), printed=printed),
    )
    return model.PlanDocument(HEAD, (AIR, WATER), measures, directory=DIRECTORY)


def changed(document: model.PlanDocument, which: str, /, **fields) -> model.PlanDocument:
    """The document with one measure said differently."""
    return replace(document, measures=tuple(replace(m, **fields) if m.key == which else m for m in document.measures))


def without(document: model.PlanDocument, *keys: str) -> model.PlanDocument:
    return replace(document, measures=tuple(m for m in document.measures if m.key not in keys))


def load(document: model.PlanDocument, *, moment: datetime, by: User | None = None, **more) -> Programme:
    return load_document(document, filename="方案.toml", by=by, at=moment, **more)


@dataclass(frozen=True)
class Town:
    """The county as loaded; everything is read afresh when asked for."""

    programme_id: int

    @property
    def programme(self) -> Programme:
        return Programme.objects.get(pk=self.programme_id)

    def user(self, name: str | None):
        return AnonymousUser() if name is None else User.objects.get(username=name)

    def measure(self, key: str) -> Measure:
        return Measure.objects.select_related("programme").get(programme=self.programme_id, key=key)

    def wording(self, key: str) -> Wording:
        return Wording.objects.get(measure__programme=self.programme_id, measure__key=key, replaced_at=None)

    def commitment(self, key: str, **which) -> Commitment:
        return Commitment.objects.get(measure__programme=self.programme_id, measure__key=key, replaced_at=None, **which)

    def report(self, key: str, month: int) -> Report:
        return Report.objects.get(measure__programme=self.programme_id, measure__key=key, month=date(2020, month, 1))

    def written(
        self, key: str, month: int, by: str, moment: datetime, *, standing: str = "on_course", progress: str = "检查三十处。"
    ) -> Report:
        """A draft."""
        seen = Report.objects.filter(measure__key=key, month=date(2020, month, 1)).first()
        account = reporting.Account(standing, progress, "人手不足", "继续推进")
        version = seen.version if seen else None
        return reporting.write(self.measure(key), Month(2020, month), account, by=self.user(by), at=moment, version=version)

    def submitted(self, key: str, month: int, by: str, moment: datetime, **said) -> Report:
        return reporting.submit(self.written(key, month, by, moment, **said), by=self.user(by), at=moment)

    def accepted(self, key: str, month: int, by: str, moment: datetime, **said) -> Report:
        return reporting.accept(self.submitted(key, month, by, moment, **said), by=self.user("tongchou"), at=moment)

    def returned(self, key: str, month: int, by: str, moment: datetime, reason: str = "缺少数量", **said) -> Report:
        return reporting.send_back(self.submitted(key, month, by, moment, **said), reason, by=self.user("tongchou"), at=moment)


def build() -> Town:
    """Load the plan and appoint the people; the collective name stands for 公安分局 and 水务局."""
    people.seed_calendar([2020, 2021], by=None, at=at(1, 1))
    programme = load(plan(), moment=at(3, 2), slug=SLUG)
    for name, (role, department) in PEOPLE.items():
        user = people.create_user(name, f"{department or ''}{role.title}", None, by=None, at=at(3, 2))
        place = Department.objects.get(name=department) if department else None
        people.give_post(user, role, place, since=date(2020, 1, 1), by=None, at=at(3, 2))
    people.create_user("xinren", "新人", None, by=None, at=at(3, 2))  # an account without a post
    group = DepartmentGroup.objects.get(name=GROUP)
    group.everyone = False
    members = Department.objects.filter(name__in=["公安分局", "水务局"])
    people.save_group(group, members=list(members), by=None, at=at(3, 2))
    return Town(programme.pk)
