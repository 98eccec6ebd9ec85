"""Print every figure of every bench beside what it is compared with: ``make bench``.

Each module here but ``apart`` has ``figures() -> list[tuple[str, str]]``; machines are noisy: compare within one run, do not quote alone.
"""

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    asked = sys.argv[1:]
    for path in sorted(HERE.glob("*.py")):
        if path.stem in {"run", "apart"} or (asked and path.stem not in asked):
            continue
        spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        print(f"\n{(module.__doc__ or path.stem).strip().splitlines()[0]}")
        for what, figure in module.figures():
            print(f"  {what:<60} {figure}", flush=True)


if __name__ == "__main__":
    main()
