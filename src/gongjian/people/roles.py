"""Who may do what, as code: the permissions, the roles, and how far each role's permissions reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """What can be allowed; ``SENTENCES`` says each in Chinese."""

    PLAN_VIEW = "plan_view"
    PLAN_LOAD = "plan_load"
    PLAN_ADJUST = "plan_adjust"
    COMMITMENT_FULFIL = "commitment_fulfil"
    REPORT_VIEW = "report_view"
    REPORT_WRITE = "report_write"
    REPORT_REVIEW = "report_review"
    REPORT_FREEZE = "report_freeze"
    REPORT_UNFREEZE = "report_unfreeze"
    PEOPLE_MANAGE = "people_manage"
    CALENDAR_EDIT = "calendar_edit"
    TRAIL_VIEW = "trail_view"
    LEDGER_VIEW = "ledger_view"
    LEDGER_WRITE = "ledger_write"
    RECORD_WRITE = "record_write"
    CASE_VIEW = "case_view"
    CASE_FIND = "case_find"
    CASE_HAND_OVER = "case_hand_over"
    CASE_HANDLE = "case_handle"
    CASE_VERIFY = "case_verify"
    CASE_RULES = "case_rules"
    ORDER_VIEW = "order_view"
    ORDER_ISSUE = "order_issue"
    ORDER_ANSWER = "order_answer"
    ORDER_REVIEW = "order_review"
    ORDER_CLEAR = "order_clear"
    ORDER_RULE = "order_rule"
    TASK_VIEW = "task_view"
    TASK_DO = "task_do"
    TASK_CONFIRM = "task_confirm"
    TASK_MANAGE = "task_manage"
    ASSESSMENT_VIEW = "assessment_view"
    ASSESSMENT_PREVIEW = "assessment_preview"
    ASSESSMENT_OBJECT = "assessment_object"
    ASSESSMENT_MANAGE = "assessment_manage"
    ASSESSMENT_SCHEME = "assessment_scheme"
    ALARM_VIEW = "alarm_view"
    ALARM_ANSWER = "alarm_answer"
    ALARM_REVIEW = "alarm_review"
    LIMIT_WRITE = "limit_write"
    DEVICE_MANAGE = "device_manage"

    @property
    def sentence(self) -> str:
        """What it allows, as the end of “可以…”."""
        return SENTENCES[self]


SENTENCES = MappingProxyType(
    {
        Permission.PLAN_VIEW: "查看行动计划、作战图和亮灯",
        Permission.PLAN_LOAD: "导入行动计划文件并确认",
        Permission.PLAN_ADJUST: "登记年中调整",
        Permission.COMMITMENT_FULFIL: "登记节点完成并附佐证",
        Permission.REPORT_VIEW: "查看月度进展报告",
        Permission.REPORT_WRITE: "填写并提交月度进展报告",
        Permission.REPORT_REVIEW: "采用或退回月度进展报告",
        Permission.REPORT_FREEZE: "封存一个月份的月报",
        Permission.REPORT_UNFREEZE: "解封别人封存的月份",
        Permission.PEOPLE_MANAGE: "管理部门、用户和任职",
        Permission.CALENDAR_EDIT: "维护工作日历",
        Permission.TRAIL_VIEW: "查看全部操作日志",
        Permission.LEDGER_VIEW: "查看台账和记录",
        Permission.LEDGER_WRITE: "登记、导入、更正和退出台账条目",
        Permission.RECORD_WRITE: "登记、导入和更正检查等记录",
        Permission.CASE_VIEW: "查看问题及其办理过程",
        Permission.CASE_FIND: "登记发现的问题",
        Permission.CASE_HAND_OVER: "移交、转办、并案、挂起问题或决定不予立案",
        Permission.CASE_HANDLE: "签收、办理和反馈问题",
        Permission.CASE_VERIFY: "核验问题、结案和回头看",
        Permission.CASE_RULES: "启用和停用由记录自动立案的规则",
        Permission.ORDER_VIEW: "查看督办单",
        Permission.ORDER_ISSUE: "签发和撤销督办单",
        Permission.ORDER_ANSWER: "签收和答复督办单",
        Permission.ORDER_REVIEW: "审核督办答复",
        Permission.ORDER_CLEAR: "督办销号",
        Permission.ORDER_RULE: "维护督办规则和升级阶梯",
        Permission.TASK_VIEW: "查看检查任务、履职事项和抽查计划",
        Permission.TASK_DO: "填写和上报检查任务",
        Permission.TASK_CONFIRM: "确认或退回检查任务",
        Permission.TASK_MANAGE: "登记履职事项、指派和取消任务、组织双随机抽查",
        Permission.ASSESSMENT_VIEW: "查看已公布的考核",
        Permission.ASSESSMENT_PREVIEW: "查看未公布的考核得分",
        Permission.ASSESSMENT_OBJECT: "对考核得分提出异议",
        Permission.ASSESSMENT_MANAGE: "编制考核、答复异议并公布",
        Permission.ASSESSMENT_SCHEME: "维护考核办法",
        Permission.ALARM_VIEW: "查看在线监测报警和数据质量疑点",
        Permission.ALARM_ANSWER: "确认报警并提交说明",
        Permission.ALARM_REVIEW: "审核报警说明、处理数据质量疑点",
        Permission.LIMIT_WRITE: "登记排放口和排放限值",
        Permission.DEVICE_MANAGE: "登记和维护联网设备，重放未采用的报文",
    }
)


class Scope(StrEnum):
    """How far a permission reaches."""

    ALL = "all"
    OWN = "own"  # only what concerns the department of the post


class Role(StrEnum):
    """What a post makes of a person; ``CARDS`` describes each."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    HEAD = "head"
    INSPECTOR = "inspector"
    LEADER = "leader"
    VISITOR = "visitor"  # never held by a post: anybody, where the district has opened its plan to visitors

    @property
    def card(self) -> Card:
        """Its title, sentence and permissions."""
        return CARDS[self]

    @property
    def title(self) -> str:  # type: ignore[override] # nobody capitalises a role's code, everybody wants its title
        """Its Chinese title."""
        return CARDS[self].title


