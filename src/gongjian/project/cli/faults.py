"""What goes wrong outside the rules, in words for whoever typed the command."""

from __future__ import annotations


def told(fault: Exception) -> str | None:
    """One Chinese sentence for a fault of the installation; None for a fault of the program, which keeps its traceback."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - only a failed command pays for Django
    from django.db.utils import OperationalError, ProgrammingError  # noqa: PLC0415

    if isinstance(fault, ImproperlyConfigured):
        return _one_line(fault)
    if isinstance(fault, OperationalError | ProgrammingError):
        return f"数据库连接不上或还没有建好（{_one_line(fault)}），请检查 GONGJIAN_DATABASE_URL，或先运行“gongjian manage migrate”。"
    if isinstance(fault, OSError) and fault.filename:
        return f"无法读写 {fault.filename}（{fault.strerror}），请检查路径和权限。"
    return None


def _one_line(fault: Exception) -> str:
    return next(iter(str(fault).strip().splitlines()), type(fault).__name__)
