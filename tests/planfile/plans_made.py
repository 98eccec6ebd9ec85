"""Plans for matching tests: the printed fixture, the built-in plan, and made-up ones whose wordings share nothing."""

from importlib import resources
from pathlib import Path

from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.model import Measure, Party, PlanDocument, PlanHead
from gongjian.plans.planfile.toml_format import parse_plan_file, read_plan_file

BUILT_IN = parse_plan_file((resources.files("gongjian.plans") / "data" / "bda-2020.toml").read_text(encoding="utf-8"))
PRINTED = read_plan_file(Path(__file__).parent / "data" / "printed-2020.toml")
# The measures of the built-in plan that the fixture prints, in order: by meaning, where the fixture numbers by place.
MEANT = ("A6.2", "A6.3", "A7.1", "A7.2", "A17.1", "A17.2", "A26.1", "W5.2", "W5.3", "W7.2", "S13.1", "S13.2")
ALPHABET = 30  # characters of its own for each made-up measure


def some_of(document, keys):
    by_key = {measure.key: measure for measure in document.measures}
    return PlanDocument(document.head, document.plans, tuple(by_key[key] for key in keys), directory=document.directory)


def made(at, letters, *, digest=False):
    """Measure number ``at`` with a wording of its own: no two of them share two neighbouring characters."""
    words = "".join(chr(0x4E00 + at * ALPHABET + letter) for letter in letters)
    task = at // 3 + 1
    return Measure(
        key=f"A{task}.{at % 3 + 1}",
        plan="甲计划",
        section="第一节",
        task_no=task,
        task=f"任务{task}",
        measure_no=at % 3 + 1,
        deadline=Deadline(DeadlineKind.YEAR_END),
        lead=(Party("甲局", "甲局"),),
        **{"digest" if digest else "text": words},
    )


@st.composite
def distinct_measures(draw, least=1):
    """A list of measures of one plan, distinct enough that only the same ones are alike."""
    letters = st.lists(st.integers(0, ALPHABET - 1), min_size=10, max_size=20)
    return [made(at, draw(letters)) for at in range(draw(st.integers(least, 12)))]


def document(measures):
    return PlanDocument(PlanHead(title="甲计划"), ("甲计划",), tuple(measures))
