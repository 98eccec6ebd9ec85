"""What git keeps: our own work, readable, true on any machine."""

import os
import re
import tomllib
from pathlib import Path

from click.testing import CliRunner
from house_sources import ROOT, SRC, kept

from gongjian.project.cli import gongjian

TEXTUAL = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".svg", ".json", ".yml", ".yaml", ""}
LOCKS = {"uv.lock", "package-lock.json"}
PAGES = [path for path in kept() if path.suffix == ".md"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
HOMES = re.compile(r"(?<![\w.:/])/(?:home|root|Users|mnt|media)/[\w.-]+|\b[A-Z]:\\Users")


def texts():
    """Every text git keeps, but the lock files, which tools write."""
    for path in kept():
        if path.suffix in TEXTUAL and path.name not in LOCKS:
            yield path, path.read_text(encoding="utf-8")


def test_third_party_and_generated_files_are_not_kept():
    names = [path.relative_to(ROOT) for path in kept()]
    assert not [name for name in names if {"vendor", "node_modules", "dist", "__pycache__", ".venv"} & set(name.parts)]
    assert not [name for name in names if name.suffix in {".woff", ".woff2", ".ttf", ".pyc", ".map", ".sqlite3", ".db", ".whl"}]
    assert "src/gongjian/ui/static/ui/vendor/" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_nothing_that_is_kept_is_minified():
    assert not [path.name for path in kept() if ".min." in path.name]
    widest = {".css": 500, ".js": 500, ".py": 500, ".html": 1500}  # characters of a line; a component's tag stands on one
    found = [
        (path, line) for path, text in texts() if path.suffix in widest and "migrations" not in path.parts for line in text.splitlines()
    ]
    assert not {path.name for path, line in found if len(line) > widest[path.suffix]}


def test_nothing_that_is_kept_is_larger_than_a_person_reads():
    assert not [path.name for path in kept() if path.name not in LOCKS and path.stat().st_size > 400_000]


def test_nothing_names_a_path_of_somebody_s_machine():
    here = {str(ROOT), str(Path.home())} - {"/"}
    assert not {
        path.name: found for path, text in texts() if (found := [name for name in here if f"{name}/" in text] + HOMES.findall(text))
    }


def test_texts_are_utf_8_with_plain_line_ends():
    assert not [path.name for path, text in texts() if "\r" in text or "\ufeff" in text]


def test_what_ci_starts_can_be_started():
    for name in (".ci/run",):
        assert os.access(ROOT / name, os.X_OK), name
        assert (ROOT / name).read_text(encoding="utf-8").startswith("#!")


def test_every_make_target_that_is_promised_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    promised = set(re.findall(r"(?:`|^|\n)make ([a-z-]+)", README + GUIDE))
    assert {"run", "test", "bench", "setup", "check"} <= promised
    assert not promised - targets


def test_every_target_that_is_no_file_says_so():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())
    assert set(re.findall(r"^([a-z-]+):", text, re.MULTILINE)) == phony


def test_every_command_of_the_readme_exists():
    asked = set(re.findall(r"^gongjian ((?:[a-z]+ ?){1,2})", README, re.MULTILINE))
    assert len(asked) >= 6
    for command in asked:
        words = command.split()
        if words[0] != "manage":  # hands every word on to Django
            result = CliRunner().invoke(gongjian, [*words, "--help"])
            assert result.exit_code == 0, command


def test_every_setting_is_explained_and_every_explained_setting_is_read():
    source = "".join(path.read_text(encoding="utf-8") for path in (SRC / "project").rglob("*.py"))
    read = set(re.findall(r"(?:environ\.get\(|environ\[|_required\(|envvar=)\"(GONGJIAN_[A-Z0-9_]+)\"", source))
    told = set(re.findall(r"GONGJIAN_[A-Z0-9_]+", README + GUIDE))
    assert "GONGJIAN_SECRET_KEY" in read
    assert not read - told
    tested = set(re.findall(r"GONGJIAN_[A-Z0-9_]+", (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")))
    assert not told - read - tested


def test_every_link_between_pages_leads_somewhere():
    assert len(PAGES) > 10
    for page in PAGES:
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert not [link for link in links if not (page.parent / link).exists()], page.name


def test_every_file_the_pages_name_exists():
    """A path in backquotes that begins at the checkout's root."""
    for page in PAGES:
        named = re.findall(r"`((?:src|tests|docs|bench|\.ci)/[\w./-]+)`", page.read_text(encoding="utf-8"))
        assert not [name for name in named if not (ROOT / name).exists()], page.name


def test_every_decision_is_numbered_dated_and_says_what_it_costs():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {int(path.name[:4])}\. .+\n\n20\d\d-\d\d-\d\d · (accepted|superseded by \d{{4}})\n", text), path.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name
        assert len(text.split()) < 900, f"{path.name}: one page"


def test_what_tools_are_told_to_ignore_has_a_reason_beside_it():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("ignore = [")
    ignored = lines[start + 1 : lines.index("]", start)]
    assert ignored
    assert not [line for line in ignored if not re.search(r'",?\s+# \S+ \S+', line) and not re.search(r"# see \w+|# same", line)]


def test_what_is_installed_is_bounded_and_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert not [name for name in wanted if ">=" not in name]
    locked = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]}
    assert {re.match(r"[\w-]+", name)[0] for name in wanted} <= locked


def test_what_is_installed_is_used():
    """By an import or by a name in the settings; a dependency of tests by a test, a check or a bench."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    other_names = {"argon2-cffi": "Argon2", "psycopg": "DATABASE_URL", "python-docx": "docx", "chinesecalendar": "chinese_calendar"}
    other_names |= {"msoffcrypto-tool": "msoffcrypto", "axe-playwright-python": "axe_playwright_python", "import-linter": "lint-imports"}
    other_names |= {
        "django-allauth": "allauth",
        "django-axes": "axes",
        "django-csp": "csp",
        "django-stubs": "mypy_django_plugin",
        "pillow": "PIL",
    }
    others = {"lxml-stubs", "pytest-django", "pytest-xdist"}  # act without being named
    ours = "".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))
    tools = [
        ROOT / "Makefile",
        ROOT / "pyproject.toml",
        ROOT / ".ci" / "run",
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
    ]
    around = "".join(re.sub(r"(?m)^  \".*$", "", path.read_text(encoding="utf-8")) for path in tools)
    for names, text in ((project["project"]["dependencies"], ours), (project["dependency-groups"]["dev"], around)):
        plain = {re.match(r"[\w-]+", name)[0] for name in names} - others
        assert not [name for name in plain if other_names.get(name, name.replace("-", "_")) not in text and name not in text]
