"""The house as the house tests look at it: its modules as trees, its pages, and what git keeps."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "gongjian"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
SCRIPTS = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]


def short(path: Path) -> str:
    """How a test names a file: below the package where it is there, else below the checkout."""
    return str(path.relative_to(SRC if path.is_relative_to(SRC) else ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """The module as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call by the last part of the name that is called: ``timezone.now()`` and ``now()`` are both ``now``."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            found.append((name or "", node))
    return found


def imported(path: Path) -> list[str]:
    """Every module that is imported, wherever in the file: ``from a.b import c`` gives ``a.b``."""
    nodes = list(ast.walk(tree(path)))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


def room_of(path: Path) -> str:
    """The room a module stands in."""
    return path.relative_to(SRC).parts[0]


@cache
def kept() -> tuple[Path, ...]:
    """The files git keeps."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()  # noqa: S607 - git of the machine
    return tuple(path for name in listing.split("\0") if name and (path := ROOT / name).is_file())
