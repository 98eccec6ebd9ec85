"""Work on one SQLite file as a server process would: ``setup`` finds problems, a number is a person who comments and signs."""

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from gongjian.project.start import start_django

AT = datetime(2020, 10, 12, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CASES, COMMENTS = 12, 12


def setup():
    from gongjian.cases.actions.finding import Finding, find_problem
    from gongjian.cases.actions.stepping import take
    from gongjian.people.models import Department

    office = Department.objects.create(name="城建局")
    for number in range(CASES):
        finding = Finding(kind="other", level="general", title=f"第{number}件", description="待办。", found_at=AT, address="一处")
        take(find_problem(finding, by=None, at=AT), "hand_over", {"department": office}, by=None, at=AT)


def work(number):
    """Comment on one case as often as told, and try to sign every case: only one of all may."""
    from gongjian.cases.actions.adding import comment
    from gongjian.cases.actions.stepping import take
    from gongjian.cases.models import Case
    from gongjian.kernel.refusal import Refusal

    signed, refused = 0, 0
    cases = list(Case.objects.order_by("pk"))
    sys.stdin.readline()  # until all are ready
    for turn in range(COMMENTS):
        comment(cases[0], f"{number}:{turn}", by=None, at=AT)
        try:
            take(cases[turn % CASES], "sign", {}, by=None, at=AT, version=2)
            signed += 1
        except Refusal:
            refused += 1
    sys.stdout.write(json.dumps([signed, refused]))


def count():
    from gongjian.cases.models import CaseStep, Comment

    sys.stdout.write(json.dumps([CaseStep.objects.filter(step="sign").count(), len(set(Comment.objects.values_list("text", flat=True)))]))


if __name__ == "__main__":
    start_django()
    {"setup": setup, "count": count}.get(sys.argv[1], lambda: work(sys.argv[1]))()
