"""The district's outline, which every map asks for; the style guide's pages."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.ui.outline import outline
from gongjian.ui.places import answer
from gongjian.ui.styleguide import sample
from gongjian.ui.styleguide_places import atlas_sample, places_sample


def outline_as_json(request: HttpRequest) -> HttpResponse:
    """The outline in force. Anybody may read it: the entrance shows maps too, and a boundary is no secret."""
    return answer(request, json.dumps(outline(), ensure_ascii=False, separators=(",", ":")).encode())


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up content; wired only where pages are being made."""
    return render(request, "ui/styleguide.html", sample())


def styleguide_atlas(request: HttpRequest) -> HttpResponse:
    """The three maps. ``?n=`` says how many made-up places the large one has (at most 50,000)."""
    return render(request, "ui/styleguide_atlas.html", atlas_sample(_how_many(request)))


def styleguide_places(request: HttpRequest) -> HttpResponse:
    """Made-up places, the same every time."""
    return answer(request, places_sample(_how_many(request)))


def _how_many(request: HttpRequest) -> int:
    asked = request.GET.get("n", "")
    return min(int(asked), 50_000) if asked.isdecimal() else 600
