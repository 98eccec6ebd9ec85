"""What the gateway tells of itself: figures for Prometheus, and whether it is well. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)  # seconds
_HELP: Final = {
    "connections": ("gauge", "Connections that are open."),
    "connections_total": ("counter", "Connections ever accepted."),
    "turned_away_total": ("counter", "Connections closed by a rule, by reason."),
    "packets_total": ("counter", "Packets made durable."),
    "duplicates_total": ("counter", "Packets that were there already."),
    "refused_total": ("counter", "Frames refused, by protocol and reason."),
    "received_bytes_total": ("counter", "Bytes received."),
    "backlog": ("gauge", "Packets received and not yet durable."),
    "storing": ("gauge", "1 while data can be stored."),
    "devices": ("gauge", "Devices registered."),
    "history_requests_total": ("counter", "Questions asked of devices for what is missing."),
}


@dataclass(slots=True)
class Figures:
    """Sums since the start. ``waits`` counts acknowledgements by how long they took from receipt, by ``BOUNDS``."""

    accepted: int = 0
    turned_away: Counter[str] = field(default_factory=Counter)
    packets: int = 0
    duplicates: int = 0
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    received: int = 0
    waits: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    waited_for: float = 0.0

    def stored(self, rows: int, added: int) -> None:
        """So many rows are durable, so many of them new."""
        self.packets += rows
        self.duplicates += rows - added

    def waited(self, seconds: float) -> None:
        """An acknowledgement took so long."""
        self.waits[bisect_left(BOUNDS, seconds)] += 1
        self.waited_for += seconds


def exposition(figures: Figures, gauges: Mapping[str, float]) -> str:
    """Everything in the text format of Prometheus."""
    plain = {
        "connections_total": figures.accepted,
        "packets_total": figures.packets,
        "duplicates_total": figures.duplicates,
        "received_bytes_total": figures.received,
        **gauges,
    }
    lines = [line for name, value in plain.items() for line in (*_head(name), f"gongjian_gateway_{name} {value:g}")]
    lines += [*_head("turned_away_total")]
    lines += [f'gongjian_gateway_turned_away_total{{reason="{why}"}} {count}' for why, count in sorted(figures.turned_away.items())]
    lines += [*_head("refused_total")]
    for (protocol, why), count in sorted(figures.refused.items()):
        lines.append(f'gongjian_gateway_refused_total{{protocol="{protocol}",reason="{why}"}} {count}')
    return "\n".join([*lines, *_histogram(figures)]) + "\n"


def _head(name: str) -> Iterator[str]:
    kind, words = _HELP[name]
    yield f"# HELP gongjian_gateway_{name} {words}"
    yield f"# TYPE gongjian_gateway_{name} {kind}"


def _histogram(figures: Figures) -> Iterator[str]:
    name = "gongjian_gateway_acknowledgement_seconds"
    yield f"# HELP {name} From the receipt of a packet to its acknowledgement."
    yield f"# TYPE {name} histogram"
    total = 0
    for bound, count in zip((*(f"{bound:g}" for bound in BOUNDS), "+Inf"), figures.waits, strict=True):
        total += count
        yield f'{name}_bucket{{le="{bound}"}} {total}'
    yield f"{name}_sum {figures.waited_for:g}"
    yield f"{name}_count {total}"
