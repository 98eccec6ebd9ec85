"""What a case still lacks before a step: evidence, extra steps, the answers of departments that help."""

from __future__ import annotations

from collections import Counter

from gongjian.cases.declaration import CaseKind, Needed
from gongjian.cases.models import Assistance, Case, Evidence, ExtraDone

JOINED = "feed_back"  # the step before which all that help have told what they did


def lacking(case: Case, kind: CaseKind, step: str) -> list[str]:
    """Each missing thing in words; at most three queries, none where the kind asks for nothing."""
    found = [_words(need, there) for need, there in _evidence(case, kind, step) if there < need.least]
    extras = [extra for extra in kind.extras if extra.before == step]
    if extras:
        done = set(ExtraDone.objects.filter(case=case, round=case.round).values_list("extra", flat=True))
        found += [f"附加步骤“{extra.title}”" for extra in extras if extra.slug not in done]
    if step == JOINED:
        waiting = Assistance.objects.filter(case=case, answered_at=None).select_related("department")
        found += [f"{row.department.label}的协办情况" for row in waiting]
    return found


def _evidence(case: Case, kind: CaseKind, step: str) -> list[tuple[Needed, int]]:
    needs = kind.needs(step)
    if not needs:
        return []
    there = Evidence.objects.filter(case=case, step=step, round=case.round, struck_at=None).values_list("kind", "title")
    return [(need, count) for need, count in zip(needs, _shared_out(needs, list(there)), strict=True)]


def _shared_out(needs: tuple[Needed, ...], there: list[tuple[str, str]]) -> list[int]:
    """How many pieces count for each need: by its own title first, what is left of the kind for those still lacking."""
    named = Counter(there)
    own = [named.pop((need.kind.value, need.title), 0) for need in needs]
    free = Counter()  # type: Counter[str]
    for (kind, _title), count in named.items():
        free[kind] += count
    for index, need in enumerate(needs):
        moved = min(free[need.kind.value], max(need.least - own[index], 0))
        own[index] += moved
        free[need.kind.value] -= moved
    return own


def _words(need: Needed, there: int) -> str:
    return f"{need.kind.label}“{need.title}”{need.least} 份{f'（已有 {there} 份）' if there else ''}"
