"""HJ 212 read the plain way, a byte and a field at a time: what the fast reader is held against, and the naive loop of the bench."""

from datetime import datetime, timedelta, timezone

from gongjian.protocols.hj212.codes import DataFlag, Statistic

BEIJING = timezone(timedelta(hours=8))


def _entry(byte):
    for _ in range(8):
        byte = byte >> 1 ^ 0xA001 if byte & 1 else byte >> 1
    return byte


TABLE = [_entry(byte) for byte in range(256)]
STATISTICS = {each.value: each for each in Statistic}
FLAGS = {each.value: each for each in DataFlag}


def annex_a(data):
    """The annex word for word: xor the byte in, then eight shifts."""
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            fell_out = register & 1
            register >>= 1
            if fell_out:
                register ^= 0xA001
    return register


def by_table(data):
    register = 0xFFFF
    for byte in data:
        register = TABLE[(register >> 8) ^ byte]
    return register


def plain(frame):
    """Head, time and rows (factor, statistic, value, flag) of one good frame."""
    segment = frame[6:-6]
    if int(frame[2:6]) != len(segment) or by_table(segment) != int(frame[-6:-2], 16):
        raise ValueError(frame)
    head, _, rest = segment.decode("ascii").partition(";CP=&&")
    fields, rows, time = dict(field.split("=") for field in head.split(";")), [], None
    for item in rest[:-2].split(";"):
        pairs = [field.split("=") for field in item.split(",")]
        flag = next((FLAGS[text] for key, text in pairs if key.endswith("-Flag")), None)
        for key, text in pairs:
            factor, _, statistic = key.rpartition("-")
            if key == "DataTime":
                numbers = (int(text[at : at + 2]) for at in range(4, 14, 2))
                time = datetime(int(text[:4]), *numbers, tzinfo=BEIJING)
            elif statistic in STATISTICS:
                rows.append((factor, STATISTICS[statistic], float(text), flag))
    return fields, time, rows
