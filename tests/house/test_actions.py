"""Writes are verbs that say who asks and when; nobody writes past them."""

import ast
import importlib
import inspect
import pkgutil

from house_sources import MODULES, SRC, calls, imported, room_of, short

import gongjian

NOBODY_ASKS = {
    "gongjian.alarms.actions.escalating.expire",
    "gongjian.alarms.actions.inspecting.look_through",
    "gongjian.alarms.actions.sweeping.rejudge",
    "gongjian.alarms.actions.sweeping.rejudge_since",
    "gongjian.alarms.actions.sweeping.sweep",
    "gongjian.cases.actions.waking.wake",
    "gongjian.cases.actions.arising.sweep",
    "gongjian.indicators.actions.freezing.freeze",
    "gongjian.indicators.actions.freezing.freeze_settled",
    "gongjian.indicators.actions.remembering.remember",
    "gongjian.inspections.actions.opening.mark_overdue",
    "gongjian.inspections.actions.opening.open_turns",
    "gongjian.ledgers.actions.registers.refresh",
    "gongjian.mobile.actions.scoring.score_vehicles",
    "gongjian.mobile.actions.watching.watch_vehicles",
    "gongjian.notices.actions.delivering.deliver_waiting",
    "gongjian.notices.actions.pruning.prune",
    "gongjian.notices.actions.sending.send",
    "gongjian.supervision.actions.climbing.climb",
    "gongjian.supervision.actions.firing.fire",
    "gongjian.plans.actions.reminding.remind_due",
    "gongjian.telemetry.actions.archiving.archive_months",
    "gongjian.telemetry.actions.archiving.check_archive",
    "gongjian.telemetry.actions.archiving.forget_expired",
    "gongjian.telemetry.actions.asking.keep_notes",
    "gongjian.telemetry.actions.folding.fold",
    "gongjian.telemetry.actions.listening.note_listening",
    "gongjian.telemetry.actions.packing.pack_days",
    "gongjian.trail.actions.seal",
}
PARTS = {  # what the verbs are made of: they write as told by the one that asked for permission, and only verbs may import them
    "gongjian.ledgers.actions.bulk",
    "gongjian.ledgers.actions.finding",
    "gongjian.ledgers.actions.keeping",
    "gongjian.ledgers.actions.touching",
    "gongjian.alarms.actions.changing",
    "gongjian.alarms.actions.filing",
    "gongjian.alarms.actions.hearing",
    "gongjian.alarms.actions.judging",
    "gongjian.alarms.actions.moving",
    "gongjian.alarms.actions.noticing",
    "gongjian.cases.actions.changing",
    "gongjian.cases.actions.noticing",
    "gongjian.cases.actions.telling",
    "gongjian.mobile.actions.remote_days",
    "gongjian.mobile.actions.remote_links",
    "gongjian.mobile.actions.remote_signs",
    "gongjian.plans.actions.filing",
    "gongjian.inspections.actions.changing",
    "gongjian.inspections.actions.telling",
    "gongjian.plans.actions.fitting",
    "gongjian.assessment.actions.keeping",
    "gongjian.assessment.actions.telling",
    "gongjian.supervision.actions.changing",
    "gongjian.supervision.actions.telling",
    "gongjian.plans.actions.promising",
    "gongjian.plans.actions.wordings",
}
WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete"}


def _verbs():
    for room in pkgutil.iter_modules(gongjian.__path__):
        name = f"gongjian.{room.name}.actions"
        if not list(SRC.glob(f"{room.name}/actions*")):
            continue
        package = importlib.import_module(name)
        names = [name, *(f"{name}.{part.name}" for part in pkgutil.iter_modules(getattr(package, "__path__", ())))]
        for module in map(importlib.import_module, names):
            for function in vars(module).values():
                if inspect.isfunction(function) and function.__module__ == module.__name__ and not function.__name__.startswith("_"):
                    yield f"{module.__name__}.{function.__name__}", function


VERBS = dict(_verbs())
TOLD = [name for name in VERBS if name.rpartition(".")[0] not in PARTS]


def test_every_room_that_writes_was_looked_at():
    assert {name.split(".")[1] for name in VERBS} == {path.relative_to(SRC).parts[0] for path in SRC.glob("*/actions*")}
    assert len(VERBS) > 25


def test_a_verb_is_told_by_keyword_who_asks_and_when():
    """Neither is guessed: no default says "nobody" or "now"."""
    wrong = {}
    for name in TOLD:
        named = {p.name: p for p in inspect.signature(VERBS[name]).parameters.values() if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
        if not ({"at", "now"} & named.keys() and ("by" in named or name in NOBODY_ASKS)):
            wrong[name] = sorted(named)
    assert not wrong


def test_the_exceptions_are_still_there():
    assert VERBS.keys() >= NOBODY_ASKS
    assert {name.rpartition(".")[0] for name in VERBS} >= PARTS


def test_the_parts_of_a_verb_are_used_by_verbs_only():
    assert not [short(path) for path in MODULES if not {"actions", "demonstration"} & {*path.parts} and set(imported(path)) & PARTS]


def test_reads_and_views_write_nothing():
    """A view reaches the database through an action, so that a rule cannot be got round by another door."""
    looking = [path for path in MODULES if {"queries", "views", "templatetags"} & {*path.parts, path.stem}]
    assert len(looking) > 20
    assert not {short(path): names for path in looking if (names := {name for name, _ in calls(path)} & WRITES)}
    assert not [short(path) for path in looking for name, call in calls(path) if name == "update" and "objects" in ast.unparse(call.func)]


def test_a_module_of_verbs_asks_for_permission():
    modules = [path for path in MODULES if room_of(path) in {"people", "plans"} and "actions" in path.parts and path.stem != "__init__"]
    asking = [path for path in modules if f"gongjian.{room_of(path)}.actions.{path.stem}" not in PARTS]
    assert len(asking) > 6
    assert not [short(path) for path in asking if "require" not in {name for name, _ in calls(path)}]
