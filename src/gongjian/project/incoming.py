"""How uploaded files are taken in, out of the environment: read by the settings, so nothing here may need Django to have started."""

from __future__ import annotations

import shlex
import shutil

from django.core.exceptions import ImproperlyConfigured

MEGABYTE = 1024 * 1024
MOST = 100  # megabytes


def megabytes(written: str) -> int:
    """``20`` as bytes; ImproperlyConfigured for anything but 1 to 100."""
    if not written.isdecimal() or not 1 <= int(written) <= MOST:
        msg = f"GONGJIAN_LARGEST_FILE 应写成 1 到 {MOST} 的整数（MB），请检查。"
        raise ImproperlyConfigured(msg)
    return int(written) * MEGABYTE


def scanner_command(written: str) -> str:
    """The command as it was given; ImproperlyConfigured where it cannot be read or names no program of this machine."""
    try:
        words = shlex.split(written)
    except ValueError:
        words = [""]
    if words and shutil.which(words[0]) is None:
        msg = "GONGJIAN_SCANNER 应是一条能执行的命令，从标准输入读文件，例如 clamdscan --no-summary -，请检查程序是否已安装。"
        raise ImproperlyConfigured(msg)
    return written
