"""The kinds of fact a rule may fire on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongjian.kernel.refusal import Refusal
from gongjian.supervision.detecting.scene import Fact, Scene


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of fact. ``condition`` says when a rule fires, with ``{n}`` for how long.

    ``detect`` is pure and yields one fact at most for each cause.
    """

    slug: str
    title: str
    unit: str
    condition: str
    detect: Callable[[Scene], Iterable[Fact]]

    def words(self, after: int) -> str:
        """When a rule of this kind fires: ``亮红灯满 7 天``."""
        return self.condition.format(n=after)


_DETECTORS: dict[str, Detector] = {}


def register(*detectors: Detector) -> None:
    """Take detectors in; ValueError for a second one of a slug. Registering the same again changes nothing."""
    for detector in detectors:
        if _DETECTORS.get(detector.slug, detector) != detector:
            msg = f"two detectors are called {detector.slug}"
            raise ValueError(msg)
        if "{n}" not in detector.condition:
            msg = f"the condition of {detector.slug} does not say how long"
            raise ValueError(msg)
        _DETECTORS[detector.slug] = detector


def forget(*slugs: str) -> None:
    """Take detectors out again; for tests."""
    for slug in slugs:
        _DETECTORS.pop(slug, None)


def detectors() -> list[Detector]:
    """Every kind of fact, in the order they came."""
    return list(_DETECTORS.values())


def find_detector(slug: str) -> Detector:
    """The detector of that slug; Refusal when there is none."""
    if found := _DETECTORS.get(slug):
        return found
    known = "、".join(f"{one.slug}（{one.title}）" for one in detectors())
    msg = f"没有“{slug[:30]}”这一事实类别，请在{known}中选一项。"
    raise Refusal(msg)
