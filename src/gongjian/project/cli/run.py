"""``gongjian run``: everything, embedded, in one command; ``gongjian jobs``: the timetable; ``gongjian manage``: Django's own."""

from __future__ import annotations

import os
import subprocess  # nosec B404 # one fixed command, below
import sys
import time

import click

from gongjian.project.start import start_django


@click.command(help="准备好数据库与演示数据，启动服务与定时任务。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", default=8000, show_default=True, help="监听端口。")
@click.option("--workers", default=2, show_default=True, help="服务进程数。")
@click.option("--gateway/--no-gateway", default=True, show_default=True, help="同时在本机端口接收设备数据（端口空闲时）。")
def run(host: str, port: int, workers: int, *, gateway: bool) -> None:
    """Set up what is missing, say what there is, serve until interrupted."""
    started = time.monotonic()
    os.environ["GONGJIAN_QUEUE"] = "1"  # said to the processes begun from here: large work may be left to the timetable
    start_django()
    from gongjian.project.first_run import prepare  # noqa: PLC0415 - after Django has started

    loaded = prepare(say=click.echo)
    click.echo(f"\n攻坚已就绪（准备用时 {time.monotonic() - started:.1f} 秒）：http://{host}:{port}/")
    for line in loaded:
        click.echo(f"  {line}")
    click.echo("按 Ctrl+C 停止。\n")
    commands = [["jobs"], ["alarms", "watch"], *([["gateway", "--if-free"]] if gateway else [])]
    own = [sys.executable, "-m", "gongjian.project.cli"]
    beside = [subprocess.Popen([*own, *command]) for command in commands]  # noqa: S603 - our own commands # nosec B603 # the same
    try:
        _serve(host, port, workers)
    finally:
        for process in beside:
            process.terminate()
        for process in beside:
            process.wait(timeout=15)


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian  # noqa: PLC0415 - only a serving process needs it
    from granian.constants import Interfaces  # noqa: PLC0415

    from gongjian.live.streaming import SEATS  # noqa: PLC0415 - after Django has started

    threads = 2 * SEATS  # however many listen to live values, as many again are left for pages
    Granian(
        "gongjian.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=threads
    ).serve()


@click.command(help="只运行定时任务（封存日志、夜间核验）。")
def jobs() -> None:
    """The timetable in the foreground."""
    start_django()
    from gongjian.project.jobs import timetable  # noqa: PLC0415 - after Django has started

    timetable.create_consumer(workers=1, periodic=True, check_worker_health=True).run()


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False, help="Django 自带的管理命令。")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Hand over to Django."""
    start_django()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after Django has started

    execute_from_command_line(["gongjian manage", *arguments])
