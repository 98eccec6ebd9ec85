"""A fuzzer for both codecs. A million mutations: ``python tests/protocols/mutating.py 1000000``; the tests take a share of it."""

import sys
from collections import Counter
from random import Random

from gb17691_made import VEHICLE_FRAMES
from hj212_made import HOST_ASKS, carrying, framed, minute_packet

from gongjian.protocols.gb17691 import decoding as vehicles
from gongjian.protocols.gb17691.contents import content_of as vehicle_content
from gongjian.protocols.gb17691.frames import LONGEST, Frame
from gongjian.protocols.gb17691.layouts import Layout, detect_layout
from gongjian.protocols.hj212.contents import content_of
from gongjian.protocols.hj212.crc import crc_text
from gongjian.protocols.hj212.decoding import Decoder
from gongjian.protocols.hj212.events import Packet
from gongjian.protocols.hj212.profiles import ANYTHING, AROUND, FIELD, SECOND_HAND_2025, STRICT, Profile
from gongjian.protocols.hj212.sealing import sealed

KEY = bytes(range(16))
SEALED = Profile("sealed", ~STRICT.allowed, 9999, key=KEY)
SOME_SEALED = Profile("some-sealed", ~STRICT.allowed, 9999, keys=lambda mn: KEY if mn else None)  # as a gateway reads
PROFILES = (STRICT, FIELD, ANYTHING, SECOND_HAND_2025, SEALED, SOME_SEALED)
CORPUS = [
    framed(HOST_ASKS),
    minute_packet(),
    minute_packet(77),
    carrying(b"DataTime=20240601120000;w01018-SampleTime=20240601115500,w01018-Rtd=194.2,w01018-Flag=N,w01018-EFlag=A01"),
    carrying(b"DataTime=20240601120000000;011-Rtd=6.951,011-Flag=N;B01-Rtd=-1e5;,060-Rtd=,;"),
    carrying(b"BeginTime=20240601110000,EndTime=20240601150000"),
    carrying(b"QnRtn=1"),
    carrying(b"SystemTime=20240601110000;PolId=w01018"),
    carrying(b"DataTime=20240601120000;SB1-RS=1;SB2-RT=0.5"),
    framed(sealed(minute_packet()[6:-6], KEY)),
]
BITS = [
    b"##",
    b"\r\n",
    b"&&",
    b"=",
    b";",
    b",",
    b"-Rtd=",
    b"nan",
    b"1e999",
    b"9" * 400,
    b"\xff",
    b"\x00",
    b"QN=",
    b"PNUM=2;PNO=1;",
    b"~~",
    b"\xb2\xe2",
]


def mutated(data, rng):
    """The bytes with a few things done to them; at times the check code is put right again, so that damage gets past it."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.randint(1, 30)]
            case 2:
                data[at:at] = rng.choice(BITS)
            case 3:
                data[at:at] = data[at : at + rng.randint(1, 60)]
            case 4:
                data[at : at + 2] = rng.choice(BITS)
            case _:
                data = data[at:] + data[:at]
    return bytes(data)


def mended(frame):
    """Length and check code made to fit what stands between them."""
    segment = frame[6:-6]
    return b"##%04d%b%b\r\n" % (min(len(segment), 9999), segment, crc_text(segment))


def run(times, seed):
    """So many mutations through decoders that live on; what came of them. Anything raised is a find."""
    rng, told = Random(seed), Counter()  # noqa: S311 - repeatable draws, no secrets
    streams = [Decoder(profile) for profile in PROFILES]
    vehicle = vehicles.Decoder()
    for _ in range(times):
        data = mutated(rng.choice(CORPUS), rng)
        data = mended(data) if rng.random() < 0.6 else data
        at = rng.randrange(len(PROFILES))
        for event in streams[at].receive(data):
            told[f"hj212 {type(event).__name__.lower()}{'s' * isinstance(event, Packet)}"] += 1
            if isinstance(event, Packet):
                content_of(event)
                assert event.readings is not None
        assert streams[at].held <= PROFILES[at].longest + AROUND
        if rng.random() < 0.3:
            vehicle_turn(vehicle, rng, told)
    return told


def vehicle_turn(vehicle, rng, told):
    """One mutated frame of a vehicle, in a portion of its own."""
    for event in vehicle.receive(mutated(rng.choice(VEHICLE_FRAMES), rng)):
        told[f"gb17691 {type(event).__name__.lower()}"] += 1
        if isinstance(event, Frame):
            for layout in Layout:
                vehicle_content(event, layout)
            detect_layout([event])
    assert vehicle.held <= LONGEST + 25


if __name__ == "__main__":
    for name, count in sorted(run(int(sys.argv[1]), seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0).items()):
        print(f"{name:20} {count}")  # noqa: T201 - a command
