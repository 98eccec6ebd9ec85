"""Who may not be the second person: whoever signed or answered, and whoever belongs to the department that was asked."""

from __future__ import annotations

from datetime import date

from gongjian.people.models import User
from gongjian.people.permissions import held_posts
from gongjian.supervision.flow import APART, ORDER
from gongjian.supervision.models import Order, OrderStep


def why_barred(order: Order, name: str, user: User | None, on: date) -> str:
    """Why ``user`` may not take the step although the permission would allow it, in a sentence; empty where nothing stands against it."""
    if user is None or name not in APART:
        return ""
    words = next(step.words() for step in ORDER.steps if step.name == name)
    if OrderStep.objects.filter(order=order, step__in=APART[name], by=user).exists():
        return f"“{words}”须由另一个人办：您已经为这份督办单签收或答复过，请其他人来办。"
    if any(post.department_id == order.department_id for post in held_posts(user, on)):
        return f"“{words}”须由责任单位以外的人办：您在“{order.department}”任职，请其他单位的人来办。"
    return ""
