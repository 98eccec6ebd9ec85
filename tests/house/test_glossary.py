"""The glossary is complete, and its Chinese is what the screen says."""

import re

from django.apps import apps
from house_sources import ROOT, SRC

from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.flow import ALARM, FINDING
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import AlarmState, Cause, FindingState
from gongjian.cases.declaration import Sanction
from gongjian.cases.flow import LOOP
from gongjian.cases.models import EvidenceKind, Finder, State
from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.ledgers.importing.verdicts import Verdict
from gongjian.ledgers.models import Import
from gongjian.notices.channels import Channel, Rhythm
from gongjian.notices.models import DeliveryState
from gongjian.people.models import Kind
from gongjian.people.roles import CARDS, Permission, Role, Scope
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.flow import REPORT
from gongjian.plans.lights import Light
from gongjian.plans.models import Intake, Responsibility
from gongjian.plans.models.performance import STANDINGS
from gongjian.plans.models.performance import ReportState as StoredState
from gongjian.plans.models.promise import KIND_TITLES

LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| identifier"))
]
MEMBERS = {  # each value with the words a screen has for it, "" where it has none of its own
    **{f"`Light.{one.name}` `{one.value}`": one.word for one in Light},
    **{f"`Permission.{one.name}` `{one.value}`": one.sentence for one in Permission},
    **{f"`Role.{one.name}` `{one.value}`": CARDS[one].title for one in Role},
    **{f"`Scope.{one.name}` `{one.value}`": "" for one in Scope},
    **{f"`Kind.{one.name}` `{one.value}`": str(one.label) for one in Kind},
    **{f"`CommitmentKind.{one.name}` `{one.value}`": str(title) for one, title in KIND_TITLES.items()},
    **{f"`Standing.{one.name}` `{one.value}`": str(dict(STANDINGS)[one.value]) for one in Standing},
    **{f"`ReportState.{one.name}` `{one.value}`": str(dict(StoredState.choices).get(one.value, "")) for one in ReportState},
    **{f"`DeadlineKind.{one.name}` `{one.value}`": "" if one is DeadlineKind.DATE else Deadline(one).words() for one in DeadlineKind},
    **{f"`Intake.State.{one.name}` `{one.value}`": str(one.label) for one in Intake.State},
    **{f"`Responsibility.Role.{one.name}` `{one.value}`": str(one.label) for one in Responsibility.Role},
    **{f"`Channel.{one.name}` `{one.value}`": str(one.label) for one in Channel},
    **{f"`Rhythm.{one.name}` `{one.value}`": str(one.label) for one in Rhythm},
    **{f"`DeliveryState.{one.name}` `{one.value}`": str(one.label) for one in DeliveryState},
    **{f"`Verdict.{one.name}` `{one.value}`": one.word for one in Verdict},
    **{f"`Import.Mode.{one.name}` `{one.value}`": str(one.label) for one in Import.Mode},
    **{step.name: step.words() for step in REPORT.steps},
    **{f"`State.{one.name}` `{one.value}`": str(one.label) for one in State},
    **{f"`Finder.{one.name}` `{one.value}`": str(one.label) for one in Finder},
    **{f"`EvidenceKind.{one.name}` `{one.value}`": str(one.label) for one in EvidenceKind},
    **{f"`Sanction.{one.name}` `{one.value}`": one.label for one in Sanction},
    **{f"`case.{step.name}`": step.words() for step in LOOP.steps if step.name != "reopen"},
    **{f"`AlarmState.{one.name}` `{one.value}`": str(one.label) for one in AlarmState},
    **{f"`FindingState.{one.name}` `{one.value}`": str(one.label) for one in FindingState},
    **{f"`Severity.{one.name}` `{one.value}`": str(one.label) for one in Severity},
    **{f"`Cause.{one.name}` `{one.value}`": str(one.label) for one in Cause},
    **{f"`Sort.{one.name}` `{one.value}`": one.label for one in Sort},
    **{f"`alarm.{step.name}`": step.words() for step in ALARM.steps},
    **{f"`finding.{step.name}`": step.words() for step in FINDING.steps},
    "`case.reopen`": "回头看重开、重新立案",
}
BY_IDENTIFIER = {line[0]: line for line in LINES}


def test_every_value_stands_in_the_glossary_under_the_words_the_screen_uses():
    assert not MEMBERS.keys() - BY_IDENTIFIER.keys()
    differing = {name: (BY_IDENTIFIER[name][1], words) for name, words in MEMBERS.items() if words and BY_IDENTIFIER[name][1] != words}
    assert not differing


def is_made(model):
    """Whether it is a table of versions."""
    return model.__name__.endswith("Version") and any(model.__name__ == f"{other.__name__}Version" for other in apps.get_models())


def test_every_model_stands_in_the_glossary_under_its_chinese_name_and_in_its_room():
    """Tables of versions are made from their models by ``versions_of`` and need no line of their own."""
    models = [model for model in apps.get_models() if model.__module__.startswith("gongjian.") and not is_made(model)]
    expected = {f"`{model.__name__}`": (str(model._meta.verbose_name), model._meta.app_label) for model in models}
    assert len(expected) > 15
    assert {name: (BY_IDENTIFIER[name][1], BY_IDENTIFIER[name][3]) for name in expected if name in BY_IDENTIFIER} == expected


def test_a_value_that_is_no_more_stands_there_no_more():
    valued = {line[0] for line in LINES if re.fullmatch(r"`[A-Z][\w.]+\.[A-Z_]+` `[\w-]+`", line[0])}
    assert valued <= MEMBERS.keys()


def test_every_class_the_glossary_names_exists_in_its_room():
    for line in LINES:
        rooms = [room.strip() for room in line[3].split(",")]
        sources = "".join(path.read_text(encoding="utf-8") for room in rooms for path in (SRC / room).rglob("*.py"))
        for name in re.findall(r"`([A-Z][A-Za-z]+)`", f"{line[0]} {line[2]}"):
            assert re.search(rf"^(class {name}\b|{name} = )", sources, re.MULTILINE), f"{name} is no class of {', '.join(rooms)}"


def test_every_line_has_its_four_cells_and_is_written_once():
    assert not [line for line in LINES if len(line) != 4 or not all(line)]
    assert len(BY_IDENTIFIER) == len(LINES)
