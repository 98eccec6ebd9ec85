"""Reading the official plan: CPU of the whole command, less the interpreter's own start. Promise: under 0.5 s."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

OFFICIAL = Path(__file__).parents[1].parent / "shared" / "plan" / "official-plan-2020.txt"
RUNS = 7


def figures() -> list[tuple[str, str]]:
    if not OFFICIAL.exists():
        return [("skipped", "no shared folder beside the checkout")]
    bare = _cpu([sys.executable, "-c", "pass"])
    read = _cpu([sys.executable, "-m", "gongjian.project.cli", "plan", "read", str(OFFICIAL), "--json"])
    return [
        ("python -c pass, median CPU", f"{bare * 1000:.0f} ms"),
        ("gongjian plan read official-plan-2020.txt --json, median CPU", f"{read * 1000:.0f} ms"),
        ("difference (promise: under 500 ms)", f"{(read - bare) * 1000:.0f} ms"),
    ]


def _cpu(command: list[str]) -> float:
    return statistics.median(_once(command) for _ in range(RUNS))


def _once(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
