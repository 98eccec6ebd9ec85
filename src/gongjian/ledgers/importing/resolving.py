"""Words of a sheet that name a department or another entry: many at a time, each asked for once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gongjian.documents.cells import BadCell
from gongjian.ledgers.declaration import Ledger
from gongjian.people.models import Department
from gongjian.people.names import folded
from gongjian.people.queries import name_index

CHUNK = 5_000  # names in one question


class Departments:
    """Departments by name, short name or alias, whatever the spacing."""

    @cached_property
    def _index(self) -> dict[str, Department | None]:
        index: dict[str, Department | None] = {folded(one.label): one for one in Department.objects.all()}
        return index | {name: one if isinstance(one, Department) else None for name, one in name_index().items()}

    def find(self, word: str) -> int:
        """The id of the department so called; BadCell where there is none, or a group of them."""
        found = self._index.get(folded(word), word)
        if isinstance(found, Department):
            return int(found.pk)
        msg = f"“{word}”是一组部门，应填其中一个" if found is None else f"没有叫“{word}”的部门，应填部门的全称、简称或别名"
        raise BadCell(msg)


class Pointed:
    """Entries of one ledger by code, by name, or by both as lists show them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, int | str] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Ask for those not known yet: two queries."""
        asked = sorted(set(words) - self._known.keys())
        for start in range(0, len(asked), CHUNK):
            self._learn(asked[start : start + CHUNK])

    def find(self, word: str) -> int:
        """The id of the entry so called; BadCell where there is none, or several of one name."""
        found = self._known[word]
        if isinstance(found, str):
            raise BadCell(found)
        return found

    def _learn(self, words: list[str]) -> None:
        among = self._ledger.model.objects.filter(kind=self._ledger.slug)
        codes = {word: (self._code(word), self._code(word.split(" ")[0])) for word in words}
        by_code = dict(among.filter(code__in={code for both in codes.values() for code in both}).values_list("code", "pk"))
        nameless = [word for word in words if not by_code.keys() & set(codes[word])]
        by_name: dict[str, list[int]] = {}
        for name, pk in among.filter(name__in=nameless).values_list("name", "pk") if nameless else ():
            by_name.setdefault(name, []).append(pk)
        for word in words:
            coded = next((by_code[code] for code in codes[word] if code in by_code), None)
            self._known[word] = coded if coded is not None else self._only(word, by_name.get(word, []))

    def _only(self, word: str, called: list[int]) -> int | str:
        if len(called) == 1:
            return called[0]
        title = self._ledger.title
        if called:
            return f"{title}中有{len(called)}个“{word}”，应填编号"
        return f"“{word}”不在{title}中，应填编号或全称；还没有登记的，请先登记入账"

    def _code(self, word: str) -> str:
        check = self._ledger.checks.get("code")
        try:
            return check(word) if check else word
        except ValueError:
            return word
