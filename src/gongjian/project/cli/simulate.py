"""``gongjian simulate``: devices that speak the wire, to try and to load a gateway. On loopback only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from ipaddress import ip_address
from pathlib import Path
from random import Random
from typing import Any

import click

from gongjian.kernel.refusal import Refusal

SEED = 28
NOTICED = 3  # seconds until a gateway has seen that devices were registered


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--host", default="127.0.0.1", show_default=True, help="网关地址，只能是本机。"),
        click.option("--devices", default=10, show_default=True, help="设备数，每台一个连接。"),
        click.option("--rate", default=10.0, show_default=True, help="全部设备每秒共发多少包。"),
        click.option("--seconds", default=10.0, show_default=True, help="发多少秒。"),
        click.option("--first", default=0, show_default=True, help="第一台设备的序号。"),
        click.option("--begin", default=0, help="第一个数据时间（1970 年起的秒数）；缺省使最后一个正好到现在。"),
        click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), help="把得到应答的（设备，数据时间）逐行写入文件。"),
        click.option("--register", is_flag=True, help="先登记这些模拟设备（只在演示方式下）。"),
        click.option("--house-day", is_flag=True, help="用系统的日期（演示系统停在 2020 年的一天），缺省用真实时间。"),
    ):
        command = option(command)
    return command


@click.group(help="模拟设备：按规约发送数据，核对每个应答，报告发送、应答、丢失与时延；只连本机。")
def simulate() -> None:
    """Devices that are not there."""


@simulate.command(help="模拟 HJ 212 监测设备。")
@_options
@click.option("--port", default=9212, show_default=True, help="网关端口。")
@click.option("--kind", type=click.Choice(["realtime", "minute", "hour"]), default="minute", show_default=True, help="发送哪一类数据。")
@click.option("--skip", default=0.0, show_default=True, help="漏发的比例，用来检验补调。")
@click.option("--sealed", is_flag=True, help="数据区按 SM4 加密；与 --register 同用时连同密钥一起登记。")
def hj212(**options: Any) -> None:
    """Instruments."""
    from gongjian.gateway.simulation.load import run_hj212  # noqa: PLC0415 - only who simulates needs it

    _run("hj212", run_hj212, options)


@simulate.command(help="模拟 GB 17691 重型车：登入、每秒一条、登出。")
@_options
@click.option("--port", default=9691, show_default=True, help="网关端口。")
def gb17691(**options: Any) -> None:
    """Vehicles."""
    from gongjian.gateway.simulation.load import run_gb17691  # noqa: PLC0415 - only who simulates needs it

    _run("gb17691", run_gb17691, options)


def _run(protocol: str, run: Callable[..., Coroutine[Any, Any, Any]], options: dict[str, Any]) -> None:
    from gongjian.gateway.clocks import patience, wall_clock  # noqa: PLC0415 - only who simulates needs it
    from gongjian.gateway.listening import raise_open_files  # noqa: PLC0415
    from gongjian.gateway.simulation.clients import Target  # noqa: PLC0415
    from gongjian.gateway.simulation.load import Load, Pulse  # noqa: PLC0415

    if not ip_address(options["host"]).is_loopback:
        msg = f"模拟设备只连本机，{options['host']} 不是本机地址，请改用 127.0.0.1。"
        raise Refusal(msg)
    journal, clock = options["journal"], _house_clock() if options["house_day"] else wall_clock
    if options["register"]:
        _register(protocol, range(options["first"], options["first"] + options["devices"]), is_sealed=options.get("sealed", False))
        time.sleep(NOTICED)
    raise_open_files()
    asked = {name: options[name] for name in ("devices", "rate", "seconds", "kind", "skip", "begin", "first", "sealed") if name in options}
    pulse = Pulse(clock, patience, Random(SEED))  # noqa: S311 - repeatable draws, no secrets # nosec B311
    found = asyncio.run(run(Load(**asked, journal=journal is not None), Target(options["host"], options["port"]), pulse))
    if journal is not None:
        journal.write_text("".join(f"{name} {moment}\n" for name, moment in found.tally.acknowledged), encoding="utf-8")
    click.echo(found.words())


def _house_clock() -> Callable[[], int]:
    from gongjian.project.start import start_django  # noqa: PLC0415 - only where asked for

    start_django()
    from gongjian.project.clock import house_clock  # noqa: PLC0415 - after Django has started

    return house_clock()


def _register(protocol: str, numbers: range, *, is_sealed: bool) -> None:
    from gongjian.project.start import start_django  # noqa: PLC0415 - only where asked for

    start_django()
    from gongjian.project.demonstration.devices import register_simulated  # noqa: PLC0415 - after Django has started

    click.echo(f"已登记模拟设备 {register_simulated(protocol, numbers, is_sealed=is_sealed)} 台。")
