"""Registering devices and what their factors are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from string import hexdigits

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import save_with_event
from gongjian.protocols.hj212.profiles import HARD_CAP, KEY, SEGMENT
from gongjian.protocols.hj212.requests import MINUTES
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry.addresses import networks
from gongjian.telemetry.models import Device, DeviceFactor, Protocol
from gongjian.telemetry.passwords import digest_of, locked
from gongjian.telemetry.queries import live
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

DEVICE = (
    "protocol",
    "code",
    "name",
    "station",
    "tolerances",
    "longest",
    "addresses",
    "most_per_second",
    "minute_interval",
    "asks_missing",
    "active",
)
FACTOR = ("device", "code", "unit", "factor", "scale")
PASSWORD = 6  # characters, HJ 212-2017 table 2
VIN = 17


@transaction.atomic
def save_device(device: Device, *, by: User | None, at: datetime) -> Device:
    """Register a device or save a changed one. Refusal for an address, a tolerance or a code that is none."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    _check(device)
    device.revision += 1
    save_with_event(device, DEVICE, by=by, at=at)
    return device


def _check(device: Device) -> None:
    networks(device.addresses)
    if unknown := set(device.tolerances) - set(Tolerance.__members__):
        msg = f"放宽的项目中“{'、'.join(sorted(map(str, unknown)))}”不认识，请从列表中选择。"
        raise Refusal(msg)
    if device.protocol == Protocol.GB17691 and len(device.code) != VIN:
        msg = f"“{device.code}”不是 17 位的 VIN，请核对重型车的编码。"
        raise Refusal(msg)
    if not SEGMENT <= device.longest <= HARD_CAP:
        msg = f"数据段上限须在 {SEGMENT} 到 {HARD_CAP} 字节之间，请改正“{device.name}”的上限。"
        raise Refusal(msg)
    if device.minute_interval not in MINUTES:
        msg = f"分钟数据间隔须是 {'、'.join(map(str, sorted(MINUTES)))} 之一，请改正“{device.name}”的间隔。"
        raise Refusal(msg)


@transaction.atomic
def set_device_password(device: Device, password: str, *, by: User | None, at: datetime) -> None:
    """Set the password a device must send; an empty one asks for none. The event says that, never what."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    if password and (len(password) > PASSWORD or not password.isascii() or not password.isprintable()):
        msg = f"口令须是不超过 {PASSWORD} 个的字母、数字或符号（HJ 212），请重设“{device.name}”的口令。"
        raise Refusal(msg)
    device.password = digest_of(device.code, password) if password else ""
    device.revision += 1
    device.save(update_fields=["password", "revision"])
    record("device.password_set", device, by=by, at=at)


@transaction.atomic
def set_device_key(device: Device, key: str, *, by: User | None, at: datetime) -> None:
    """Set the SM4 key a device seals with, as 32 hexadecimal digits; "" where it does not seal. The event says that, never what.

    Refusal for what is no key, or a device whose rule of the wire knows none.
    """
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    plain = _key_of(device, key.strip())
    device.sealing_key = locked(device.pk, plain) if plain else ""
    device.revision += 1
    device.save(update_fields=["sealing_key", "revision"])
    if plain:
        record("device.key_set", device, by=by, at=at)
    else:
        record("device.key_removed", device, by=by, at=at)


def _key_of(device: Device, key: str) -> bytes:
    """The bytes; what was typed is never repeated in a sentence."""
    if not key:
        return b""
    if device.protocol != Protocol.HJ212:
        msg = f"“{device.name}”不是 HJ 212 设备，没有 SM4 密钥，请不要填写。"
        raise Refusal(msg)
    if len(key) != 2 * KEY or not all(digit in hexdigits for digit in key):
        msg = f"SM4 密钥须是 {2 * KEY} 位十六进制数字（0–9、A–F），请重设“{device.name}”的密钥。"
        raise Refusal(msg)
    return bytes.fromhex(key)


@transaction.atomic
def save_device_factor(factor: DeviceFactor, *, by: User | None, at: datetime) -> DeviceFactor:
    """Say what a factor of a device is: its unit and, where it becomes observations, which factor at which scale."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    if not factor.scale > 0:
        msg = f"因子 {factor.code} 的换算系数须大于零，请改正。"
        raise Refusal(msg)
    save_with_event(factor, FACTOR, by=by, at=at)
    return factor


@transaction.atomic
def enrol(protocol: str, code: str, *, name: str = "", by: User | None, at: datetime) -> Device:
    """Register a device that was heard without being known, and take it off the list of strangers. Refusal for one registered already."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    if protocol not in Protocol.values or not code:
        msg = "没有指明要登记的设备，请从列表中选择。"
        raise Refusal(msg)
    if Device.objects.filter(protocol=protocol, code=code).exists():
        msg = f"设备 {code} 已经登记，请在联网设备中查看。"
        raise Refusal(msg)
    device = save_device(Device(protocol=protocol, code=code, name=name or code), by=by, at=at)
    transaction.on_commit(lambda: live().forget_stranger(protocol, code))
    return device


@transaction.atomic
def ensure_device(
    device: Device, password: str, factors: Iterable[tuple[str, str]], *, key: str = "", by: User | None, at: datetime
) -> Device:
    """Register a device with its password, its SM4 key and its factors, given as (code, unit), unless it is known; then nothing changes."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    if known := Device.objects.filter(protocol=device.protocol, code=device.code).first():
        return known
    save_device(device, by=by, at=at)
    set_device_password(device, password, by=by, at=at)
    if key:
        set_device_key(device, key, by=by, at=at)
    for code, unit in factors:
        save_device_factor(DeviceFactor(device=device, code=code, unit=unit), by=by, at=at)
    return device
