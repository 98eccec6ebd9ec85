"""A bench in a process and a home of its own, so that what it makes and what it costs is nobody else's. No bench itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def figures_of(script: str) -> list[tuple[str, str]]:
    """Name and figure of each line that running the script prints."""
    with tempfile.TemporaryDirectory() as home:
        own = {"GONGJIAN_HOME": home, "GONGJIAN_MODE": "demonstration", "DJANGO_SETTINGS_MODULE": "gongjian.project.settings"}
        done = subprocess.run([sys.executable, script], env=os.environ | own, capture_output=True, text=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]
