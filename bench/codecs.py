"""Decoding of HJ 212, 411-byte minute packets with 11 factors, check code and fields checked; all ways in one run, on one core.

Run: .venv/bin/python bench/codecs.py. Public figures beside it: a Go decoder 66,000 to 87,000 packets/s, Java 6,000, Lua 1,200,
a plain Python loop 16,500. By CPU time: the machine's other work counts less.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

PACKETS = 6000
BATCH = 200  # packets: what a busy gateway finds waiting, some 80 kB
ROUNDS = 9
TARGET = 90_000  # packets/s
MADE = Path(__file__).parents[1] / "tests" / "protocols"  # the packet and the plain reader are those of the tests


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process of their own."""
    done = subprocess.run([sys.executable, __file__, "measure"], capture_output=True, text=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def measured() -> list[tuple[str, str]]:
    sys.path.insert(0, str(MADE))
    from hj212_made import minute_packet
    from plain_hj212 import plain

    from gongjian.protocols.hj212.decoding import Decoder, decode_batch

    frames = [minute_packet(number) for number in range(PACKETS)]
    assert {len(frame) for frame in frames} == {411}
    batches = [b"".join(frames[at : at + BATCH]) for at in range(0, PACKETS, BATCH)]
    decoder = Decoder()
    ways = {  # each hands its packets on and lets them go, as a gateway does
        "a plain Python loop with a table": partial(through, plain, frames),
        "ours, packet by packet": partial(through, decoder.receive, frames),
        f"ours, batches of {BATCH}": partial(through, decode_batch, batches),
        f"ours, batches of {BATCH}, every reading made a row": partial(through, lambda b: [p.readings for p in decode_batch(b)], batches),
    }
    assert [len(event.columns.values) for batch in batches for event in decode_batch(batch)] == [11] * PACKETS
    spent = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begin = process_time()
            way()
            spent[name].append(process_time() - begin)
    return [(name, told(times)) for name, times in spent.items()] + checks(frames)


def through(way, portions) -> None:
    for portion in portions:
        way(portion)


def told(times: list[float]) -> str:
    """The median, and the best of the rounds: how much the machine was disturbed."""
    return f"{PACKETS / median(times):,.0f} packets/s (best of {ROUNDS}: {PACKETS / min(times):,.0f})"


def checks(frames: list[bytes]) -> list[tuple[str, str]]:
    """The check code alone."""
    from plain_hj212 import by_table

    from gongjian.protocols.hj212.crc import crc_text

    segments = [frame[6:-6] for frame in frames[:2000]]
    found = []
    for name, way in (("check code by table, byte by byte", by_table), ("check code folded", crc_text)):
        times = []
        for _ in range(ROUNDS):
            begin = process_time()
            for segment in segments:
                way(segment)
            times.append(process_time() - begin)
        found.append((name, f"{median(times) / len(segments) * 1e6:.2f} µs a packet"))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        for name, figure in measured():
            print(f"{name}\t{figure}")
    else:
        for name, figure in figures():
            print(f"{name}: {figure}")
        print(f"wanted: {TARGET:,} packets/s over batches")
