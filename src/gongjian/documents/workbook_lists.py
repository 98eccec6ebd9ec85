"""The choices of a workbook's columns, on a hidden sheet where they are too long for the rule itself."""

from __future__ import annotations

from typing import Any

_INLINE = 255  # characters of a rule's own list
_NAME = "选项"


class Lists:
    """Collects lists while sheets are written; ``write`` puts the long ones on a hidden sheet of their own, once, at the end."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._long: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """What a rule takes as its list."""
        if len(",".join(choices)) <= _INLINE and not any("," in choice for choice in choices):
            return list(choices)
        column = self._long.setdefault(choices, len(self._long))
        letter = chr(65 + column % 26)
        letters = letter if column < 26 else chr(64 + column // 26) + letter  # noqa: PLR2004 - letters of the alphabet
        return f"='{_NAME}'!${letters}$1:${letters}${len(choices)}"

    def write(self) -> None:
        """The hidden sheet, if a list needs it."""
        if not self._long:
            return
        sheet = self._book.add_worksheet(_NAME)
        sheet.hide()
        lists = sorted(self._long, key=lambda choices: self._long[choices])
        for row in range(max(map(len, lists))):  # rows in order: they are written as they come
            for column, choices in enumerate(lists):
                if row < len(choices):
                    sheet.write_string(row, column, choices[row])
