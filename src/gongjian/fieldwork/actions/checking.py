"""A draft becomes answers to the checklist of a task, with its photos, and where that was asked for its report: all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from gongjian.fieldwork.parcels import Became, Parcel
from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.evidencing import attach
from gongjian.inspections.models import Task
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User


def become_check(parcel: Parcel, *, by: User, at: datetime) -> Became:
    """Answer the task as told, where the phone was; report it done where asked for. Refusal as the room of inspections says."""
    task = Task.objects.filter(pk=parcel.said["task"]).first()
    if task is None:
        msg = "这个检查任务已经不在，请回到“今日”刷新列表。"
        raise Refusal(msg)
    device = parcel.device
    place = (device.lon, device.lat) if device.lon is not None and device.lat is not None else None
    fill(task, parcel.said["answers"], by=by, at=at, place=place, key=parcel.key)
    for item in dict.fromkeys(parcel.items):
        own = [piece for piece, answered in zip(parcel.pieces, parcel.items, strict=True) if answered == item]
        attach(task, own, by=by, at=at, item=item)
    if parcel.said["finish"]:
        finish(task, by=by, at=at, key=parcel.key)
    notes = ("已上报，等待确认。",) if parcel.said["finish"] else ("已保存，还没有上报。",)
    return Became(label=f"检查任务 {task.number}", page="fieldwork:task", about=task.pk, notes=notes)
