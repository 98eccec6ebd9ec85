"""What a file is read for: how it may be packed, how much it may hold, and what a refusal calls it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """``unpacked`` in bytes; the rest are words of refusals: what the file is, and the kinds that can be read."""

    noun: str
    kinds: str  # all that may be given
    files: str  # all but plain text
    packages: str  # those that are archives
    unpacked: int


PLAN = Purpose("计划", "txt、docx、xlsx、html 或带文字的 pdf", "docx、xlsx、html 或 pdf", "docx 或 xlsx", 120 * 1024 * 1024)
LEDGER = Purpose("台账", "xlsx 或 csv", "xlsx 工作簿", "xlsx 工作簿", 240 * 1024 * 1024)
