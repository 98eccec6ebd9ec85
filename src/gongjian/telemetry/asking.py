"""Who may write what stations are and measure."""

from __future__ import annotations

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User


def require_system(by: User | None) -> None:
    """Refuse people: what stations measured is brought in by the system, not typed."""
    if by is not None:
        msg = "监测站点和监测数据只由系统写入（命令行导入或联网接收），不能由个人修改。"
        raise Refusal(msg)
