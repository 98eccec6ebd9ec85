"""The tables of the live store, the same on SQLite and PostgreSQL but for two types. Made by the store: it may have a file of its own.

``live_packet`` is what arrived, ``live_chunk`` days of it packed into columns (``chunks``), ``live_meta`` counters, cursors and the version
of this schema. The unique index is what makes sending again harmless.

``live_month`` is which files there are (``months.Part``): ``through`` the last sequence that may be in it, ``cleared`` whether rows up to
that were taken out of the tables, ``checked`` when it was last compared with its ``checksum``. ``live_archived`` is what a file has of each
device, ``kept`` the rows in it that are not laid out in columns; ``live_tail`` the newest moment of each device that was archived.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 2
REFUSED_KEPT: Final = 20_000  # frames of at most 10 kB
STRANGERS_KEPT: Final = 5_000

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS live_meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS live_packet (seq {key}, device BIGINT NOT NULL, stream INTEGER NOT NULL,
        moment BIGINT NOT NULL, digest BIGINT NOT NULL,
        received BIGINT NOT NULL, marks BIGINT NOT NULL, shape BIGINT NOT NULL, body {bytes} NOT NULL, extra {bytes})""",
    "CREATE UNIQUE INDEX IF NOT EXISTS live_packet_once ON live_packet (device, stream, moment, digest)",
    "CREATE TABLE IF NOT EXISTS live_shape (shape BIGINT PRIMARY KEY, text TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS live_chunk (device BIGINT NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL, shape BIGINT NOT NULL,
        data {bytes} NOT NULL, PRIMARY KEY (device, stream, day, shape))""",
    """CREATE TABLE IF NOT EXISTS live_refused (number {key}, at BIGINT NOT NULL, protocol TEXT NOT NULL, device BIGINT NOT NULL,
        name TEXT NOT NULL, peer TEXT NOT NULL, reason TEXT NOT NULL, sentence TEXT NOT NULL, missing BIGINT NOT NULL, raw {bytes} NOT NULL,
        replayed BIGINT)""",
    "CREATE INDEX IF NOT EXISTS live_refused_of ON live_refused (device, number)",
    """CREATE TABLE IF NOT EXISTS live_condition (device BIGINT PRIMARY KEY, first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL,
        skew BIGINT, tolerated BIGINT NOT NULL, packets BIGINT NOT NULL, refused BIGINT NOT NULL, peer TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS live_stranger (protocol TEXT NOT NULL, name TEXT NOT NULL, first_seen BIGINT NOT NULL,
        last_seen BIGINT NOT NULL, frames BIGINT NOT NULL, peer TEXT NOT NULL, PRIMARY KEY (protocol, name))""",
    """CREATE TABLE IF NOT EXISTS live_month (stream INTEGER NOT NULL, month INTEGER NOT NULL, part BIGINT NOT NULL, file TEXT NOT NULL,
        rows BIGINT NOT NULL, bytes BIGINT NOT NULL, checksum TEXT NOT NULL, through BIGINT NOT NULL, at BIGINT NOT NULL,
        cleared INTEGER NOT NULL, checked BIGINT NOT NULL, PRIMARY KEY (stream, month, part))""",
    """CREATE TABLE IF NOT EXISTS live_archived (device BIGINT NOT NULL, stream INTEGER NOT NULL, month INTEGER NOT NULL,
        shape BIGINT NOT NULL, rows BIGINT NOT NULL, kept BIGINT NOT NULL, content BIGINT NOT NULL,
        PRIMARY KEY (device, stream, month, shape))""",
    """CREATE TABLE IF NOT EXISTS live_tail (seq {key}, device BIGINT NOT NULL, stream INTEGER NOT NULL,
        moment BIGINT NOT NULL, digest BIGINT NOT NULL,
        received BIGINT NOT NULL, marks BIGINT NOT NULL, shape BIGINT NOT NULL, body {bytes} NOT NULL, extra {bytes})""",
    "CREATE INDEX IF NOT EXISTS live_tail_of ON live_tail (device, stream)",
)
NAMES: Final = (
    *("live_meta", "live_packet", "live_shape", "live_chunk", "live_refused", "live_condition", "live_stranger"),
    *("live_month", "live_archived", "live_tail"),
)
COUNT: Final = """INSERT INTO live_meta (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = live_meta.value + excluded.value RETURNING value"""
PUT: Final = "INSERT INTO live_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
PACKET: Final = "seq, device, stream, moment, digest, received, marks, shape, body, extra"
INSERT: Final = f"""INSERT INTO live_packet ({PACKET}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (device, stream, moment, digest) DO NOTHING"""  # noqa: S608 - names of columns, above # nosec B608 - the same
SHAPE: Final = "INSERT INTO live_shape (shape, text) VALUES (?, ?) ON CONFLICT (shape) DO NOTHING"
REFUSE: Final = """INSERT INTO live_refused (number, at, protocol, device, name, peer, reason, sentence, missing, raw)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
CONDITION: Final = """INSERT INTO live_condition (device, first_seen, last_seen, skew, tolerated, packets, refused, peer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device) DO UPDATE SET
    last_seen = CASE WHEN excluded.last_seen > live_condition.last_seen THEN excluded.last_seen ELSE live_condition.last_seen END,
    skew = COALESCE(excluded.skew, live_condition.skew), tolerated = live_condition.tolerated | excluded.tolerated,
    packets = live_condition.packets + excluded.packets, refused = live_condition.refused + excluded.refused,
    peer = excluded.peer"""
STRANGER: Final = """INSERT INTO live_stranger (protocol, name, first_seen, last_seen, frames, peer) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (protocol, name) DO UPDATE SET last_seen = excluded.last_seen, frames = live_stranger.frames + excluded.frames,
    peer = excluded.peer"""
TRIM_STRANGERS: Final = """DELETE FROM live_stranger WHERE last_seen < COALESCE(
    (SELECT last_seen FROM live_stranger ORDER BY last_seen DESC LIMIT 1 OFFSET ?), 0)"""
