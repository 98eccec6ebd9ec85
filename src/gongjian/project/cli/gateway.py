"""``gongjian gateway``: receive from devices; replay what was refused. Options may stand in the environment as ``GONGJIAN_GATEWAY_…``."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.start import start_django

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PORT = click.IntRange(-1, 65_535)


@click.group(invoke_without_command=True, help="联网接入：接收监测设备和重型车的数据；选项也可用环境变量 GONGJIAN_GATEWAY_… 给出。")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="GONGJIAN_GATEWAY_HOST", help="监听地址；对外接收时设为 0.0.0.0。")
@click.option(
    "--hj212-port", default=9212, show_default=True, type=_PORT, envvar="GONGJIAN_GATEWAY_HJ212_PORT", help="HJ 212 端口；-1 不监听。"
)
@click.option(
    "--gb17691-port", default=9691, show_default=True, type=_PORT, envvar="GONGJIAN_GATEWAY_GB17691_PORT", help="GB 17691 端口；-1 不监听。"
)
@click.option(
    "--metrics-port",
    default=9912,
    show_default=True,
    type=_PORT,
    envvar="GONGJIAN_GATEWAY_METRICS_PORT",
    help="健康检查与 Prometheus 指标的端口；-1 不提供。",
)
@click.option(
    "--metrics-host", default="127.0.0.1", show_default=True, envvar="GONGJIAN_GATEWAY_METRICS_HOST", help="健康检查与指标的监听地址。"
)
@click.option("--certificate", type=_FILE, envvar="GONGJIAN_GATEWAY_CERTIFICATE", help="TLS 证书（PEM）；给出后两个设备端口都用 TLS。")
@click.option("--key", type=_FILE, envvar="GONGJIAN_GATEWAY_KEY", help="TLS 私钥（PEM）。")
@click.option("--allow", default="", envvar="GONGJIAN_GATEWAY_ALLOW", help="允许接入的地址或网段，逗号分隔；缺省不限。")
@click.option("--connections", default=20_000, show_default=True, envvar="GONGJIAN_GATEWAY_CONNECTIONS", help="连接总数上限。")
@click.option("--per-address", default=12_000, show_default=True, envvar="GONGJIAN_GATEWAY_PER_ADDRESS", help="同一地址的连接数上限。")
@click.option("--rate", default=200, show_default=True, envvar="GONGJIAN_GATEWAY_RATE", help="每个连接每秒报文数上限，超出则放慢读取。")
@click.option("--idle", default=1200.0, show_default=True, envvar="GONGJIAN_GATEWAY_IDLE", help="连接静默多少秒后断开。")
@click.option("--first", default=30.0, show_default=True, envvar="GONGJIAN_GATEWAY_FIRST", help="连接后多少秒内须有已登记设备的报文。")
@click.option("--if-free", is_flag=True, help="端口被占用时说明并正常退出。")
@click.pass_context
def gateway(context: click.Context, /, **options: object) -> None:
    """Serve, unless another command was named."""
    if context.invoked_subcommand is None:
        _serve(**options)  # type: ignore[arg-type] # as click declares them above


def _serve(*, host: str, metrics_host: str, certificate: Path | None, key: Path | None, if_free: bool, **numbers: object) -> None:
    start_django()
    from gongjian.gateway.limits import Limits  # noqa: PLC0415 - after Django has started
    from gongjian.gateway.listening import Ports  # noqa: PLC0415
    from gongjian.gateway.running import Orders, run  # noqa: PLC0415
    from gongjian.project.clock import house_clock  # noqa: PLC0415
    from gongjian.telemetry.addresses import networks  # noqa: PLC0415

    ports = {name: None if numbers[f"{name}_port"] == -1 else numbers[f"{name}_port"] for name in ("hj212", "gb17691", "metrics")}
    allowed = {name: numbers[name] for name in ("connections", "per_address", "rate", "idle", "first", "allow")}
    networks(str(allowed["allow"]))
    orders = Orders(Ports(host, metrics_host=metrics_host, **ports), Limits(**allowed), house_clock(), certificate, key)  # type: ignore[arg-type] # as above
    try:
        asyncio.run(run(orders, click.echo))
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        sentence = f"联网接入没有启动：端口不可用（{error.strerror}），请用 --hj212-port、--gb17691-port、--metrics-port 另行指定。"
        if not if_free:
            raise Refusal(sentence) from error
        click.echo(sentence)


@gateway.command(help="放宽设备档案后，重放此前未采用的报文。")
@click.option("--device", "code", default="", help="只重放这台设备（MN 或 VIN）；缺省全部。")
def replay(code: str) -> None:
    """Take what can be taken now."""
    start_django()
    from gongjian.gateway.actions import replay as replay_frames  # noqa: PLC0415 - after Django has started
    from gongjian.trail.clock import now  # noqa: PLC0415

    found = replay_frames(code, by=None, at=now())
    click.echo(f"重放 {found.tried} 条未采用的报文：采用 {found.taken} 条，仍不能采用 {found.tried - found.taken} 条。")


@gateway.command(help="设置设备的 SM4 密钥（32 位十六进制数字，输入时不显示；直接回车则取消加密）。")
@click.argument("code")
@click.option("--key", prompt="SM4 密钥", default="", hide_input=True, show_default=False, help="缺省时询问。")
def seal(code: str, key: str) -> None:
    """Set it; it is not shown again."""
    start_django()
    from gongjian.telemetry.actions import set_device_key  # noqa: PLC0415 - after Django has started
    from gongjian.telemetry.models import Device, Protocol  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    device = Device.objects.filter(protocol=Protocol.HJ212, code=code).first()
    if device is None:
        msg = f"没有登记编码为“{code}”的 HJ 212 设备，请核对编码，或先登记该设备。"
        raise Refusal(msg)
    set_device_key(device, key, by=None, at=now())
    click.echo(f"{device} {'已设置加密密钥' if device.sealing_key else '不再加密'}，网关几秒内生效。")


@gateway.command(help="把已登记站点的小时、日数据写入监测数据（平时由定时任务完成）。")
@click.option("--again", is_flag=True, help="从头再写一遍；改过因子对应关系后使用，已有且相同的不变。")
def fold(*, again: bool) -> None:
    """Fold now."""
    start_django()
    from gongjian.telemetry import actions  # noqa: PLC0415 - after Django has started
    from gongjian.telemetry.queries import live  # noqa: PLC0415
    from gongjian.trail.clock import now  # noqa: PLC0415

    if again:
        live().move_cursor("observations", 0)
    written = actions.fold(now=now())
    click.echo(f"新增 {written.new} 个值，更正 {written.corrected} 个，不变 {written.unchanged} 个。")
