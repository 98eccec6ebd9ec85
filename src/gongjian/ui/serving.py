"""Sending a kept file back: as what it is, run by nobody, framed by nobody, kept by no shared cache."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404


def served(path: Path, content_type: str, filename: str, *, attachment: bool = True) -> FileResponse:
    """The file, to be saved under ``filename`` (or, not as an ``attachment``, looked at); not found where it is gone."""
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=attachment, filename=filename, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response
