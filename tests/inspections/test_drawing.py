"""Plans of inspection: each thing fixed before the next is known, drawn once, verified, given out; by whom."""

import io
import re
from contextlib import redirect_stdout
from datetime import date
from decimal import Decimal

import pytest
from inspection_desk import BAD
from stage import at

from gongjian.inspections.actions.drawing import assign, call_off, draw_lots, freeze
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.actions.recusing import end_recusal, recuse
from gongjian.inspections.actions.reviewing import cancel, give
from gongjian.inspections.models import DrawObject, DrawPlan, Recusal, Task
from gongjian.inspections.queries.drawing import rule_words, verify
from gongjian.inspections.queries.tasks import open_for
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.project.cli.inspection import verify as command

pytestmark = pytest.mark.django_db
SEED = "03 08 15 19 24 31 07"


@pytest.fixture
def ready(desk):
    for number in range(8):
        desk.firm(number, street="滨河街道" if number < 5 else "")
    return desk


def drawn(desk, **said):
    plan = freeze(desk.plan(**said), desk.inspectors(), by=None, at=at(4, 2))
    return draw_lots(plan, SEED, by=None, at=at(4, 4), known_at=at(4, 3, 21))


def test_from_the_rule_to_the_tasks_of_those_drawn(ready):
    plan = drawn(ready)
    rows = list(DrawObject.objects.filter(plan=plan, order__isnull=False).order_by("order"))
    assert [row.order for row in rows] == [1, 2, 3]
    assert verify(plan) == []
    tasks = assign(plan, by=None, at=at(4, 5))
    for task, row in zip(tasks, rows, strict=True):
        assert task.entry_id == row.entry_id
        assert sorted(one.user.username for one in task.inspectors.all()) == sorted(row.inspectors)
        for name in row.inspectors:
            assert task.pk in [seen.pk for seen in open_for(ready.user(name), date(2020, 4, 12))]
    with pytest.raises(Refusal, match="不能下达"):
        assign(plan, by=None, at=at(4, 5))


def test_who_was_drawn_is_not_exchanged_and_only_the_office_cancels(ready):
    task = assign(drawn(ready), by=None, at=at(4, 5))[0]
    with pytest.raises(Refusal, match="由抽签产生"):
        give(task, ready.inspectors("jiaotong"), by=ready.user("tongchou"), at=at(4, 6))
    with pytest.raises(Forbidden):
        cancel(task, "算了", by=ready.user("xinren"), at=at(4, 6))
    cancel(task, "企业已注销", by=ready.user("tongchou"), at=at(4, 6))


def test_two_draws_of_the_same_lists_and_seed_are_equal_and_a_redraw_is_refused(ready):
    one, two = drawn(ready), drawn(ready, title="又一次")
    names = ["order", "code", "inspectors"]
    lists = [list(DrawObject.objects.filter(plan=plan, order__isnull=False).order_by("order").values(*names)) for plan in (one, two)]
    assert lists[0] == lists[1]
    with pytest.raises(Refusal, match="不能抽取"):
        draw_lots(one, "别的", by=None, at=at(4, 6), known_at=at(4, 5))


def test_a_number_known_before_the_freeze_is_no_seed(ready):
    plan = freeze(ready.plan(), ready.inspectors(), by=None, at=at(4, 2))
    for known, words in ((at(4, 1), "冻结.*之前"), (at(4, 2), "冻结.*之前"), (None, "公布的时间"), (at(4, 6), "不能晚于现在")):
        with pytest.raises(Refusal, match=words):
            draw_lots(plan, SEED, by=None, at=at(4, 4), known_at=known)
    with pytest.raises(Refusal, match="填写种子"):
        draw_lots(plan, "  ", by=None, at=at(4, 4), known_at=at(4, 3))
    assert DrawPlan.objects.get().state == "frozen"


