"""Folding deliveries into a letter, and saying one in plain text or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongjian.notices.channels import SHARED, Channel
from gongjian.notices.courier import Item, Letter
from gongjian.notices.models import Delivery

MOST_READERS = 10  # named in a letter; more are counted
LOOKALIKES = str.maketrans("[]()<>*`#@|~_\\!", "［］（）＜＞＊｀＃＠｜～＿＼！")  # what Markdown and robots would obey


def letter_of(deliveries: Sequence[Delivery], *, at: datetime) -> Letter:
    """The letter these deliveries (of one channel; of one reader unless it is shared) go in; each notice stands in it once."""
    dispatches = list({delivery.dispatch_id: delivery.dispatch for delivery in deliveries}.values())
    first = dispatches[0].title
    return Letter(
        key=deliveries[0].letter,
        to=_address(deliveries[0]),
        title=first if len(dispatches) == 1 else f"{len(dispatches)} 条消息：{first}等",
        items=tuple(Item(dispatch.title, dispatch.body, dispatch.link) for dispatch in dispatches),
        readers=tuple(dict.fromkeys(str(delivery.user or delivery.address) for delivery in deliveries)),
        at=at,
        urgent=any(dispatch.urgent for dispatch in dispatches),
    )


def _address(delivery: Delivery) -> str:
    """Where it goes now, not where it would have gone when it was planned: people change their address."""
    if delivery.channel in SHARED:
        return ""
    if delivery.user is None:
        return delivery.address
    return delivery.user.email if delivery.channel == Channel.EMAIL else str(delivery.user.pk)


def plain_text(letter: Letter, site: str) -> str:
    """The letter's items under one another, each with its address on ``site``."""
    return "\n\n".join("\n".join(filter(None, (item.title, item.body, item.link and site + item.link))) for item in letter.items)


def markdown(letter: Letter, site: str, *, most: int) -> str:
    """The letter for a group, at most ``most`` bytes of UTF-8: what does not fit is counted and waits in everybody's inbox.

    Nothing in it that people wrote can become a link, a mention or a heading.
    """
    head = ("【紧急】" if letter.urgent else "") + _readers(letter.readers)
    blocks = [_block(item, site) for item in letter.items]
    for kept in range(len(blocks), 0, -1):
        left = [f"另有 {len(blocks) - kept} 条，请登录系统查看。"] if kept < len(blocks) else []
        text = "\n\n".join([head, *blocks[:kept], *left])
        if len(text.encode()) <= most:
            return text
    return _cut(f"{head}\n\n{_plain(letter.title)}", most - 60) + f"……\n共 {len(blocks)} 条，请登录系统查看。"


def one_line(text: str) -> str:
    """Without line ends: for a subject, or a line of the console."""
    return " ".join(text.split())


def _block(item: Item, site: str) -> str:
    title = _plain(one_line(item.title))
    body = "\n".join(f"> {_plain(line)}" for line in item.body.splitlines() if line.strip())
    return "\n".join(filter(None, (f"**[{title}]({site}{item.link})**" if item.link else f"**{title}**", body)))


def _readers(readers: Sequence[str]) -> str:
    named = "、".join(map(_plain, readers[:MOST_READERS]))
    return f"致{named}" + (f"等 {len(readers)} 人" if len(readers) > MOST_READERS else "")


def _plain(text: str) -> str:
    return text.translate(LOOKALIKES)


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
