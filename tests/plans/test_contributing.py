"""Contributions of assisting departments: who, when, how often, and what becomes of them."""

import pytest
from report_desk import APRIL, contributed, department, file, standing
from stage import at

from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Delivery
from gongjian.people.permissions import Forbidden
from gongjian.plans.actions import contributing, reporting
from gongjian.plans.actions.filing import MOST
from gongjian.plans.actions.striking import strike_file
from gongjian.plans.keeping import SHELF
from gongjian.plans.models import Contribution, ContributionStep, Report, ReportFile
from gongjian.plans.queries.contributions import assisting, contribution_days, expected_departments
from gongjian.plans.quoting import taken_over
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
TOWN = ["guanli", "tongchou", "chengjian", "jiaotong", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path


def on_disk(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def told(name):
    return list(Delivery.objects.filter(user__username=name, channel="inbox").order_by("id").values_list("dispatch__title", flat=True))


def test_a_named_department_is_expected_and_one_of_a_collective_name_is_welcome(town):
    named = assisting(town.measure("A1.1"), at(5, 6))
    assert named.expected == named.welcome == (department("公安分局").pk,)
    collective = assisting(town.measure("A2.1"), at(5, 6))
    assert (collective.expected, set(collective.welcome)) == ((), {department("公安分局").pk, department("水务局").pk})
    expected = expected_departments(town.programme, at(5, 6).date())
    assert {town.measure(key).pk: (helper,) for key, helper in (("A1.1", "公安分局"), ("W1.1", "滨河街道"))} == {
        measure: tuple(map(str, found)) for measure, found in expected.items()
    }


def test_contributions_are_due_two_working_days_before_the_report(town):
    assert contribution_days(town.programme)[APRIL] == at(5, 6).date()  # the report on 8 May


def test_a_contribution_is_handed_in_returned_bettered_and_handed_in_again(town):
    contributed(town)
    assert told("jiaotong") == ["公安分局已报A1.1 2020年4月协办情况"]
    contributing.send_back(standing(), " 缺次数 ", by=town.user("jiaotong"), at=at(5, 7))
    assert told("gongan")[-1] == "A1.1 2020年4月协办情况已退回：缺次数"
    contributed(town, text="配合检查五次，移交两辆。", moment=at(5, 7), version=standing().version)
    contributing.recall(standing(), by=town.user("gongan"), at=at(5, 7))
    steps = ContributionStep.objects.values_list("step", "state", "text", "reason")
    assert list(steps) == [
        ("hand_in", "handed", "配合检查五次。", ""),
        ("return", "returned", "配合检查五次。", "缺次数"),
        ("hand_in", "handed", "配合检查五次，移交两辆。", ""),
        ("recall", "draft", "配合检查五次，移交两辆。", ""),
    ]
    verbs = Event.objects.filter(verb__startswith="contribution.").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["contribution.hand_in", "contribution.return", "contribution.hand_in", "contribution.recall"]


@pytest.mark.parametrize("who", TOWN)
def test_nobody_writes_for_a_department_that_is_not_theirs(town, who):
    with pytest.raises(Forbidden):
        contributed(town, by=who)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("who", [*TOWN, "gongan"])
def test_only_who_leads_asks_and_returns(town, who):
    contributed(town)
    if who == "jiaotong":
        return
    with pytest.raises(Forbidden):
        contributing.send_back(standing(), "缺次数", by=town.user(who), at=at(5, 7))
    with pytest.raises(Forbidden):
        contributing.ask(town.measure("A1.1"), APRIL, department("公安分局"), by=town.user(who), at=at(5, 7))
    assert standing().state == "handed"


def test_who_does_not_assist_is_told_so(town):
    with pytest.raises(Refusal, match=r"水务局现在不是 A1\.1 的协办单位"):
        contributed(town, by="shuiwu", helper="水务局")
    with pytest.raises(Refusal, match="只能填报"):
        contributing.write(town.measure("A1.1"), APRIL.shifted(3), department("公安分局"), "x", by=town.user("gongan"), at=at(5, 6))


@pytest.mark.parametrize(("text", "words"), [("", "还缺：协办情况"), (" \n", "还缺：协办情况"), ("字" * 4001, "4001 个字")])
def test_a_contribution_that_says_nothing_or_too_much_is_refused_whole(town, text, words, tmp_path):
    with pytest.raises(Refusal, match=words):
        contributed(town, text=text, files=[file()])
    assert not Contribution.objects.exists()
    assert not ReportFile.objects.exists()
    assert not on_disk(tmp_path)


def test_the_second_of_two_who_write_is_told_and_a_double_click_hands_in_once(town):
    contributed(town, hand_in=False)
    seen = standing().version
    contributed(town, hand_in=False, text="先写的。", version=seen)
    with pytest.raises(Refusal, match="已被别人修改"):
        contributed(town, hand_in=False, text="后写的。", version=seen)
    contributed(town, text="先写的。", version=standing().version)
    with pytest.raises(Refusal, match="已经报给牵头部门"):
        contributed(town, text="先写的。", version=seen)
    assert ContributionStep.objects.count() == 1
    contributing.recall(standing(), by=town.user("gongan"), at=at(5, 6))
    with pytest.raises(NotAllowed):
        contributing.recall(standing(), by=town.user("gongan"), at=at(5, 6))


def test_the_lead_asks_once_a_day_and_not_for_what_is_there(town):
    asked = (town.measure("A1.1"), APRIL, department("公安分局"))
    contributing.ask(*asked, by=town.user("jiaotong"), at=at(5, 5))
    assert told("gongan") == ["请报A1.1 2020年4月协办情况"]
    with pytest.raises(Refusal, match="今天已经向公安分局催要过"):
        contributing.ask(*asked, by=town.user("jiaotong"), at=at(5, 5, 17))
    contributing.ask(*asked, by=town.user("jiaotong"), at=at(5, 6))
    assert len(told("gongan")) == 2
    contributed(town)  # whoever had the page open before it was asked for loses nothing
    with pytest.raises(Refusal, match="已经报来"):
        contributing.ask(*asked, by=town.user("jiaotong"), at=at(5, 7))


def test_what_is_taken_over_says_whose_it_is_and_stands_once(town):
    contribution = contributed(town, text=" 配合检查五次。\n")
    account = taken_over(reporting.Account("on_course", "检查三十处。"), contribution)
    assert account.progress == "检查三十处。\n（协办单位公安分局：配合检查五次。）"
    with pytest.raises(Refusal, match="已经在“本月进展”里了"):
        taken_over(account, contribution)
    taken_back = contributing.recall(contribution, by=town.user("gongan"), at=at(5, 7))
    with pytest.raises(Refusal, match="已经撤回或退回"):
        taken_over(reporting.Account("on_course", ""), taken_back)


def test_files_are_kept_with_what_they_belong_to_and_struck_only_while_it_is_open(town, tmp_path):
    contributed(town, files=[file("函.pdf"), file("../照片.pdf", seed="2")])
    names = list(ReportFile.objects.values_list("name", "contribution", "scan"))
    assert names == [("函.pdf", standing().pk, "unscanned"), ("照片.pdf", standing().pk, "unscanned")]
    assert len(on_disk(tmp_path)) == 2
    row = ReportFile.objects.first()
    with pytest.raises(Refusal, match="已随材料报出"):
        strike_file(row, by=town.user("gongan"), at=at(5, 7))
    contributing.recall(standing(), by=town.user("gongan"), at=at(5, 7))
    for other in ("jiaotong", "tongchou", "shuiwu"):
        with pytest.raises(Forbidden):
            strike_file(row, by=town.user(other), at=at(5, 7))
    strike_file(row, by=town.user("gongan"), at=at(5, 7))
    with pytest.raises(Refusal, match="“函.pdf”已由公安分局部门经办人移除"):  # noqa: RUF043 - words, no pattern
        strike_file(row, by=town.user("gongan"), at=at(5, 7))
    assert SHELF.path_of(row.path).exists()


def test_files_of_a_report_that_is_refused_are_not_kept(town, tmp_path):
    account = reporting.Account("on_course", "")
    with pytest.raises(Refusal, match="还缺：本月进展"):
        reporting.write_and_submit(town.measure("A1.1"), APRIL, account, by=town.user("jiaotong"), at=at(5, 6), files=[file()])
    assert not Report.objects.exists()
    assert not on_disk(tmp_path)


def test_a_report_s_files_are_struck_by_who_leads_while_it_is_a_draft(town):
    account = reporting.Account("on_course", "检查三十处。")
    report = reporting.write(town.measure("A1.1"), APRIL, account, by=town.user("jiaotong"), at=at(5, 6), files=[file()])
    row = report.files.get()
    with pytest.raises(Forbidden):
        strike_file(row, by=town.user("gongan"), at=at(5, 6))
    reporting.submit(report, by=town.user("jiaotong"), at=at(5, 6))
    with pytest.raises(Refusal, match="已随材料报出"):
        strike_file(row, by=town.user("jiaotong"), at=at(5, 6))
    reporting.send_back(report, "缺清单", by=town.user("tongchou"), at=at(5, 7))
    assert strike_file(row, by=town.user("jiaotong"), at=at(5, 7)).struck_by == "交通局部门经办人"


def test_a_report_has_no_more_files_than_people_can_look_at(town):
    account = reporting.Account("on_course", "检查三十处。")
    with pytest.raises(Refusal, match=f"最多 {MOST} 个"):
        reporting.write(
            town.measure("A1.1"),
            APRIL,
            account,
            by=town.user("jiaotong"),
            at=at(5, 6),
            files=[file(seed=str(number)) for number in range(MOST + 1)],
        )
    assert not ReportFile.objects.exists()