def test_a_sealed_seed_must_fit_its_fingerprint_and_is_not_kept_before(ready):
    plan = freeze(
        ready.plan(seed_way="sealed", seed_source="周敏封存", secret="碧水蓝天二〇二〇"), ready.inspectors(), by=None, at=at(4, 2)
    )
    assert plan.seed == ""
    assert "碧水" not in " ".join(map(str, DrawPlan.objects.values_list().get()))
    with pytest.raises(Refusal, match="指纹不符"):
        draw_lots(plan, "碧水蓝天2020", by=None, at=at(4, 4))
    assert draw_lots(plan, "碧水蓝天二〇二〇", by=None, at=at(4, 4)).state == "drawn"


def test_after_the_freeze_the_ledger_may_change_and_the_draw_does_not(ready):
    plan = freeze(ready.plan(), ready.inspectors(), by=None, at=at(4, 2))
    ready.firm(99, moment=at(4, 3))
    draw_lots(plan, SEED, by=None, at=at(4, 4), known_at=at(4, 3))
    assert DrawObject.objects.filter(plan=plan).count() == 8
    assert verify(DrawPlan.objects.get(pk=plan.pk)) == []


def test_whoever_is_recused_never_visits_that_enterprise(ready):
    firm = ready.firm(50)
    recuse(ready.user("gongan"), firm, "配偶任职", by=ready.user("tongchou"), at=at(4, 1))
    plan = drawn(ready, number=9)
    row = DrawObject.objects.get(plan=plan, code=firm.code)
    assert "gongan" not in row.inspectors
    assert len(set(row.inspectors)) == 2
    assert DrawPlan.objects.get().pool[2]["barred"] == [firm.code]


def test_where_too_few_may_go_the_freeze_is_refused(ready):
    with pytest.raises(Refusal, match="只剩 1 名检查人员"):
        freeze(ready.plan(), ready.inspectors("jiaotong"), by=None, at=at(4, 2))
    with pytest.raises(Refusal, match="只剩 1 名"):
        freeze(ready.plan(apart=True), ready.inspectors("jiaotong", "gongan"), by=None, at=at(4, 2))
    with pytest.raises(Refusal, match="只有 8 个对象"):
        freeze(ready.plan(number=9), ready.inspectors(), by=None, at=at(4, 2))
    assert not DrawObject.objects.exists()


def test_a_problem_of_the_last_year_doubles_the_chance_and_says_why(ready):
    ready.duty(ledger="enterprises")
    open_turns(at=at(4, 1))
    bad = Task.objects.order_by("id").first()
    ready.done(bad, moment=at(4, 1, 12), answers=BAD)
    plan = freeze(ready.plan(weigher="found-before"), ready.inspectors(), by=None, at=at(4, 2))
    weights = dict(DrawObject.objects.filter(plan=plan).values_list("entry", "weight"))
    assert weights.pop(bad.entry_id) == 2000
    assert set(weights.values()) == {1000}
    assert DrawObject.objects.get(plan=plan, entry=bad.entry_id).why == "一年内查出过问题"


def test_strata_have_their_shares(ready):
    plan = drawn(ready, number=None, share=Decimal(40), stratum="street")
    chosen = list(DrawObject.objects.filter(plan=plan, order__isnull=False).values_list("stratum", flat=True))
    assert sorted(chosen) == ["未填街道"] * 2 + ["滨河街道"] * 2  # 40% of 3 and of 5, rounded up


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"number": None}, "只填一项"),
        ({"share": Decimal(5)}, "只填一项"),
        ({"number": 0}, "至少 1"),
        ({"each": 6}, "检查人数"),
        ({"stratum": "weather"}, "分层方式"),
        ({"due_on": date(2020, 3, 1)}, "截止日期"),
        ({"seed_source": " "}, "种子来源"),
        ({"seed_way": "sealed", "secret": "short"}, "至少 8 个字符"),
        ({"seed_way": "dice"}, "封存口令|口令"),
        ({"weigher": "mood"}, "加权方式"),
        ({"ledger": "nothing"}, "台账"),
    ],
)
def test_a_plan_that_says_nothing_or_cannot_be_is_refused(ready, said, words):
    with pytest.raises(Refusal, match=words):
        ready.plan(**said)


