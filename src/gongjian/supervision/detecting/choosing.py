"""Which rules fire on which facts. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongjian.supervision.detecting.registry import find_detector
from gongjian.supervision.detecting.scene import Fact, Scene
from gongjian.supervision.models import Colour, OrderRule


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule and the fact it fired on."""

    rule: OrderRule
    fact: Fact

    @property
    def severity(self) -> int:
        """How grave the rule's colour is."""
        return Colour(self.rule.colour).severity

    @property
    def rule_words(self) -> str:
        """The rule as an order states it."""
        return f"{self.rule.title}（{find_detector(self.rule.kind).words(self.rule.after)}）"


def fired(rules: Iterable[OrderRule], scene: Scene) -> dict[str, list[Fired]]:
    """By cause, what fired: of each kind only the rule that asks for most, the gravest first."""
    by_kind: Mapping[str, list[OrderRule]] = defaultdict(list)
    for rule in rules:
        by_kind[rule.kind].append(rule)
    found: dict[str, list[Fired]] = defaultdict(list)
    for kind, candidates in by_kind.items():
        for fact in find_detector(kind).detect(scene):
            met = [rule for rule in candidates if rule.after <= fact.amount]
            if met:
                rule = max(met, key=lambda rule: (rule.after, Colour(rule.colour).severity))
                found[fact.cause].append(Fired(rule, fact))
    return {cause: sorted(many, key=lambda one: -one.severity) for cause, many in found.items()}
