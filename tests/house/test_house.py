"""House rules no linter knows: sizes, names, floors, and what a rule may not touch."""

import tomllib

from house_sources import MODULES, ROOT, SCRIPTS, SRC, calls, functions, imported, room_of, short

PURE = [path for path in MODULES if room_of(path) in {"kernel", "standards", "documents"} or "planfile" in path.parts]
FACES = ("django.http", "django.shortcuts", "django.views", "django.forms", "django.template", "django.urls", "django.contrib.messages")
TELLS_THE_TIME = {"web", "project", "ui"}  # rooms whose views, jobs and commands may ask a clock
DOORS = {"trail/clock.py", "people/admin.py", "notices/admin.py", "people/permissions.py", "gateway/clocks.py"}  # clocks; faces; a page
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time", "time_ns", "monotonic"}
PATIENCE = "trail/horizon.py"  # waits for writers by the monotonic clock; decides nothing by the time of day
CHANCES = {"SystemRandom", "uuid4", "uuid1", "token_hex", "token_urlsafe", "urandom", "get_random_string", "randint", "choice", "shuffle"}
VAGUE = {"utils", "helpers", "common", "core", "services", "misc", "util", "tools", "stuff"}
OTHERWISE_NAMED = {"tasks", "signals", "managers", "serializers", "handlers", "controllers", "selectors", "constants", "exceptions"}


def is_rule(path):
    """Whether a module decides something: everything but faces, made-up districts, the back room and the top floor."""
    is_face = {"views", "templatetags", "demonstration"} & set(path.parts) or path.stem in {"views", "forms", "urls", "admin", "apps"}
    return room_of(path) not in TELLS_THE_TIME and not is_face


RULES = [path for path in MODULES if is_rule(path)]


def lengths(paths):
    """Every function with its number of lines."""
    return {f"{short(path)}:{node.name}": node.end_lineno - node.lineno + 1 for path in paths for node in functions(path)}


def test_a_module_is_short_enough_to_read():
    assert not [short(path) for path in SCRIPTS if len(path.read_text(encoding="utf-8").splitlines()) > 300]


def test_no_function_is_longer_than_sixty_lines():
    assert not {name: length for name, length in lengths(SCRIPTS).items() if length > 60}


def test_a_function_is_rarely_longer_than_forty_lines_and_mostly_near_eight():
    found = sorted(lengths(MODULES).values())
    assert sum(length > 40 for length in found) <= len(found) / 100
    assert found[len(found) // 2] <= 8


def test_rules_know_no_http():
    assert len(RULES) > 100
    assert not {short(path): names for path in RULES if (names := [name for name in imported(path) if name.startswith(FACES)])}


def test_only_faces_jobs_and_the_command_line_read_a_clock():
    faces = {"views"}  # a room below may show pages of its own
    told = [
        path
        for path in MODULES
        if room_of(path) not in TELLS_THE_TIME and short(path) not in DOORS and not faces & {*path.parts, path.stem}
    ]
    read = {short(path): {name for name, call in calls(path) if name in CLOCKS and not call.args} for path in told}
    assert {path: names for path, names in read.items() if names} == {PATIENCE: {"monotonic"}}


def test_rules_roll_no_dice_of_their_own():
    """Chance is passed in as a ``random.Random``; a rule that made its own could not be told the same story twice."""
    assert not {short(path): names for path in RULES if (names := {name for name, _ in calls(path)} & CHANCES)}
    assert not [short(path) for path in RULES for name, call in calls(path) if name == "Random" and not call.args]


def test_pure_rooms_touch_neither_the_process_nor_the_environment():
    """import-linter keeps networks and databases out of them; this keeps out the rest of the machine."""
    machine = {"os", "subprocess", "sys", "time", "tempfile", "threading", "shutil"}
    assert len(PURE) > 40
    assert not {short(path): names for path in PURE if (names := {name.split(".")[0] for name in imported(path)} & machine)}
    assert not [short(path) for path in PURE if "print" in {name for name, _ in calls(path)}]


def test_no_module_has_a_name_that_says_nothing_or_that_a_room_has_another_word_for():
    assert not [short(path) for path in MODULES if path.stem in VAGUE | OTHERWISE_NAMED]


def test_every_floor_of_the_house_is_listed():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(contract for contract in contracts if contract["id"] == "floors")
    listed = {room.strip() for floor in floors["layers"] for room in floor.split("|") if "(" not in room}
    assert listed == {path.parent.name for path in SRC.glob("*/__init__.py")}


def test_every_room_with_tables_has_migrations_named_for_what_they_do():
    migrations = [path for path in SRC.glob("*/migrations/*.py") if path.stem != "__init__"]
    with_tables = {path.relative_to(SRC).parts[0] for path in (*SRC.glob("*/models.py"), *SRC.glob("*/models/__init__.py"))}
    assert {path.relative_to(SRC).parts[0] for path in migrations} == with_tables
    assert not [path.name for path in migrations if "_auto_" in path.name]