@pytest.mark.parametrize("name", ["jiaotong", "jiancha", "lingdao", "chengjian-zhang"])
def test_draws_are_organised_by_those_who_manage(ready, name):
    user, plan = ready.user(name), ready.plan()
    for act in (
        lambda: ready.plan(by=user),
        lambda: freeze(plan, ready.inspectors(), by=user, at=at(4, 2)),
        lambda: call_off(plan, "不要了", by=user, at=at(4, 2)),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_plan_called_off_stays_with_its_reason_and_cannot_go_on(ready):
    plan = drawn(ready)
    with pytest.raises(Refusal, match="写明作废原因"):
        call_off(plan, " ", by=None, at=at(4, 5))
    call_off(plan, "种子抄错", by=ready.user("tongchou"), at=at(4, 5))
    assert verify(DrawPlan.objects.get()) == []
    with pytest.raises(Refusal, match="不能下达"):
        assign(plan, by=None, at=at(4, 5))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: rows.filter(order=1).update(inspectors=["jiaotong", "jiaotong"]), "记录的检查人员是jiaotong、jiaotong"),
        (lambda rows: rows.filter(order=2).update(order=7), "记录的次序是 7"),
        (lambda rows: rows.filter(order=3).update(order=None), "重算抽中，记录中没有"),
        (lambda rows: rows.filter(order=None).update(weight=2000), "对象名单与冻结时的指纹不符"),
        (lambda _: DrawPlan.objects.update(seed="别的"), "记录为抽中，重算没有抽中|次序|检查人员"),
        (lambda _: DrawPlan.objects.update(pool_digest="0" * 64), "检查人员名单与冻结时的指纹不符"),
        (lambda _: DrawPlan.objects.update(algorithm="gongjian-9"), "本程序只能核验"),
    ],
)
def test_whatever_was_tampered_with_is_told(ready, spoil, words):
    plan = drawn(ready)
    spoil(DrawObject.objects.filter(plan=plan))
    wrong = verify(DrawPlan.objects.get(pk=plan.pk))
    assert any(re.search(words, one) for one in wrong), wrong


def test_the_command_says_equal_or_what_differs(ready):
    plan = drawn(ready)
    with redirect_stdout(io.StringIO()) as said:
        command.callback(plan.pk)
    assert "核验一致" in said.getvalue()
    DrawObject.objects.filter(plan=plan, order=1).update(inspectors=[])
    with redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit) as status:
        command.callback(plan.pk)
    assert status.value.code == 1
    assert "核验不一致，共 1 处" in said.getvalue()
    with pytest.raises(Refusal, match="没有编号为 0 的抽查计划"):
        command.callback(0)
    with pytest.raises(Refusal, match="还没有抽取"):
        command.callback(ready.plan(title="新").pk)


def test_the_rule_is_published_in_words(ready):
    told = rule_words(ready.plan(stratum="street", weigher="found-before", apart=True))
    assert told[0] == "从“企业名录”中抽取 3 家，按街道（镇）分层、按各层数量分配"
    assert "两倍" in told[1]
    assert "不查本部门主管的对象" in told[2]
    assert "名单冻结之后公布" in told[3]


def test_a_recusal_is_entered_once_for_a_reason_and_ended_once(ready):
    firm, user = ready.firm(60), ready.user("gongan")
    row = recuse(user, firm, "曾任职", by=ready.user("tongchou"), at=at(4, 1))
    for reason, words in (("曾任职", "已有回避登记"), (" ", "写明回避事由")):
        with pytest.raises(Refusal, match=words):
            recuse(user, firm, reason, by=None, at=at(4, 1))
    with pytest.raises(Forbidden):
        end_recusal(row, by=user, at=at(4, 2))
    end_recusal(row, by=None, at=at(4, 2))
    with pytest.raises(Refusal, match="已经解除"):
        end_recusal(row, by=None, at=at(4, 2))
    assert Recusal.objects.count() == 1
