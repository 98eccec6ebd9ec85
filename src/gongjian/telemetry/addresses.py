"""Which addresses a device may speak from. Pure."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from gongjian.kernel.refusal import Refusal

Network = IPv4Network | IPv6Network


@lru_cache(maxsize=4096)
def networks(text: str) -> tuple[Network, ...]:
    """The networks of a comma-separated list, a single address being one of its own. Refusal for what is none."""
    try:
        return tuple(ip_network(each.strip(), strict=False) for each in text.replace("，", ",").split(",") if each.strip())
    except ValueError as error:
        msg = f"允许的地址“{text}”中有一项不是地址或网段（如 10.1.0.0/16），请改正。"
        raise Refusal(msg) from error


@lru_cache(maxsize=65_536)
def is_within(address: str, text: str) -> bool:
    """Whether an address belongs to one of the networks; an empty list lets everybody in."""
    allowed = networks(text)
    if not allowed:
        return True
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in allowed if network.version == found.version)
