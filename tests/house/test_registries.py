"""Every table that must have a line for everything has it, and no line for nothing."""

import ast
import importlib
import re
import tomllib

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from house_sources import MODULES, SRC, TEMPLATES, calls, room_of, short, tree

from gongjian.cases.flow import LOOP
from gongjian.kernel.deadlines import DeadlineKind, deadline_from_code
from gongjian.people.roles import CARDS, POSTED, SENTENCES, Permission, Role
from gongjian.people.verbs import VERBS as PEOPLE_VERBS
from gongjian.plans import judging, standing
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.flow import REPORT
from gongjian.plans.lights import Light
from gongjian.plans.models import ReportStep
from gongjian.plans.models.performance import STANDINGS
from gongjian.plans.models.performance import ReportState as StoredState
from gongjian.plans.models.promise import FIELD_TITLES, KIND_TITLES
from gongjian.plans.planfile import sameness
from gongjian.plans.planfile.commitment_kinds import SHAPES
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.planfile.reading.doubting import SENTENCES as DOUBTS
from gongjian.plans.titles import indicator_title
from gongjian.project.navigation import RAIL
from gongjian.ui.lights import BY_CODE
from gongjian.web import telling
from gongjian.web.verbs import VERBS

RECORDERS = {"record", "tell", "Change"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("gongjian.")]
HELD = "[a-z_]+"  # what stands for a part of a verb that is filled in


def recorded():
    """Every verb that anybody records, a part that is filled in as a pattern: ``report.[a-z_]+``."""
    for path in MODULES:
        for name, call in calls(path):
            if name in RECORDERS and call.args and (verb := spelt(call.args[0])):
                yield path, verb


def spelt(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else HELD for part in node.values)
    return ""


def test_every_verb_anybody_records_has_chinese_words():
    patterns = {verb for _, verb in recorded()}
    assert len(patterns) > 15
    assert not [verb for verb in patterns if not any(re.fullmatch(verb, known) for known in VERBS)]


def test_no_verb_has_words_that_nobody_records():
    patterns = {verb for _, verb in recorded()}
    assert not [known for known in VERBS if not any(re.fullmatch(verb, known) for verb in patterns)]


def test_verbs_with_a_part_filled_in_have_words_for_everything_it_can_be():
    assert {f"report.{step.name}" for step in REPORT.steps} | {"report.write"} == {verb for verb in VERBS if verb.startswith("report.")}
    beside = {"found", "commented", "evidence_given", "evidence_struck", "help_asked", "help_given", "extra_done", "sanctioned"}
    beside |= {"published", "rule_used", "rule_stopped", "time_asked", "time_granted", "time_refused"}
    ways = {f"case.{deed}" for deed in beside | {step.name for step in LOOP.steps}}
    assert ways == {verb for verb in VERBS if verb.startswith("case.")}
    assert {f"adjustment.{field}" for field in FIELD_TITLES} == {verb for verb in VERBS if verb.startswith("adjustment.")}
    nouns = {model._meta.model_name for model in MODELS}
    of_rows = {verb.split(".")[0] for verb in PEOPLE_VERBS if verb.endswith((".created", ".changed", ".removed"))}
    assert of_rows <= nouns


def test_every_table_of_verbs_is_on_the_screen():
    tables = {path.parent.name for path in SRC.glob("*/verbs.py")} - {"web"}
    assert tables == {"people", "notices", "ledgers", "telemetry", "cases", "alarms", "indicators", "air", "mobile", "plans"}
    told = [importlib.import_module(f"gongjian.{room}.verbs").VERBS for room in sorted(tables)]
    assert {verb: words for verbs in told for verb, words in verbs.items()} == VERBS
    assert sum(map(len, told)) == len(VERBS)


def test_a_verb_fits_its_column():
    event = apps.get_model("trail", "Event")
    assert max(map(len, VERBS)) <= event._meta.get_field("verb").max_length
    assert max(len(step.name) for step in REPORT.steps) <= ReportStep._meta.get_field("step").max_length


def test_every_permission_is_asked_for_somewhere_and_granted_to_somebody():
    asked = "".join(path.read_text(encoding="utf-8") for path in MODULES if short(path) != "people/roles.py")
    assert not [permission.name for permission in Permission if f"Permission.{permission.name}" not in asked]
    assert not [permission.name for permission in Permission if not any(permission in CARDS[role].grants for role in POSTED)]
    assert set(SENTENCES) == set(Permission)
    assert set(CARDS) == set(Role)


