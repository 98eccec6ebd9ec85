"""The style guide's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.ui.styleguide import sample


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up content; wired only where pages are being made."""
    return render(request, "ui/styleguide.html", sample())
