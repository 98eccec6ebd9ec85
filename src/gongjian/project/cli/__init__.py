"""The command line: ``gongjian plan read FILE`` and its sisters. Refusals are one Chinese sentence and exit status 2."""

from __future__ import annotations

import importlib
import os
import sys
from typing import ClassVar

import click

from gongjian.kernel.refusal import Refusal
from gongjian.project.cli.faults import told

REFUSED = 2


class House(click.Group):
    """Loads a command's module only when it is asked for, so that reading a plan never waits for Django."""

    rooms: ClassVar[dict[str, str]] = {
        "plan": "gongjian.project.cli.plan:plan",
        "people": "gongjian.project.cli.people:people",
        "air": "gongjian.project.cli.air:air",
        "indicator": "gongjian.project.cli.indicator:indicator",
        "inspection": "gongjian.project.cli.inspection:inspection",
        "ledger": "gongjian.project.cli.ledger:ledger",
        "assessment": "gongjian.project.cli.assessment:assessment",
        "alarms": "gongjian.project.cli.alarms:alarms",
        "vehicles": "gongjian.project.cli.vehicles:vehicles",
        "demo": "gongjian.project.cli.demo:demo",
        "trail": "gongjian.project.cli.trail:trail",
        "gateway": "gongjian.project.cli.gateway:gateway",
        "live": "gongjian.project.cli.live:live",
        "simulate": "gongjian.project.cli.simulate:simulate",
        "run": "gongjian.project.cli.run:run",
        "jobs": "gongjian.project.cli.run:jobs",
        "manage": "gongjian.project.cli.run:manage",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command there is."""
        return list(self.rooms)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and hand over one command."""
        if cmd_name not in self.rooms:
            return None
        module, name = self.rooms[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=House, help="攻坚：行动计划的读取、载入、运行与核验。")
def gongjian() -> None:
    """The root of all commands."""


def main() -> None:
    """Run a command; say what was wrong in one sentence and leave with status 2."""
    try:
        gongjian(standalone_mode=False)
    except Refusal as refusal:
        sys.exit(_refuse(str(refusal)))
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "gongjian"
        sys.exit(_refuse(f"命令写法不对（{error.format_message()}），请用“{where} --help”查看用法。"))
    except click.Abort:
        sys.exit(_refuse("已取消，没有写入任何内容。"))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of the pipe has gone: nothing to say
        sys.exit(0)
    except Exception as fault:
        sentence = told(fault)
        if sentence is None:
            raise
        sys.exit(_refuse(sentence))


def _refuse(sentence: str) -> int:
    click.echo(sentence, err=True)
    return REFUSED
