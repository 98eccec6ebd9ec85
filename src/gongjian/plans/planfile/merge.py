"""The stored document as it stands once a new reading of it is confirmed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from gongjian.plans.planfile.match import match_measures
from gongjian.plans.planfile.model import Measure, PlanDocument, PlanHead
from gongjian.plans.planfile.sameness import same_plan


def merge_documents(stored: PlanDocument, new: PlanDocument, reserved: Collection[str] = ()) -> PlanDocument:
    """``stored`` with what ``new`` says laid over it, in the order of ``new``.

    A measure that stays keeps its key, and its digest and commitments where ``new`` brings none; an added one keeps its key unless
    that is taken, then it gets the next free number of its task; withdrawn ones are left out. ``reserved``
    are further keys that are taken, such as those of measures withdrawn earlier. Afterwards ``diff_documents(merged, new)`` is empty.
    """
    pairs = match_measures(stored.measures, new.measures)
    taken = {measure.key for measure in stored.measures} | set(reserved)
    titles = tuple(_stored_title(stored.plans, title) for title in new.plans)
    merged: list[Measure] = []
    for pair in pairs:
        if pair.new is None:
            continue
        now = replace(pair.new, plan=_stored_title(stored.plans, pair.new.plan))
        measure = merged_measure(pair.old, now) if pair.old else replace(now, key=free_key(now.key, taken))
        taken.add(measure.key)
        merged.append(measure)
    directory = new.directory if new.directory.departments or new.directory.groups else stored.directory
    return PlanDocument(_head(stored.head, new.head), titles or stored.plans, tuple(merged), new.doubts, directory)


def merged_measure(old: Measure, new: Measure) -> Measure:
    """The stored measure as its new reading has it; what ``new`` leaves unsaid stays as it was."""
    return replace(
        new,
        key=old.key,
        section=new.section or old.section,
        task=new.task or old.task,
        text=new.text or old.text,
        digest=new.digest or old.digest,
        deadline=new.deadline if new.deadline.text or new.deadline.code() != old.deadline.code() else old.deadline,
        source=new.source or old.source,
        commitments=new.commitments or old.commitments,
        damage=new.damage or old.damage,
    )


def free_key(key: str, taken: set[str]) -> str:
    """``key`` itself, or the next measure number after it that nobody has had."""
    found = re.fullmatch(r"(.*?)(\d*)", key, re.DOTALL)
    stem, number = (found[1], int(found[2] or 1)) if found else (key, 1)
    while key in taken:
        number += 1
        key = f"{stem}{number}" if stem.endswith(".") else f"{stem}-{number}"
    return key


def _head(old: PlanHead, new: PlanHead) -> PlanHead:
    return PlanHead(
        new.number or old.number,
        new.issuer or old.issuer,
        new.signer or old.signer,
        new.date or old.date,
        new.title or old.title,
    )


def _stored_title(stored: Sequence[str], title: str) -> str:
    """The title under which the plan is already known."""
    return next((known for known in stored if same_plan(known, title)), title)
