"""Flow tables: a state machine as data, checked when it is built and able to draw itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from gongjian.kernel.refusal import Refusal

StateT = TypeVar("StateT", bound=Enum)


class FlowError(ValueError):
    """The table itself is wrong: a state nobody reaches, one nobody leaves, or two arrows of one name."""


class NotAllowed(Refusal):
    """The step is not possible from the present state, or lacks what it must carry."""


@dataclass(frozen=True, slots=True)
class Step(Generic[StateT]):
    """One arrow: who may take it and what it must carry. ``title`` is what people call it, ``name`` until given."""

    name: str
    source: frozenset[StateT]
    target: StateT
    permission: str
    requires: frozenset[str] = frozenset()
    title: str = ""

    def words(self) -> str:
        """What people call the step."""
        return self.title or self.name


@dataclass(frozen=True)
class Flow(Generic[StateT]):
    """Arrows from one start to at least one end, over every state of one enumeration.

    ``requirements`` names in Chinese what steps ask for. Raises ``FlowError`` when a state cannot be reached from the start or
    cannot reach an end, and when two steps of one name leave one state.
    """

    start: StateT
    ends: frozenset[StateT]
    steps: tuple[Step[StateT], ...]
    requirements: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the whole table."""
        states = set(type(self.start))
        _refuse("unreachable", states - self._reach({self.start}, forward=True))
        _refuse("cannot end", states - self._reach(set(self.ends), forward=False))
        arrows = Counter((source, step.name) for step in self.steps for source in step.source)
        if doubled := [f"{name} from {_name(source)}" for (source, name), count in arrows.items() if count > 1]:
            msg = f"ambiguous: {', '.join(sorted(doubled))}"
            raise FlowError(msg)

    def step(self, state: StateT, name: str) -> Step[StateT]:
        """The step of that name out of ``state``; raises ``NotAllowed`` with a sentence that says what can be done instead."""
        for step in self.open_from(state):
            if step.name == name:
                return step
        wanted = next((step.words() for step in self.steps if step.name == name), name)
        possible = "、".join(step.words() for step in self.open_from(state))
        msg = f"当前状态为“{_label(state)}”，不能“{wanted}”；{f'可以做的是：{possible}' if possible else '流程已经结束'}。"
        raise NotAllowed(msg)

    def take(self, state: StateT, name: str, carried: Mapping[str, object]) -> StateT:
        """The state after the step, once everything it requires is among ``carried`` and not blank; raises ``NotAllowed``."""
        step = self.step(state, name)
        if missing := sorted(need for need in step.requires if _blank(carried.get(need))):
            needs = "、".join(self.requirements.get(need, need) for need in missing)
            msg = f"“{step.words()}”还缺：{needs}；请补充后再提交。"
            raise NotAllowed(msg)
        return step.target

    def open_from(self, state: StateT) -> tuple[Step[StateT], ...]:
        """The steps that leave ``state``, in table order."""
        return tuple(step for step in self.steps if state in step.source)

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, in the order of the enumeration."""
        states = list(type(self.start))
        arrows = (
            f"    {_name(source)} --> {_name(step.target)}: {step.words()}"
            for step in self.steps
            for source in sorted(step.source, key=states.index)
        )
        ends = (f"    {_name(end)} --> [*]" for end in sorted(self.ends, key=states.index))
        named = (f"    {_name(state)}: {_label(state)}" for state in states if _label(state) != _name(state))
        return "\n".join(("stateDiagram-v2", *named, f"    [*] --> {_name(self.start)}", *arrows, *ends))

    def _reach(self, seen: set[StateT], *, forward: bool) -> set[StateT]:
        pairs = {(source, step.target) for step in self.steps for source in step.source}
        if not forward:
            pairs = {(target, source) for source, target in pairs}
        while new := {after for before, after in pairs if before in seen} - seen:
            seen |= new
        return seen


def _refuse(fault: str, states: Iterable[Enum]) -> None:
    if names := sorted(_name(state) for state in states):
        msg = f"{fault}: {', '.join(names)}"
        raise FlowError(msg)


def _name(state: Enum) -> str:
    return str(state.value)


def _label(state: Enum) -> str:
    """What people call the state: its ``label`` where the enumeration gives one."""
    return str(getattr(state, "label", state.value))


def _blank(value: object) -> bool:
    """Whether nothing is carried; zero and False are something."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], (), {}, set())
