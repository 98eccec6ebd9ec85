"""Which layout a file has, and reading it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongjian.air.feeds import native, yearly
from gongjian.air.feeds.rows import Feed, NotAFeed
from gongjian.documents.encoding import decode
from gongjian.documents.grid import DocumentError
from gongjian.documents.sniffing import looks_like_html

LIMIT_BYTES = 64 * 1024 * 1024
Lines = Iterator[tuple[int, list[str]]]


def read_feed(data: bytes, name: str, names: Mapping[str, str]) -> Feed:
    """The values in ``data``; ``name`` is the file's name, which for the yearly layout begins with the station's (``yizhuang_2018``)."""
    lines = _cells(_text(data, name), name)
    heading = [cell.strip() for cell in next(lines, (0, []))[1]]
    try:
        if yearly.recognised(heading):
            return yearly.read(heading, lines, _station(name, names))
        if native.recognised(heading):
            return native.read(heading, lines, names.keys())
    except NotAFeed as reason:
        msg = f"文件“{name}”{reason}，请核对后再导入。"
        raise NotAFeed(msg) from reason
    msg = f"文件“{name}”不是认识的空气监测数据：首行应以“time”或“date,hour,type”开头，请核对是否选错了文件。"
    raise NotAFeed(msg)


def _text(data: bytes, name: str) -> str:
    try:
        text = decode(data, name)
    except DocumentError as error:
        msg = f"文件“{name}”不是文本，不能作为空气监测数据导入，请检查是否损坏或选错了文件。"
        raise NotAFeed(msg) from error
    if looks_like_html(text):
        msg = f"文件“{name}”是一个网页，不是数据：多半是下载时出错，请重新下载后再导入。"
        raise NotAFeed(msg)
    return text


def _cells(text: str, name: str) -> Lines:
    reader = csv.reader(text.splitlines(keepends=True))
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        msg = f"文件“{name}”第{reader.line_num}行不是CSV，请核对是否损坏。"
        raise NotAFeed(msg) from error


def _station(name: str, names: Mapping[str, str]) -> str:
    """The station a file is named after, before the underscore; NotAFeed when it is none of ours."""
    station = Path(name).stem.rpartition("_")[0] or Path(name).stem
    if station in names:
        return station
    msg = f"的文件名应以已登记的监测站点开头（如 yizhuang_2018.csv），“{station[:40]}”没有登记"
    raise NotAFeed(msg)
