"""Three months of uploads, and everything a live store can be asked about them."""

import numpy as np
from telemetry_live_made import COD, DAY, MICRO, PH, SHAPES, row

from gongjian.telemetry.live.months import month_begin, month_of
from gongjian.telemetry.live.packing import Content, packed
from gongjian.telemetry.live.port import Batch, Column, Condition, Stream

JULY = month_begin(2023 * 12 + 6)
AUGUST, SEPTEMBER, OCTOBER = (month_begin(month_of(JULY) + more) for more in (1, 2, 3))
LATER = OCTOBER + 40 * DAY
AT = LATER * MICRO
DEVICES, STREAMS = (1, 2, 40), (Stream.MINUTE, Stream.VEHICLE)
CONDITIONS = [Condition(device, 1, 1, None, 0, 1, 0, "") for device in DEVICES]


def vehicle(device, moment, body):
    return packed(device, Stream.VEHICLE, moment, AT, Content(0, body))


def archive(store, before=OCTOBER, most=100):
    return store.archive(before, at=AT, devices={}, most=most)


def heard(store, device, stream, first=JULY - DAY, last=LATER):
    """Every upload with all that is kept of it but its number: what is sent again may have another."""
    return [each._replace(values=(), seq=0) for each in store.between(device, stream, first, last)]


def told(store):
    """Whatever can be asked of a store."""
    found = {}
    for device in DEVICES:
        for stream in STREAMS:
            found["heard", device, stream] = heard(store, device, stream)
            found["columns", device, stream] = store.columns(device, stream)
        for first, last in ((JULY - DAY, LATER), (JULY + 15 * DAY, AUGUST + 5), (0, 2**40)):
            table = store.table(device, Stream.MINUTE, [PH, COD, Column("none", "Avg")], first, last)
            found["table", device, first] = (table.moments.tolist(), table.values.tobytes(), table.flags.tolist())
            table = store.table(device, Stream.MINUTE, [COD], first, last)
            found["cod", device, first] = (table.moments.tolist(), np.nan_to_num(table.values, nan=-1).tolist(), table.flags.tolist())
    for stream in STREAMS:
        latest = store.latest(DEVICES, stream)
        found["latest", stream] = {device: (one.moment, one.columns, one.flags, one.body) for device, one in latest.items()}
    found["moments"] = store.last_moments(STREAMS)
    return found


def fill(store):
    """Three months of two devices and a vehicle, corrections and parts among them, some of it packed."""
    rows = [
        row([float(step), 7.0], device=device, moment=JULY + 7200 * step + device, extra=[("a", "b")] if step % 9 == 0 else ())
        for device in (1, 2)
        for step in range(0, 12 * 92, 25)
    ]
    rows += [row([99.0, 7.0], moment=JULY + 1), row([5.5], shape=(COD,), moment=JULY + 60), row([6.6], shape=(PH,), moment=JULY + 60)]
    rows += [row([None, 7.0], (None, "D"), moment=AUGUST + 120)]
    rows += [vehicle(40, JULY + second, bytes([second, 0, 255])) for second in range(50)]
    store.append(Batch(rows, SHAPES, conditions=CONDITIONS))
    store.pack(AUGUST)
    return store


def fill_little(store):
    """Two months of few rows, packed in part."""
    rows = [row([float(day), 7.0], device=device, moment=JULY + DAY * day + 60) for device in (1, 2) for day in (0, 1, 40)]
    store.append(Batch([*rows, *(vehicle(40, JULY + second, b"raw") for second in range(3))], SHAPES, conditions=CONDITIONS))
    store.pack(JULY + DAY)
    return store


def count(store, table):
    return store._run(f"SELECT COUNT(*) FROM {table}")[0][0]  # noqa: S608 - own names
