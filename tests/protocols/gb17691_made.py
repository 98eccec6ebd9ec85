"""GB 17691 frames made for tests, in the three layouts."""

from datetime import datetime, timedelta, timezone

from gongjian.protocols.gb17691.contents import Login, Logout, content_bytes
from gongjian.protocols.gb17691.engine import engine_bytes
from gongjian.protocols.gb17691.frames import Command, Encryption, Frame, frame_bytes
from gongjian.protocols.gb17691.layouts import Item, Layout, Report, engine_item, obd_item
from gongjian.protocols.gb17691.obd import Obd

BEIJING = timezone(timedelta(hours=8))
VIN = "LGDCH91G8KA141269"
AT = datetime(2020, 6, 11, 16, 19, 24, tzinfo=BEIJING)
OBD = Obd(0, 0, 0x7521, 0x8BA6, VIN, "1" * 18, "0" * 18, b"0" * 36, (0x00123456, 0x00ABCDEF))
DRIVING = {"speed": 62.5, "engine_speed": 1350.125, "nox_upstream": 412.35, "nox_downstream": 31.5, "coolant_temperature": 88}
DRIVING |= {"longitude": 116.506912, "latitude": 39.795041, "distance": 120_431.7, "reagent_level": 62.4}


def frame(command, data, start=b"##"):
    return Frame(start, command, VIN, 1, Encryption.NONE, data)


def report(layout, *, obd=True, engine=True):
    """A report of one OBD item and one engine stream in this layout."""
    serial = 7 if layout is Layout.TYPE_SERIAL else None
    time = AT if layout is Layout.TIMED else None
    items: list[Item] = [obd_item(OBD, serial=serial, time=time)] if obd else []
    if engine:
        items.append(engine_item(engine_bytes(DRIVING), serial=serial, time=time))
    return Report(AT, None if layout is Layout.TYPE_SERIAL else 4, tuple(items))


def report_frame(layout, **parts):
    start = b"~~" if layout is Layout.TIMED else b"##"
    return frame(Command.REALTIME, content_bytes(report(layout, **parts), layout), start)


LOGIN = frame(Command.LOGIN, content_bytes(Login(AT, 3, "89861119222035507877"), Layout.TYPE_SERIAL))
LOGOUT = frame(Command.LOGOUT, content_bytes(Logout(AT, 3), Layout.TYPE_SERIAL))
VEHICLE_FRAMES = [frame_bytes(each) for each in (LOGIN, LOGOUT, *(report_frame(layout) for layout in Layout))]
