"""Many notices, few letters: floods, digests, quiet hours, groups, and what a robot bears."""

from datetime import timedelta

from gongjian.notices.actions import deliver_waiting, send
from gongjian.notices.channels import Channel, Rhythm
from gongjian.notices.courier import DeliveryError, Notice
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.leases import MOST_FOLDED
from gongjian.notices.models import Delivery
from gongjian.notices.planning import FLOOD
from gongjian.people.models import CalendarDay


def notice(*to, key="report.return:17:3", **more):
    return Notice(key, "十月月报被退回", "请补充佐证。", to, "/measures/A1.1/", "plans.report:17", **more)


def test_a_flood_of_one_kind_is_folded_into_one_letter_and_another_kind_is_not(memory, person, at, watch):
    wang = person("wang")
    for number in range(FLOOD + 4):
        send(notice(wang.pk, key=f"report.return:{number}:1"), at=at)
    send(notice(wang.pk, key="report.accept:1:1"), at=at)
    assert deliver_waiting(now=watch) == FLOOD + 1
    assert all(len(letter.items) == 1 for letter in memory.delivered)
    watch.on(hours=1)
    assert deliver_waiting(now=watch) == 4
    digest = memory.delivered[-1]
    assert len(digest.items) == 4
    assert digest.title == "4 条消息：十月月报被退回等"


def test_a_flood_for_one_is_no_flood_for_another(memory, person, at, watch):
    wang, li = person("wang"), person("li")
    for number in range(FLOOD):
        send(notice(wang.pk, key=f"report.return:{number}:1"), at=at)
    send(notice(wang.pk, li.pk, key="report.return:99:1"), at=at)
    deliver_waiting(now=watch)
    assert [letter.to for letter in memory.delivered].count("li@example.org") == 1
    assert [letter.to for letter in memory.delivered].count("wang@example.org") == FLOOD


def test_a_digest_holds_the_day_and_a_missed_night_is_made_up_for_in_one(memory, person, at, watch):
    wang = person("wang", {Channel.EMAIL: {"rhythm": Rhythm.DAILY}})
    for number in range(3):
        send(notice(wang.pk, key=f"a.b:{number}"), at=at + timedelta(hours=number))
    watch.on(hours=12)
    assert deliver_waiting(now=watch) == 0
    watch.on(days=2)  # the timetable stood still over two digests
    send(notice(wang.pk, key="a.b:9"), at=watch.moment)
    assert deliver_waiting(now=watch) == 3
    (letter,) = memory.delivered
    assert len(letter.items) == 3
    watch.on(days=1)
    assert deliver_waiting(now=watch) == 1


def test_an_urgent_notice_waits_for_no_digest_and_no_morning(memory, person, at, watch):
    wang = person("wang", {Channel.EMAIL: {"rhythm": Rhythm.WORKING_DAYS}})
    night = watch.on(hours=13)
    send(notice(wang.pk, urgent=True), at=night)
    assert deliver_waiting(now=watch) == 1
    assert memory.delivered[0].urgent


def test_whoever_shut_a_channel_hears_nothing_by_it_but_finds_it_in_the_inbox(memory, person, at, watch):
    wang = person("wang", {Channel.EMAIL: {"rhythm": Rhythm.NEVER}})
    send(notice(wang.pk, urgent=True), at=at)
    assert deliver_waiting(now=watch) == 0
    assert Delivery.objects.get().channel == Channel.INBOX


class Broken(Memory):
    """Fails until it is mended."""

    broken = True

    def deliver(self, letter):
        if self.broken:
            msg = "链条断了"
            raise DeliveryError(msg)
        super().deliver(letter)


def test_a_retry_keeps_office_hours_too(use, person, at, watch):
    """Friday evening's failure is tried again on Monday morning, not at night; what is urgent, at night."""
    broken = use(Broken(Channel.EMAIL))
    evening = watch.on(hours=9, minutes=59)  # 19:59
    send(notice(person("wang").pk), at=evening)
    deliver_waiting(now=watch)
    broken.broken = False
    watch.on(hours=3)
    assert deliver_waiting(now=watch) == 0
    watch.on(days=2, hours=9, minutes=2)  # Monday, 08:01
    assert deliver_waiting(now=watch) == 1


def test_a_holiday_is_quiet(memory, person, at, watch):
    CalendarDay.objects.create(day=at.date(), working=False, name="校庆")
    send(notice(person("wang").pk), at=at)
    assert deliver_waiting(now=watch) == 0
    watch.on(days=2, hours=22)
    assert deliver_waiting(now=watch) == 1


def test_a_group_is_posted_one_message_that_names_everybody_it_is_for(use, person, at, watch):
    robot = use(Memory(Channel.WECOM))
    names = [person(name).pk for name in ("wang", "li", "zhao")]
    quiet = person("qian", {Channel.WECOM: {"rhythm": Rhythm.NEVER}})
    send(notice(*names, quiet.pk), at=at)
    assert deliver_waiting(now=watch) == 3
    (letter,) = robot.delivered
    assert letter.readers == ("Li", "Wang", "Zhao")


def test_no_minute_sees_more_letters_than_the_robot_bears(use, person, at, watch):
    class Robot(Memory):
        per_minute = 20

        def deliver(self, letter):
            super().deliver(letter)
            times.append(watch.moment)

    times = []
    use(Robot(Channel.DINGTALK))
    wang = person("wang")
    for number in range(50):
        send(notice(wang.pk, key=f"a.kind{number}:1"), at=at)
    for _ in range(12):
        deliver_waiting(now=watch)
        watch.on(seconds=31)
    assert len(times) == 50
    for moment in times:
        assert sum(moment - timedelta(minutes=1) < other <= moment for other in times) <= 20


def test_a_letter_is_no_longer_than_can_be_read_and_the_rest_comes_in_another(memory, person, at, watch):
    wang = person("wang", {Channel.EMAIL: {"rhythm": Rhythm.DAILY}})
    for number in range(MOST_FOLDED + 7):
        send(notice(wang.pk, key=f"a.b:{number}"), at=at)
    watch.on(days=1)
    assert deliver_waiting(now=watch) == MOST_FOLDED + 7
    assert [len(letter.items) for letter in memory.delivered] == [MOST_FOLDED, 7]


def test_what_is_urgent_goes_before_what_has_waited_longer(memory, person, at, watch):
    wang = person("wang")
    for number in range(3):
        send(notice(wang.pk, key=f"a.b{number}:1"), at=at)
    send(notice(wang.pk, key="a.fire:1", urgent=True), at=at)
    deliver_waiting(now=watch)
    assert memory.delivered[0].urgent
