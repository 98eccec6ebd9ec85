"""The verbs of the log."""

import re
from pathlib import Path

import gongjian.people
from gongjian.people.models import CalendarDay, Department, DepartmentAlias, DepartmentGroup, Post, User
from gongjian.people.verbs import VERBS

ROOM = Path(gongjian.people.__file__).parent


def test_every_verb_this_room_writes_has_words_for_the_screen():
    sources = "".join(path.read_text(encoding="utf-8") for path in [ROOM / "saving.py", *(ROOM / "actions").glob("*.py")])
    written = set(re.findall(r'record\(f?"([^"]+)"', sources))
    nouns = [model._meta.model_name for model in (Department, DepartmentAlias, DepartmentGroup, User, Post, CalendarDay)]
    patterned = {f"{noun}.{deed}" for noun in nouns for deed in ("created", "changed")} - {"post.changed"}  # a post is given and ended
    plain = {verb for verb in written if "{" not in verb}
    assert plain
    assert plain | patterned | {"departmentalias.removed", "calendarday.removed"} == set(VERBS)
