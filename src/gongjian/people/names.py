"""Names of departments as people and scanners write them, brought to one form."""

from __future__ import annotations

import re
import unicodedata

BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff（）〔〕])\s+|\s+(?=[\u3400-\u9fff（）〔〕])")
WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ()"
PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz（）"
ONE_FORM = str.maketrans(WIDE, PLAIN)


def folded(name: str) -> str:
    """``name`` without spaces around or between Chinese characters; letters and digits become plain, brackets full-width.

    >>> folded(" 城市 运行局　")
    '城市运行局'
    """
    tidy = unicodedata.normalize("NFC", name).translate(ONE_FORM)
    return BETWEEN_HAN.sub("", " ".join(tidy.split()))
