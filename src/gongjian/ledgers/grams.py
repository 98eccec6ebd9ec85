"""Pairs of neighbouring characters, by which a database finds Chinese words without knowing any: 重型 is a pair, 重型车 two."""

from __future__ import annotations

from gongjian.ledgers.searching import GAP

SHORTEST = 2  # characters a text must have to be looked up by its pairs


def pairs(text: str) -> list[str]:
    """The pairs of a text, each once, none reaching across two fields."""
    lines = text.split(GAP)
    return list(dict.fromkeys(line[start : start + 2] for line in lines for start in range(len(line) - 1)))


def tokens(text: str) -> str:
    """The pairs as words that a full-text index takes for words: the numbers of the two characters, ``4eacx61`` for 京a."""
    return " ".join(f"{ord(pair[0]):x}x{ord(pair[1]):x}" for pair in pairs(text))
