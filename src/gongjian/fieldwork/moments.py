"""How far a phone is believed about the time: it may be offline for hours, its clock wrong, and a demonstration lives on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

SLACK = timedelta(minutes=5)  # two clocks set apart from one another agree no better


@dataclass(frozen=True, slots=True)
class Believed:
    """The moment that counts as the finding's, and where that is not the phone's, the sentence that says so."""

    at: datetime
    doubt: str = ""


def believed(written: datetime | None, ahead: int, now: datetime, oldest: timedelta) -> Believed:
    """The phone's moment ``written``, shifted by the ``ahead`` seconds its server's clock was before it when they last met.

    The shift makes a wrong clock of the phone harmless, and a demonstration's day its own. What lies in the future, or further back than
    ``oldest``, is not believed: the moment of arrival counts.
    """
    if written is None:
        return Believed(now)
    try:
        moment = written + timedelta(seconds=ahead)
    except OverflowError:
        return Believed(now, "手机记录的时间无法识别，发现时间按送达时间登记，请核对。")
    if now < moment <= now + SLACK:
        return Believed(now)
    told = f"手机记录的时间{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    if moment > now:
        return Believed(now, f"{told}晚于送达时间，发现时间按送达时间登记，请核对手机时间。")
    if moment < now - oldest:
        return Believed(now, f"{told}距送达超过 {oldest.days} 天，发现时间按送达时间登记，请在情况说明中写明。")
    return Believed(moment)
