"""What happened to an order since somebody looked at it."""

from __future__ import annotations

from django.utils import timezone

from gongjian.supervision.flow import ORDER
from gongjian.supervision.models import Order, OrderStep

BESIDE = {"issue": "签发", "deepen": "升级", "add": "补充依据"}  # steps that are no arrows


def what_happened(order: Order) -> str:
    """The last step and the state it led to, as a sentence for whoever comes second."""
    last = OrderStep.objects.filter(order=order).order_by("at", "id").last()
    told = f"最近一步是 {last.by_label} 在 {timezone.localtime(last.at):%m-%d %H:%M} “{step_words(last.step)}”，" if last else ""
    return f"这份督办单在您打开之后有了变动：{told}现在是“{order.words_of_state}”。您的操作没有执行，请看过最新情况后再办。"


def taken(order: Order, name: str, token: str) -> bool:
    """Whether the form of that token was taken as that step already."""
    return bool(token) and OrderStep.objects.filter(order=order, step=name, token=token).exists()


def step_words(name: str) -> str:
    """What people call a step; the name itself for one that is no more."""
    return BESIDE.get(name) or next((step.words() for step in ORDER.steps if step.name == name), name)
