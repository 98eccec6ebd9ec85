"""Made-up devices for the simulator, registered in a demonstration only."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from gongjian.gateway.simulation import wire
from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.actions import ensure_device, set_device_key
from gongjian.telemetry.models import Device, Protocol
from gongjian.trail.clock import now


@transaction.atomic
def register_simulated(protocol: str, numbers: Iterable[int], *, is_sealed: bool = False) -> int:
    """Register the simulator's devices with these numbers, those that seal with their keys; how many. Refusal outside a demonstration.

    A device that is registered already is brought to seal or not to.
    """
    if not settings.DEMONSTRATION:
        msg = "正式运行的系统里不能登记模拟设备（GONGJIAN_MODE=production）；请另设 GONGJIAN_HOME 以演示方式运行。"
        raise Refusal(msg)
    at, count = now(), 0
    known = {device.code: device for device in Device.objects.filter(protocol=protocol)}
    is_vehicle = protocol == Protocol.GB17691
    for number in numbers:
        count += 1
        code = wire.vin(number) if is_vehicle else wire.mn(number)
        key = wire.key_of(code).hex() if is_sealed else ""
        if found := known.get(code):
            if bool(found.sealing_key) != is_sealed:
                set_device_key(found, key, by=None, at=at)
            continue
        device = Device(protocol=protocol, code=code, name=f"模拟{'车辆' if is_vehicle else '设备'} {number}", minute_interval=1)
        password, factors = ("", ()) if is_vehicle else (wire.PASSWORD, wire.UNITS.items())
        ensure_device(device, password, ((code, unit or "无量纲") for code, unit in factors), key=key, by=None, at=at)
    return count
