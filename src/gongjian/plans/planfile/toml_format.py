"""Our own plan file (方案文件): TOML that a person can read, write and compare. The format is documented in docs/planfile.md."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

from gongjian.plans.planfile.model import PlanDocument, PlanFileError
from gongjian.plans.planfile.toml_reader import document_from
from gongjian.plans.planfile.toml_writer import written

LARGEST = 8 * 1024 * 1024  # bytes; a plan of a thousand measures stays under two million


def read_plan_file(path: Path) -> PlanDocument:
    """The document written in the plan file at ``path``; raises ``PlanFileError`` with one Chinese sentence."""
    return parse_plan_file(_text(path), path.name)


def parse_plan_file(text: str, name: str = "方案文件") -> PlanDocument:
    """The document that ``text`` stands for; ``name`` is what errors call the file."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        msg = f"{name}{_position(str(fault))}不合 TOML 语法（漏了引号、括号，或同一字段写了两次），请改正后再读。"
        raise PlanFileError(msg) from fault
    document = document_from(data, text, name)
    keys = Counter(measure.key for measure in document.measures)
    if doubled := [key for key, count in keys.items() if count > 1]:
        lines = [str(text.count("\n", 0, at) + 1) for at in _places(text, doubled[0])]
        told = f" 第{'、'.join(lines)}行" if lines else ""
        msg = f"{name}{told}：措施编号 {doubled[0]} 出现了{keys[doubled[0]]}次，编号不能重复，请改正后再读。"
        raise PlanFileError(msg)
    return document


def write_plan_file(document: PlanDocument) -> str:
    """The text of the plan file for ``document``: always the same bytes for the same document, read back as an equal one."""
    return written(document)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            msg = f"{path.name} 超过{LARGEST // 1024 // 1024} MB，不像方案文件，请检查是否选错了文件。"
            raise PlanFileError(msg)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        msg = f"{path.name} 不是 UTF-8 编码的文本，请另存为 UTF-8 后再读。"
        raise PlanFileError(msg) from fault
    except OSError as fault:
        msg = f"{path.name} 打不开（文件不存在、是文件夹或无权读取），请检查路径。"
        raise PlanFileError(msg) from fault


def _position(fault: str) -> str:
    found = re.search(r"line (\d+), column (\d+)", fault)
    return f" 第{found[1]}行第{found[2]}列" if found else "（末尾）" if "end of document" in fault else ""


def _places(text: str, key: str) -> list[int]:
    return [found.start() for found in re.finditer(rf"^\s*key\s*=\s*[\"']{re.escape(key)}[\"']", text, re.MULTILINE)]