@dataclass(frozen=True, slots=True)
class Card:
    """A role in words and in permissions."""

    title: str
    sentence: str
    grants: Mapping[Permission, Scope]

    @property
    def needs_department(self) -> bool:
        """Whether a post of this role is nothing without a department."""
        return Scope.OWN in self.grants.values()


def _everywhere(*permissions: Permission) -> dict[Permission, Scope]:
    return dict.fromkeys(permissions, Scope.ALL)


_P = Permission
_DEPARTMENT = {
    _P.PLAN_VIEW: Scope.ALL,
    _P.REPORT_VIEW: Scope.OWN,
    _P.REPORT_WRITE: Scope.OWN,
    _P.COMMITMENT_FULFIL: Scope.OWN,
    _P.LEDGER_VIEW: Scope.ALL,
    _P.LEDGER_WRITE: Scope.OWN,
    _P.RECORD_WRITE: Scope.OWN,
    _P.CASE_VIEW: Scope.OWN,
    _P.CASE_FIND: Scope.OWN,
    _P.CASE_HAND_OVER: Scope.OWN,  # what the department itself found
    _P.CASE_HANDLE: Scope.OWN,  # what was handed to it
    _P.ORDER_VIEW: Scope.OWN,
    _P.ORDER_ANSWER: Scope.OWN,
    _P.TASK_VIEW: Scope.OWN,
    _P.TASK_DO: Scope.OWN,
    _P.ASSESSMENT_VIEW: Scope.ALL,
    _P.ASSESSMENT_PREVIEW: Scope.OWN,
    _P.ASSESSMENT_OBJECT: Scope.OWN,
    _P.ALARM_VIEW: Scope.OWN,
    _P.ALARM_ANSWER: Scope.OWN,
}
CARDS: Mapping[Role, Card] = MappingProxyType(
    {
        Role.ADMINISTRATOR: Card(
            "系统管理员",
            "管理部门、用户、任职、工作日历、联网设备、督办规则和考核办法，查看操作日志，不填报也不审核业务内容。",
            _everywhere(
                _P.PLAN_VIEW,
                _P.LEDGER_VIEW,
                _P.PEOPLE_MANAGE,
                _P.CALENDAR_EDIT,
                _P.TRAIL_VIEW,
                _P.ORDER_RULE,
                _P.ASSESSMENT_VIEW,
                _P.ASSESSMENT_SCHEME,
                _P.DEVICE_MANAGE,
            ),
        ),
        Role.COORDINATOR: Card(
            "统筹办",
            "导入行动计划、登记年中调整、审核各部门月报、封存月份，并可登记节点完成、代各部门维护台账，移交问题并核验结案，签发、审核督办单并销号，登记履职事项、组织双随机抽查并确认检查任务，编制考核、答复异议并公布，审核报警说明，维护排放限值和联网设备。",
            _everywhere(
                _P.PLAN_VIEW,
                _P.PLAN_LOAD,
                _P.PLAN_ADJUST,
                _P.COMMITMENT_FULFIL,
                _P.REPORT_VIEW,
                _P.REPORT_REVIEW,
                _P.REPORT_FREEZE,
                _P.REPORT_UNFREEZE,
                _P.TRAIL_VIEW,
                _P.LEDGER_VIEW,
                _P.LEDGER_WRITE,
                _P.RECORD_WRITE,
                _P.CASE_VIEW,
                _P.CASE_FIND,
                _P.CASE_HAND_OVER,
                _P.CASE_VERIFY,
                _P.CASE_RULES,
                _P.ORDER_VIEW,
                _P.ORDER_ISSUE,
                _P.ORDER_REVIEW,
                _P.ORDER_CLEAR,
                _P.TASK_VIEW,
                _P.TASK_CONFIRM,
                _P.TASK_MANAGE,
                _P.ASSESSMENT_VIEW,
                _P.ASSESSMENT_PREVIEW,
                _P.ASSESSMENT_MANAGE,
                _P.ALARM_VIEW,
                _P.ALARM_REVIEW,
                _P.LIMIT_WRITE,
                _P.DEVICE_MANAGE,
            ),
        ),
        Role.OFFICER: Card(
            "部门经办人",
            "填写并提交本部门牵头措施的月报，登记本部门的节点完成，维护本部门的台账和记录，查看本部门协办措施的月报，登记并移交本部门发现的问题，办理移交给本部门的问题，签收和答复督办单，完成本部门的检查任务，对本部门的考核得分提出异议，对本部门监管的排放口的报警作出说明。",
            _DEPARTMENT,
        ),
        Role.HEAD: Card(
            "部门负责人",
            "对本部门牵头的措施负责，可以填写、提交月报，登记节点完成，维护本部门的台账和记录，查看本部门协办措施的月报，办理移交给本部门的问题，核验本部门发现的问题，签收和答复督办单，登记本部门的履职事项、指派并确认检查任务，对本部门的考核得分提出异议，对本部门监管的排放口的报警作出说明。",
            # what the department itself found; its own duties and tasks
            {**_DEPARTMENT, _P.CASE_VERIFY: Scope.OWN, _P.TASK_CONFIRM: Scope.OWN, _P.TASK_MANAGE: Scope.OWN},
        ),
        Role.INSPECTOR: Card(
            "执法检查员",
            "查看行动计划、各部门月报和台账，登记现场检查记录，登记、移交和核验问题，审核督办答复，完成指派的检查任务，审核报警说明，不改动计划和台账。",
            _everywhere(
                _P.PLAN_VIEW,
                _P.REPORT_VIEW,
                _P.LEDGER_VIEW,
                _P.RECORD_WRITE,
                _P.CASE_VIEW,
                _P.CASE_FIND,
                _P.CASE_HAND_OVER,
                _P.CASE_VERIFY,
                _P.ORDER_VIEW,
                _P.ORDER_REVIEW,
                _P.TASK_VIEW,
                _P.TASK_DO,
                _P.ASSESSMENT_VIEW,
                _P.ALARM_VIEW,
                _P.ALARM_REVIEW,
                _P.LIMIT_WRITE,
            ),
        ),
        Role.LEADER: Card(
            "领导",
            "查看全部内容；除批准解封已封存的月份外，不做任何改动。",
            _everywhere(
                _P.PLAN_VIEW,
                _P.REPORT_VIEW,
                _P.REPORT_UNFREEZE,
                _P.TRAIL_VIEW,
                _P.LEDGER_VIEW,
                _P.CASE_VIEW,
                _P.ORDER_VIEW,
                _P.TASK_VIEW,
                _P.ASSESSMENT_VIEW,
                _P.ASSESSMENT_PREVIEW,
                _P.ALARM_VIEW,
            ),
        ),
        Role.VISITOR: Card("访客", "未登录即可查看行动计划和作战图，看不到月报。", _everywhere(_P.PLAN_VIEW)),
    }
)
POSTED = tuple(role for role in Role if role is not Role.VISITOR)


def who_may(permission: Permission) -> str:
    """The titles of the roles with this permission, for a sentence: ``统筹办、部门负责人（限本部门）``."""
    holders = ((role.card, role.card.grants.get(permission)) for role in POSTED)
    return "、".join(card.title + ("（限本部门）" if scope is Scope.OWN else "") for card, scope in holders if scope)
