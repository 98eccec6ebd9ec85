"""Every kind of case of the house. Each field of work names its own; they are collected at start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from gongjian.cases.declaration import CaseKind
from gongjian.kernel.refusal import Refusal

_KINDS: dict[str, CaseKind] = {}


def register(*found: CaseKind) -> None:
    """Take declarations in; ImproperlyConfigured where two share a slug or a name a plan may use. The same again changes nothing.

    Called from a room's ``AppConfig.ready``.
    """
    for kind in found:
        if _KINDS.get(kind.slug, kind) is not kind:
            msg = f"two kinds of case are called {kind.slug}"
            raise ImproperlyConfigured(msg)
        for name in (kind.title, *kind.names):
            if (other := kind_called(name)) and other is not kind:
                msg = f"{kind.slug} and {other.slug} are both called {name}"
                raise ImproperlyConfigured(msg)
        _KINDS[kind.slug] = kind


def forget(*slugs: str) -> None:
    """Take declarations out again; for tests."""
    for slug in slugs:
        _KINDS.pop(slug, None)


def kinds() -> list[CaseKind]:
    """Every kind, in the order they were named."""
    return list(_KINDS.values())


def find_kind(slug: str) -> CaseKind:
    """The kind of that slug; Refusal when there is none."""
    if found := _KINDS.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这种问题类型，请从“登记问题”页的列表中选择。"
    raise Refusal(msg)


def kind_called(name: str) -> CaseKind | None:
    """The kind a plan calls ``name``."""
    return next((kind for kind in _KINDS.values() if name in (kind.title, *kind.names)), None)


def kind_title(slug: str) -> str:
    """What people call the kind; the slug itself for one that is declared no more."""
    return _KINDS[slug].title if slug in _KINDS else slug
