"""How a form hands a request over to an action and comes back: done, or refused with everything typed kept."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> Refusal | None:
    """Call the action; on success say ``done`` and return None, on refusal return it for the form to show.

    A lack of permission is not the form's to show: ``Forbidden`` goes on to the page that says who may.
    """
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        return refusal
    messages.success(request, done)
    return None
