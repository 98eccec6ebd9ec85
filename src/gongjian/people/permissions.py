"""Asking whether somebody may do something. Every action asks here; no view decides for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Post, User
from gongjian.people.roles import Permission, Role, Scope, who_may
from gongjian.trail.clock import today

Asker = User | AnonymousUser | None


class Forbidden(Refusal):
    """The rules do not allow this person to do this; the sentence says who may."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody's permission goes: everywhere, or for what concerns these departments (ids). False where it goes nowhere."""

    everywhere: bool = False
    departments: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.departments)

    def covers(self, departments: Iterable[int]) -> bool:
        """Whether it extends to a thing that concerns these departments."""
        return self.everywhere or not self.departments.isdisjoint(departments)


def may(user: Asker, permission: Permission, *, departments: Iterable[int] | None = None, on: date | None = None) -> bool:
    """Whether ``user`` may; None is the system itself (a job, the command line), which may everything.

    ``departments`` are those a thing concerns (for a report to be written: the leading ones; to be read: the assisting ones as well).
    None asks whether there is anything at all the permission could be used on: for a menu, not for a write. An empty one concerns nobody.
    ``on`` is the day that counts; actions give it, a page may leave it to the clock.
    """
    found = reach(user, permission, on=on)
    return bool(found) if departments is None else found.covers(departments)


def require(user: Asker, permission: Permission, *, departments: Iterable[int] | None = None, on: date | None = None) -> None:
    """Raise ``Forbidden`` unless ``user`` may."""
    if not may(user, permission, departments=departments, on=on):
        raise Forbidden(_refusal(user, permission, on))


def reach(user: Asker, permission: Permission, *, on: date | None = None) -> Reach:
    """How far ``user``'s permission goes: the sum of their posts and of what every visitor may."""
    if user is None or permission in _open_to_all():
        return Reach(everywhere=True)
    own: set[int] = set()
    for post in held_posts(user, on):
        scope = Role(post.role).card.grants.get(permission)
        if scope is Scope.ALL:
            return Reach(everywhere=True)
        if scope is Scope.OWN and post.department_id is not None:
            own.add(post.department_id)
    return Reach(departments=frozenset(own))


def held_posts(user: Asker, on: date | None = None) -> list[Post]:
    """The posts ``user`` holds ``on`` a day (None: today), read once for each user object; none for somebody not signed in or barred."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.posts_read is None:
        user.posts_read = (today(), list(user.posts.select_related("department")))
    day_read, posts = user.posts_read
    return [post for post in posts if post.held_on(on or day_read)]


def forget_posts(user: User) -> None:
    """Read the posts anew at the next question."""
    user.posts_read = None


def _open_to_all() -> frozenset[Permission]:
    return frozenset(Role.VISITOR.card.grants) if getattr(settings, "GONGJIAN_OPEN_TO_VISITORS", False) else frozenset()


def _refusal(user: Asker, permission: Permission, on: date | None) -> str:
    if reach(user, permission, on=on):
        return f"这一项不归您所在的部门，您不能在这里{permission.sentence}；请联系负责这一项的部门或统筹办。"
    posts = "、".join(_words(post) for post in held_posts(user, on))
    who = f"您现在的身份是{posts}" if posts else ("您还没有任职" if isinstance(user, User) else "您还没有登录")
    return f"您不能{permission.sentence}：可以这样做的是{who_may(permission)}；{who}。"


def _words(post: Post) -> str:
    title = Role(post.role).title
    return f"{title}（{post.department.name}）" if post.department else title
