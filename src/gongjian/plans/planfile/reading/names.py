"""The department names in one cell: run together by blanks, wrapped in mid-name, or properly listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongjian.plans.planfile.model import Directory, Party

_LISTING = re.compile(r"[、，,；;/|。]+(?![^（()）]*[)）])")  # not inside brackets
_NOTE = re.compile(r"[（(](?:牵头|主责|负责|配合|协办|按职责)[^（）()]*[)）]")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]$")
_ROLE = re.compile(r"^(牵头|主责|责任|协办|配合)(部门|单位)[:：]")
_FORM = re.compile(
    r"(街道|镇|乡|村|社区|局|厅|部|处|科|所|院|站|组|办|委|办公室|办公厅|办事处|委员会|管委会|中心|总队|支队|大队|中队|分局|专班|指挥部"
    r"|部门|单位|公司|集团|政府|学校|企业|园区|协会|银行)$"
)
_PARTS = re.compile(r".{2,}?(?:街道|办公室|办事处|委员会|专班|大队|支队|总队|分局|局|中心)")
_WITHIN = re.compile(r"^(?!.{0,2}局).{0,6}(大队|支队|总队|分局|中心|所|办公室)$")  # 公安局交通大队 is one department
_COLLECTIVE = re.compile(r"^(各|有关|相关)|各?(相关|有关|成员)(成员)?(单位|部门)|各(单位|部门)$")
SHORTEST = 3
MOST_WORDS = 40  # looked at together; a cell lists fewer
SHORTEST_OF_TWO = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a cell; ``known`` if the directory has it, ``formed`` if it at least looks like a department's."""

    party: Party
    known: bool
    formed: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a cell in order; ``open_list`` when it closes with 等."""

    found: tuple[Name, ...] = ()
    open_list: bool = False

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties alone."""
        return tuple(name.party for name in self.found)


class NameReader:
    """Reads cells of names by a directory first, by the form of the words after."""

    def __init__(self, directory: Directory) -> None:
        groups = {group: (group, True) for group in directory.groups}
        aliases = {alias: (entry.name, False) for entry in directory.departments for alias in entry.aliases}
        own = {entry.name: (entry.name, entry.kind == "group") for entry in directory.departments}
        self._known = {_bare(printed): meant for printed, meant in {**aliases, **groups, **own}.items() if _bare(printed)}
        self._longest = max(map(len, self._known), default=0)

    def read(self, paragraphs: Sequence[str]) -> Names:
        """The names in a cell; a name may be broken over its lines."""
        found: list[Name] = []
        open_list = False
        for chunk in _LISTING.split(_NOTE.sub("", "\n".join(paragraphs))):
            words = _ROLE.sub("", chunk.strip()).split()
            if words and words[-1].endswith("等") and len(words[-1]) <= 1 + len("".join(words)):
                open_list = True
                words[-1] = words[-1].removesuffix("等")
            found.extend(self._chunk([word for word in words if word]))
        return Names(tuple(found), open_list)

    def _chunk(self, words: list[str]) -> Iterable[Name]:
        """Names in words between two listing marks: the longest runs of words the directory can account for, the rest by form."""
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + MOST_WORDS), at, -1):
                if names := self._segment("".join(words[at:end])):
                    yield from names
                    at = end
                    break
            else:
                end = self._unknown_end(words, at)
                yield from map(self._stranger, _parted("".join(words[at:end])))
                at = end

    def _stranger(self, printed: str) -> Name:
        """A name the directory does not have as printed; it may have it without the words in brackets after it."""
        bare = _ASIDE.sub("", printed)
        if bare in self._known:
            name, group = self._known[bare]
            return Name(Party(name, printed, group), known=True)
        return Name(Party(printed, printed, bool(_COLLECTIVE.search(printed))), known=False, formed=bool(_FORM.search(bare)))

    def _unknown_end(self, words: list[str], at: int) -> int:
        """Where a name the directory does not have ends: at the first word that closes like a department.

        A rest too short for a name of its own (办|公室) belongs to it as well.
        """
        end = at + 1
        while end < min(len(words), at + MOST_WORDS) and not self._segment(words[end]):
            closed = _FORM.search("".join(words[at:end]))
            if closed and (_whole(words[end]) or not _FORM.search("".join(words[at : end + 1]))):
                break
            end += 1
        return end

    def _segment(self, text: str) -> list[Name]:
        """The text as known names one after another, longest first; [] if it is not wholly made of them."""
        dead: set[int] = set()
        path: list[Name] = []

        def walk(at: int) -> bool:
            if at == len(text):
                return True
            for size in range(min(self._longest, len(text) - at), 0, -1):
                printed = text[at : at + size]
                if at + size in dead or printed not in self._known:
                    continue
                name, group = self._known[printed]
                path.append(Name(Party(name, printed, group), known=True))
                if walk(at + size):
                    return True
                path.pop()
            dead.add(at)
            return False

        return path if len(text) <= self._longest * 20 and walk(0) else []


def _whole(word: str) -> bool:
    """Whether a word can be a department's name by itself."""
    return len(word) >= SHORTEST and bool(_FORM.search(word))


def _bare(name: str) -> str:
    return "".join(name.split())


def _parted(text: str) -> list[str]:
    """Several unknown names without any blank between them, told apart by how departments' names close."""
    parts = _PARTS.findall(text)
    if len(text) < SHORTEST_OF_TWO or "".join(parts) != text:
        return [text]
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1].endswith("局") and _WITHIN.match(part):
            joined[-1] += part
        else:
            joined.append(part)
    return joined
