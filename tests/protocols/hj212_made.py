"""HJ 212 frames made for tests: a few fixed ones, and strategies for whole messages."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from gongjian.protocols.hj212.codes import PERIODS, Command, DataFlag, Statistic
from gongjian.protocols.hj212.crc import crc_text
from gongjian.protocols.hj212.events import Reading
from gongjian.protocols.hj212.moments import BEIJING
from gongjian.protocols.hj212.requests import Address
from gongjian.protocols.hj212.uploads import Upload

PLANT = Address("88888880000001", "32", "123456")
NOON = datetime(2024, 6, 1, 12, 0, tzinfo=BEIJING)
HOST_ASKS = b"QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&"
HEAD = b"QN=20240601120000000;ST=32;CN=2011;PW=123456;MN=88888880000001;Flag=4"


def framed(segment):
    """A proper frame around any data segment."""
    return b"##%04d%b%b\r\n" % (len(segment), segment, crc_text(segment))


def carrying(body, head=HEAD):
    """A proper frame with this CP."""
    return framed(head + b";CP=&&" + body + b"&&")


CODES = ("011", "060", "101", "065", "001", "B01", "B00", "S01", "S02", "S03", "S05")  # of 2005, as most meters of stacks and outlets send


def minute_packet(number=0):
    """The packet the bench decodes, 411 bytes with 11 factors; the device, the second and the values go with ``number``."""
    figures = [(7919 * (number + 1) + 104_729 * place) % 900_000 + 100_000 for place in range(11)]
    figures[5] += 1_000_000
    figures[6] += 2_000_000
    body = ";".join(f"{code}-Avg={figure // 1000}.{figure % 1000:03d},{code}-Flag=N" for code, figure in zip(CODES, figures, strict=True))
    head = f"QN=20240601{12 + number // 3600 % 12:02d}{number // 60 % 60:02d}{number % 60:02d}{number % 1000:03d}"
    head += f";ST=32;CN=2051;PW=123456;MN=888888800{number % 500:05d};Flag=5"
    return carrying(f"DataTime=2024060112{number // 60 % 60:02d}00;{body}".encode(), head.encode())


FACTORS = st.from_regex(r"[a-zA-Z][0-9]{2,5}|LA|SB[1-9]|[0-9]{3}", fullmatch=True)
MEASURED = [Statistic.RTD, Statistic.MIN, Statistic.AVG, Statistic.MAX, Statistic.COU, Statistic.ZS_AVG]
VALUES = st.floats(1e-9, 1e9) | st.floats(-1e9, -1e-9) | st.integers(-1000, 100_000).map(float)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(BEIJING)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
EXACT = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
FLAGS = st.sampled_from([None, *(flag for flag in DataFlag if flag is not DataFlag.UNKNOWN)])


@st.composite
def items(draw):
    """The readings of one factor: one flag, one sample time for all of them."""
    factor, flag, sampled = draw(FACTORS), draw(FLAGS), draw(st.none() | MOMENTS)
    eflag = draw(st.none() | st.sampled_from(["A01", "0", "z9"]))
    chosen = draw(st.lists(st.sampled_from(MEASURED), min_size=1, max_size=4, unique=True))
    return [Reading(factor, statistic, draw(VALUES), flag, eflag, sampled) for statistic in chosen]


READINGS = st.lists(items(), min_size=1, max_size=12, unique_by=lambda rows: rows[0].factor).map(
    lambda groups: [row for rows in groups for row in rows]
)
UPLOADS = st.builds(Upload, st.sampled_from([Command.REALTIME, *sorted(PERIODS)]), MOMENTS, READINGS, st.booleans())


def later(milliseconds):
    """A moment a little after noon."""
    return NOON + timedelta(milliseconds=milliseconds)
