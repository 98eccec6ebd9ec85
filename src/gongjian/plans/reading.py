"""Reading whatever a person hands over: a published document, or our own plan file (.toml)."""

from __future__ import annotations

from pathlib import Path

from gongjian.plans.planfile.model import Directory, PlanDocument, PlanFileError
from gongjian.plans.planfile.read import read_plan, read_plan_bytes
from gongjian.plans.planfile.toml_format import parse_plan_file, read_plan_file

PLAN_FILE = ".toml"


def read_file(path: Path, directory: Directory) -> PlanDocument:
    """The plan in the file at ``path``; PlanFileError in one Chinese sentence."""
    return read_plan_file(path) if path.suffix.lower() == PLAN_FILE else read_plan(path, directory)


def read_upload(data: bytes, name: str, directory: Directory) -> PlanDocument:
    """The plan in an uploaded file called ``name``; PlanFileError in one Chinese sentence."""
    if Path(name).suffix.lower() != PLAN_FILE:
        return read_plan_bytes(data, name, directory)
    try:
        return parse_plan_file(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as fault:
        msg = f"{name} 不是 UTF-8 编码的文本，请另存为 UTF-8 后再上传。"
        raise PlanFileError(msg) from fault
