"""The draw: a pure function of the frozen lists, the rule and the seed.

Algorithm ``gongjian-1``. Every number comes from SHA-256 of text, every comparison is of whole numbers: any machine and any language
gives the same. The root is SHA-256 over algorithm, rule, both digests and seed. Objects are put in an order by the hash of root and code,
whatever order they came in. Then they are sampled systematically with probability proportional to weight from a random start (Goodman
and Kish 1950, Hartley and Rao 1962): an object of weight w among weights that add up to W is drawn with probability n·w/W exactly, and
those for which that is one or more are drawn for certain. Inspectors go to the objects in the order drawn: of those who may, whoever has
fewest so far, ties by hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import ceil

from gongjian.inspections.draws.lists import Candidate, Inspector, pool_digest, universe_digest
from gongjian.kernel.refusal import Refusal

ALGORITHM = "gongjian-1"
BITS = 256
MARK = "\x1f"  # between words that are hashed together; in no name or code


@dataclass(frozen=True, slots=True)
class Rule:
    """How many objects (``number``, or ``share`` per cent, rounded up), how many inspectors to ``each``.

    ``apart``: nobody visits what their own department is in charge of.
    """

    number: int | None
    share: Decimal | None
    each: int
    apart: bool = False

    def words(self) -> str:
        """The rule as it is hashed."""
        share = "" if self.share is None else f"{self.share.normalize():f}"
        return f"number={self.number or ''};share={share};each={self.each};apart={int(self.apart)}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One drawn object: its code, its place in the order from 1, and the keys of its inspectors."""

    code: str
    order: int
    inspectors: tuple[str, ...]


def draw(candidates: Sequence[Candidate], pool: Sequence[Inspector], rule: Rule, seed: str) -> tuple[Chosen, ...]:
    """The objects drawn, in their order, each with its inspectors; the order of the lists does not matter.

    Refusal where there are fewer objects than are to be drawn, and for an object that too few may visit.
    """
    refuse_impossible(candidates, pool, rule)
    root = sha256(MARK.join((ALGORITHM, rule.words(), universe_digest(candidates), pool_digest(pool), seed)).encode()).hexdigest()
    chosen = sorted(_objects(candidates, rule, root), key=lambda one: (_hash(root, "order", one.code), one.code))
    load: Counter[str] = Counter()
    return tuple(Chosen(one.code, order, _visitors(one, pool, rule, root, load)) for order, one in enumerate(chosen, 1))


def refuse_impossible(candidates: Sequence[Candidate], pool: Sequence[Inspector], rule: Rule) -> None:
    """Refuse, before any seed is known, what no draw could do, whatever it chose."""
    if not candidates or (rule.number or 0) > len(candidates):
        msg = f"名单里只有 {len(candidates)} 个对象，不够抽取{f' {rule.number} 个' if rule.number else ''}，请放宽范围或减少数量。"
        raise Refusal(msg)
    for one in candidates:
        able = [who for who in pool if may_visit(who, one, rule)]
        if len(able) < rule.each:
            msg = f"“{one.code} {one.name}”回避之后只剩 {len(able)} 名检查人员，不够 {rule.each} 名，请增加人员或调整规则。"
            raise Refusal(msg)


def may_visit(who: Inspector, thing: Candidate, rule: Rule) -> bool:
    """Whether nothing keeps somebody from an object: no recusal from its enterprise, nor (``apart``) its own department in charge."""
    return not ((thing.party and thing.party in who.barred) or (rule.apart and thing.keeper in who.departments))


def allotted(sizes: Mapping[str, int], rule: Rule) -> dict[str, int]:
    """How many are drawn of each stratum.

    A share is taken of each and rounded up. A number is dealt out by highest averages (Webster) over the sizes, one to each first where
    it reaches for that; none gets more than it has.
    """
    if rule.share is not None:
        return {name: min(size, ceil(Fraction(rule.share) * size / 100)) for name, size in sizes.items()}
    number = rule.number or 0
    dealt = dict.fromkeys(sizes, 1 if number >= len(sizes) else 0)
    for _ in range(number - sum(dealt.values())):
        room = [name for name in sorted(sizes) if dealt[name] < sizes[name]]
        best = max(room, key=lambda name: Fraction(sizes[name], 2 * dealt[name] + 1))
        dealt[best] += 1
    return dealt


def _objects(candidates: Iterable[Candidate], rule: Rule, root: str) -> Iterator[Candidate]:
    strata: dict[str, list[Candidate]] = {}
    for one in candidates:
        strata.setdefault(one.stratum, []).append(one)
    numbers = allotted({name: len(those) for name, those in strata.items()}, rule)
    for name in sorted(strata):
        yield from _sampled(strata[name], numbers[name], root, name)


def _sampled(those: Sequence[Candidate], number: int, root: str, stratum: str) -> Iterator[Candidate]:
    """``number`` of these: first those that are certain, of the others systematically from a random start."""
    rest, total = list(those), sum(one.weight for one in those)
    while certain := [one for one in rest if number > 0 and number * one.weight >= total]:
        yield from certain
        rest = [one for one in rest if number * one.weight < total]
        number, total = number - len(certain), total - sum(one.weight for one in certain)
    start = _hash(root, "start", stratum) * total
    line, reached = 0, 0
    for one in sorted(rest, key=lambda one: (_hash(root, "line", one.code), one.code)):
        line += number * one.weight
        hits = -((start - (line << BITS)) // (total << BITS)) if line << BITS > start else 0
        if hits > reached:
            yield one
        reached = hits


def _visitors(thing: Candidate, pool: Sequence[Inspector], rule: Rule, root: str, load: Counter[str]) -> tuple[str, ...]:
    able = [who.key for who in pool if may_visit(who, thing, rule)]
    chosen = sorted(able, key=lambda key: (load[key], _hash(root, "visit", thing.code, key), key))[: rule.each]
    load.update(chosen)
    return tuple(chosen)


def _hash(root: str, *words: str) -> int:
    return int(sha256(MARK.join((root, *words)).encode()).hexdigest(), 16)