def test_every_kind_of_commitment_has_its_rule_its_shape_and_its_names():
    for table in (judging._RULES, SHAPES, KIND_TITLES, sameness._KINDS):
        assert set(table) == set(CommitmentKind)


def test_every_state_of_a_report_and_every_standing_has_a_light_a_word_and_a_shade():
    assert {state.value for state in ReportState} == {state.value for state in StoredState} | {"missing"}
    assert telling.SHADES.keys() == {state.value for state in ReportState}
    assert set(standing._CLAIM) == set(standing._WORDS) == set(Standing)
    assert dict(STANDINGS).keys() == {one.value for one in Standing}
    assert set(telling.SHADES.values()) <= {light.value for light in Light}


def test_the_lights_that_are_judged_are_the_lights_that_are_drawn():
    assert {light.value: light.word for light in Light} == {code: str(look.word) for code, look in BY_CODE.items()}


def test_every_kind_of_deadline_can_be_written_and_said():
    for kind in set(DeadlineKind) - {DeadlineKind.DATE}:
        assert deadline_from_code(kind.value).words()


def test_every_doubt_that_is_raised_has_a_sentence_and_every_sentence_is_raised():
    readers = [path for path in MODULES if "planfile" in path.parts and path.stem != "doubting"]
    raised = {code for path in readers for name, call in calls(path) if name == "doubt" and (code := spelt(call.args[0]))}
    words = {str(node.value) for path in readers for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
    raised |= {re.escape(word) for word in words & DOUBTS.keys()}  # codes chosen before they are raised
    assert not [code for code in raised if not any(re.fullmatch(code, known) for known in DOUBTS)]
    assert not [known for known in DOUBTS if not any(re.fullmatch(code, known) for code in raised)]


def test_every_indicator_of_the_built_in_plan_has_a_chinese_name():
    plan = tomllib.loads((SRC / "plans" / "data" / "bda-2020.toml").read_text(encoding="utf-8"))
    named = {promise["indicator"] for measure in plan["measure"] for promise in measure.get("commitments", ()) if "indicator" in promise}
    assert named
    assert not [code for code in named if indicator_title(code) == f"“{code}”"]


def _names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern.url_patterns, prefix + namespace)


def test_every_address_of_ours_has_a_name_of_its_own_and_a_view_that_says_what_it_is():
    ours = [(name, pattern) for name, pattern in _names(get_resolver().url_patterns) if name.startswith("web:")]
    assert len(ours) > 10
    assert len({name for name, _ in ours}) == len(ours)
    assert not [name for name, pattern in ours if not pattern.callback.__doc__]


def test_every_address_that_is_asked_for_by_name_exists():
    texts = [path.read_text(encoding="utf-8") for path in (*MODULES, *TEMPLATES)]
    asked = {name for text in texts for name in re.findall(r"(?:reverse|redirect)\(\s*\"([a-z:_-]+)\"|{% url '([a-z:_-]+)'", text)}
    wanted = {first or second for first, second in asked} | {row[1] for row in RAIL}
    known = {name for name, _ in _names(get_resolver().url_patterns)}
    assert len(wanted) > 12
    assert not wanted - known - {"admin:index"}
    assert {settings.LOGIN_URL, settings.LOGIN_REDIRECT_URL, settings.ACCOUNT_LOGOUT_REDIRECT_URL} <= known


def test_every_place_in_the_rail_can_be_gone_to():
    for _, name, _, prefixes, permission in RAIL:
        assert permission in Permission
        try:
            address = reverse(name)
        except NoReverseMatch:  # pragma: no cover - the failure is the message
            address = None
        assert address == "/" or address in prefixes


def test_every_model_is_in_a_room_that_is_installed_and_has_a_chinese_name():
    assert {model._meta.app_label for model in MODELS} == {path.relative_to(SRC).parts[0] for path in SRC.glob("*/migrations")}
    assert not [model.__name__ for model in MODELS if str(model._meta.verbose_name).isascii()]
    assert {room_of(path) for path in SRC.glob("*/apps.py")} >= {model._meta.app_label for model in MODELS}
