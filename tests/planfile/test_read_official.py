"""The official plan of 2020 against a careful person's reading, in every format."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from reading_cases import OFFICIAL, SHARED, essence
from write_formats import FORMATS, write

from gongjian.plans.planfile.as_json import reading_as_json
from gongjian.plans.planfile.directory import load_directory
from gongjian.plans.planfile.read import read_plan

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not OFFICIAL.exists(), reason="the shared folder with the official plan is not beside the checkout"),
]


@pytest.fixture(scope="module")
def official():
    return read_plan(OFFICIAL, load_directory())


@pytest.fixture
def say(capsys):
    """Prints a figure even where a passing test is silent."""

    def tell(figure):
        with capsys.disabled():
            print(f"\n  {figure}")  # noqa: T201 - the figure is the point

    return tell


def test_the_score_keeper_finds_every_measure_and_nothing_wrong_without_a_doubt(official, say):
    told = json.dumps(reading_as_json(official), ensure_ascii=False)
    keeper = [sys.executable, str(SHARED / "score_reading.py")]
    score = subprocess.run(keeper, input=told, text=True, capture_output=True, check=False)  # noqa: S603
    doubted = sum(bool(measure.doubts) for measure in official.measures)
    say(f"{score.stdout.strip()}; doubted {doubted} of {len(official.measures)}")
    assert score.returncode == 0, score.stdout
    assert "measures 88 of 88, wrong 0, wrong without a doubt 0, damaged ones doubted 14 of 14" in score.stdout


def test_doubts_are_kept_for_what_deserves_them(official):
    assert sum(bool(measure.doubts) for measure in official.measures) <= 0.45 * len(official.measures)


def test_lost_rows_are_told_with_the_plan_and_the_numbers(official):
    told = [doubt.message for doubt in official.doubts if doubt.code == "numbers-missing"]
    assert len(told) == 2
    assert "第23、24、25项" in told[0]
    assert "第11、12项" in told[1]


def test_misplaced_paragraphs_stay_where_they_are_printed(official):
    texts = {measure.key: measure.text for measure in official.measures}
    assert texts["A7.1"].startswith("加强非道路移动机械执法检查")
    assert texts["A17.1"].startswith("严格落实北京市餐饮业排放标准")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_tables_in_another_format_read_to_the_same_plan(official, kind, tmp_path, say):
    path = write(OFFICIAL.read_text(encoding="utf-8"), kind, tmp_path)
    start = time.process_time()
    other = read_plan(path, load_directory())
    say(f"{kind}: {len(other.measures)} measures in {time.process_time() - start:.2f} s of CPU")
    assert essence(other) == essence(official)


def test_reading_takes_less_than_half_a_second_of_cpu_after_the_interpreter_has_started(say):
    code = (
        "import time; start = time.process_time()\n"
        "import sys; from pathlib import Path\n"
        "from gongjian.plans.planfile.read import read_plan; from gongjian.plans.planfile.directory import load_directory\n"
        "from gongjian.plans.planfile.as_json import reading_as_json; import json\n"
        "json.dumps(reading_as_json(read_plan(Path(sys.argv[1]), load_directory())))\n"
        "print(time.process_time() - start)\n"
        "assert not {'docx', 'pdfplumber', 'lxml', 'python_calamine', 'django'} & set(sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(OFFICIAL)], capture_output=True, text=True, check=True)  # noqa: S603
    say(f"CPU from the first import to the JSON: {float(run.stdout):.3f} s")
    assert float(run.stdout) < 0.5
