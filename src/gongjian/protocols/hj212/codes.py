"""The code lists of HJ 212: systems, commands, results, flags, statistics. Unlisted codes are kept as text, never refused."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Edition(IntEnum):
    """The edition a packet claims: ``Flag >> 2``. Surface-water stations sent 2 as early as 2020, so it proves little."""

    Y2005 = 0
    Y2017 = 1
    Y2025 = 2


class System(StrEnum):
    """ST, what is watched. Dust stations of the 2005 era send 22 or private codes; 44 and 45 are second-hand and unnamed."""

    SURFACE_WATER = "21"
    AIR = "22"
    VOC = "27"
    STACK = "31"
    OUTLET = "32"
    DUST = "39"
    SYSTEM = "91"


class Command(StrEnum):
    """CN. 9015 and 9021 are seen in the field."""

    SET_TIMEOUT = "1000"
    GET_CLOCK = "1011"
    SET_CLOCK = "1012"
    ASK_CALIBRATION = "1013"
    GET_REALTIME_INTERVAL = "1061"
    SET_REALTIME_INTERVAL = "1062"
    GET_MINUTE_INTERVAL = "1063"
    SET_MINUTE_INTERVAL = "1064"
    SET_PASSWORD = "1072"  # noqa: S105 - the name of a command
    REALTIME = "2011"
    STOP_REALTIME = "2012"
    STATE = "2021"
    STOP_STATE = "2022"
    DAY = "2031"
    RUNTIME = "2041"
    MINUTE = "2051"
    HOUR = "2061"
    BOOT = "2081"
    REQUEST_ANSWER = "9011"
    EXECUTION_ANSWER = "9012"
    NOTICE_ANSWER = "9013"
    DATA_ANSWER = "9014"
    HEARTBEAT = "9015"
    LOGIN = "9021"


PERIODS = frozenset({Command.DAY, Command.RUNTIME, Command.MINUTE, Command.HOUR})  # DataTime is where the period begins
UPLOADS = PERIODS | {Command.REALTIME, Command.STATE}
NOTICES = frozenset({Command.STOP_REALTIME, Command.STOP_STATE, Command.ASK_CALIBRATION})  # answered by 9013


class RequestResult(IntEnum):
    """QnRtn: whether a request is taken on."""

    READY = 1
    REFUSED = 2
    WRONG_PW = 3
    WRONG_MN = 4
    WRONG_ST = 5
    WRONG_FLAG = 6
    WRONG_QN = 7
    WRONG_CN = 8
    WRONG_CRC = 9
    UNKNOWN = 100


class ExecutionResult(IntEnum):
    """ExeRtn: how a request went."""

    DONE = 1
    FAILED = 2
    CONDITION = 3
    TIMEOUT = 4
    BUSY = 5
    FAULT = 6
    NO_DATA = 100


class Statistic(StrEnum):
    """What follows the factor: ``w01018-Avg``. Zs is converted to the reference oxygen; RS and RT are a device's state and run-time."""

    RTD = "Rtd"
    MIN = "Min"
    AVG = "Avg"
    MAX = "Max"
    COU = "Cou"
    ZS_RTD = "ZsRtd"
    ZS_MIN = "ZsMin"
    ZS_AVG = "ZsAvg"
    ZS_MAX = "ZsMax"
    ZS_COU = "ZsCou"
    DATA = "Data"
    STATE = "RS"
    RUNTIME = "RT"


class DataFlag(StrEnum):
    """The mark a value carries. Letters by HJ 212-2017, digits by 2005's air stations; UNKNOWN stands for whatever else was sent."""

    NORMAL = "N"
    STOPPED = "F"
    MAINTENANCE = "M"
    MANUAL = "S"
    FAULT = "D"
    CALIBRATING = "C"
    OVER_RANGE = "T"
    COMMUNICATIONS = "B"
    OLD_CALIBRATION = "0"
    OLD_WEATHER = "1"
    OLD_ABNORMAL = "2"
    OLD_NORMAL = "3"
    UNKNOWN = "?"

    @property
    def words(self) -> str:
        """Its Chinese words."""
        return _FLAG_WORDS[self]

    @property
    def is_normal(self) -> bool:
        """Whether the device says the value is good."""
        return self in {DataFlag.NORMAL, DataFlag.OLD_NORMAL}


_FLAG_WORDS = {
    DataFlag.NORMAL: "正常",
    DataFlag.STOPPED: "停运",
    DataFlag.MAINTENANCE: "维护",
    DataFlag.MANUAL: "手工输入",
    DataFlag.FAULT: "故障",
    DataFlag.CALIBRATING: "校准",
    DataFlag.OVER_RANGE: "超测量上限",
    DataFlag.COMMUNICATIONS: "通讯异常",
    DataFlag.OLD_CALIBRATION: "校准（2005 版）",
    DataFlag.OLD_WEATHER: "气象（2005 版）",
    DataFlag.OLD_ABNORMAL: "异常（2005 版）",
    DataFlag.OLD_NORMAL: "正常（2005 版）",
    DataFlag.UNKNOWN: "标准之外的标记",
}
