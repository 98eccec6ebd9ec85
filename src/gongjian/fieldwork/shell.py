"""What the phone keeps of the product itself, so that its pages stand without a network; and by what it knows that this changed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

SHEETS = ("tokens", "text", "icons", "marks", "frame", "page", "table", "form", "loop", "map", "print")
VENDOR = ("tabler/tabler.min.css", "icons/fonts/tabler-icons.woff2")
MODULES = (
    "check",
    "device",
    "drafting",
    "exif",
    "find",
    "frame",
    "near",
    "outbox",
    "photos",
    "place",
    "sending",
    "start",
    "store",
    "worker",
)
NAMES = (
    "ui/gongjian.css",
    *(f"ui/{name}.css" for name in SHEETS),
    *(f"ui/vendor/{name}" for name in VENDOR),
    "ui/gongjian.js",
    "ui/mark.svg",
    "fieldwork/fieldwork.css",
    "fieldwork/icon.svg",
    *(f"fieldwork/{name}.js" for name in MODULES),
)


@lru_cache(maxsize=1)
def version() -> str:
    """A short word that is another whenever any file of the shell is."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update(name.encode())
        if path := finders.find(name):
            digest.update(Path(str(path)).read_bytes())
    return digest.hexdigest()[:12]
