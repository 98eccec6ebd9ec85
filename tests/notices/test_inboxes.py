"""What people do in their inbox, how they choose to hear, and what is forgotten."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import choose_habits, deliver_waiting, mark_all_read, mark_read, prune, send, try_again
from gongjian.notices.channels import CHOSEN, Channel, Rhythm
from gongjian.notices.courier import DeliveryError, Notice
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.models import Delivery, DeliveryState, Dispatch, Preference
from gongjian.notices.planning import Habit
from gongjian.notices.queries import habits_of, inbox, newest, subject_title, subjects_of, unread
from gongjian.notices.verbs import VERBS
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event


def tell(user, number, at, *, about="plans.report:17"):
    send(Notice(f"a.b:{number}", f"第{number}条", to=(user.pk,), about=about), at=at)


def titles(entries):
    return [entry.dispatch.title for entry in entries]


def entry(user, number):
    return Delivery.objects.get(user=user, dispatch__key=f"a.b:{number}", channel=Channel.INBOX).pk


def test_the_unread_come_first_and_the_newest_first_among_them(memory, person, at):
    wang = person("wang")
    for number in range(5):
        tell(wang, number, at)
    for number in (4, 1):
        mark_read(entry(wang, number), by=wang, at=at)
    assert titles(inbox(wang)) == ["第3条", "第2条", "第0条", "第4条", "第1条"]
    assert titles(inbox(wang, unread_only=True)) == ["第3条", "第2条", "第0条"]
    assert unread(wang) == 3
    assert newest(wang) == entry(wang, 4)


def test_an_inbox_can_be_read_by_subject(memory, person, at):
    wang = person("wang")
    tell(wang, 1, at, about="plans.report:17")
    tell(wang, 2, at, about="people.user:3")
    tell(wang, 3, at, about="")
    tell(wang, 4, at, about="gone.thing:3")
    assert subjects_of(wang) == {"people.user": "用户", "plans.report": "月度进展"}
    assert titles(inbox(wang, subject="plans.report")) == ["第1条"]
    assert [subject_title(words) for words in ("plans.report:17", "", "gone.thing:1", "nonsense", "a.b.c:1")] == [
        "月度进展",
        "",
        "",
        "",
        "",
    ]


def test_what_was_read_first_stays_the_moment_it_was_read(memory, person, at):
    wang = person("wang")
    tell(wang, 1, at)
    mark_read(entry(wang, 1), by=wang, at=at)
    assert mark_read(entry(wang, 1), by=wang, at=at + timedelta(1)).read_at == at


def test_nobody_reads_anothers_messages(memory, person, at):
    wang, li = person("wang"), person("li")
    tell(wang, 1, at)
    with pytest.raises(Refusal, match="您的消息里没有这一条"):
        mark_read(entry(wang, 1), by=li, at=at)
    mail = Delivery.objects.get(channel=Channel.EMAIL)
    with pytest.raises(Refusal):
        mark_read(mail.pk, by=wang, at=at)
    assert mark_all_read(by=li, at=at) == 0
    assert unread(wang) == 1


def test_all_is_read_that_was_there_to_be_seen(memory, person, at):
    wang = person("wang")
    for number in range(3):
        tell(wang, number, at)
    seen = newest(wang)
    tell(wang, 3, at)
    assert mark_all_read(by=wang, at=at, through=seen) == 3
    assert titles(inbox(wang, unread_only=True)) == ["第3条"]
    assert mark_all_read(by=wang, at=at - timedelta(1)) == 0
    assert mark_all_read(by=wang, at=at) == 1


def test_whoever_has_chosen_nothing_hears_at_once_in_office_hours(person):
    wang = person("wang")
    assert habits_of([wang]) == {wang.pk: dict.fromkeys(CHOSEN, Habit(Rhythm.AT_ONCE, time(8, 30), quiet=True))}


def test_a_choice_is_kept_and_logged_and_leaves_the_other_channels(person, at):
    wang = person("wang")
    daily = Habit(Rhythm.DAILY, time(17, 30), quiet=False)
    choose_habits({Channel.EMAIL: daily}, by=wang, at=at)
    assert habits_of([wang])[wang.pk] == {Channel.EMAIL: daily, Channel.WECOM: Habit(), Channel.DINGTALK: Habit()}
    choose_habits({Channel.EMAIL: Habit(Rhythm.NEVER, time(17, 30), quiet=False)}, by=wang, at=at)
    event = Event.objects.last()
    assert (event.verb, event.before, event.after) == ("preference.changed", {"rhythm": "daily"}, {"rhythm": "never"})
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("channel", [Channel.INBOX, Channel.CONSOLE])
def test_the_inbox_cannot_be_shut(person, at, channel):
    with pytest.raises(Refusal, match="不能另行设置"):
        choose_habits({channel: Habit(Rhythm.NEVER)}, by=person("wang"), at=at)


def test_a_year_later_what_is_settled_and_read_is_forgotten_and_nothing_else(use, person, at, watch):
    class Broken(Memory):
        def deliver(self, letter):
            if letter.title == "第3条":
                msg = "坏了"
                raise DeliveryError(msg)
            super().deliver(letter)

    use(Broken(Channel.EMAIL))
    wang = person("wang")
    for number in (1, 2, 3):
        tell(wang, number, at)
    deliver_waiting(now=watch)
    for number in (1, 3):
        mark_read(entry(wang, number), by=wang, at=at)
    assert prune(now=at + timedelta(days=365)) == 0
    tell(wang, 4, at + timedelta(days=300))
    later = at + timedelta(days=366)
    assert prune(now=later) == 1
    assert set(Dispatch.objects.values_list("title", flat=True)) == {"第2条", "第3条", "第4条"}  # unread; still waiting; young
    mark_all_read(by=wang, at=later)
    Delivery.objects.filter(state=DeliveryState.WAITING, dispatch__title="第3条").update(state=DeliveryState.FAILED)
    assert prune(now=later) == 2
    assert set(Dispatch.objects.values_list("title", flat=True)) == {"第4条"}


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.DELIVERED])
def test_only_what_failed_or_is_uncertain_is_sent_again(memory, person, administrator, at, state):
    tell(person("wang"), 1, at)
    delivery = Delivery.objects.get(channel=Channel.EMAIL)
    Delivery.objects.filter(pk=delivery.pk).update(state=state, claimed_at=at, delivered_at=at)
    with pytest.raises(Refusal, match=f"当前为“{state.label}”"):
        try_again(delivery, by=administrator, at=at)


def test_only_an_administrator_sends_again(memory, person, at):
    wang = person("wang")
    tell(wang, 1, at)
    Delivery.objects.filter(channel=Channel.EMAIL).update(state=DeliveryState.FAILED)
    with pytest.raises(Forbidden):
        try_again(Delivery.objects.get(channel=Channel.EMAIL), by=wang, at=at)


def test_the_administrator_sees_what_was_sent_and_has_it_sent_again(client, memory, person, administrator, at):
    tell(person("wang"), 1, at)
    delivery = Delivery.objects.get(channel=Channel.EMAIL)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.UNCERTAIN, trouble="不知是否送达")
    client.force_login(administrator, "allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("admin:notices_delivery_changelist")
    page = client.get(address, {"state": "uncertain"}).content.decode()
    assert "第1条" in page
    assert "不知是否送达" in page
    answer = client.post(address, {"action": "send_again", "_selected_action": [delivery.pk]}, follow=True)
    assert "将在一分钟内重发" in answer.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    assert client.get(reverse("admin:notices_delivery_change", args=[delivery.pk])).status_code == 200
    assert client.post(reverse("admin:notices_delivery_change", args=[delivery.pk]), {"state": "delivered"}).status_code == 403
    assert client.get(reverse("admin:notices_delivery_add")).status_code == 403


def test_nobody_else_sees_it(client, person, at):
    client.force_login(person("wang"), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("admin:notices_delivery_changelist")).status_code in {302, 403}


def test_every_verb_this_room_writes_has_words_for_the_screen():
    assert set(VERBS) == {"preference.created", "preference.changed", "delivery.tried_again"}
