"""What the command line knows and says of a plan that was read."""

from __future__ import annotations

from importlib import resources

from gongjian.plans.planfile.directory import load_directory
from gongjian.plans.planfile.model import Directory, PlanDocument


def built_in_directory() -> Directory:
    """The directory shipped inside the package."""
    with resources.as_file(resources.files("gongjian.plans") / "data" / "directory.toml") as path:
        return load_directory(path)


def in_words(document: PlanDocument) -> str:
    """What was read, a line a measure, its doubts below it."""
    lines = [f"{document.head.title or '（未读到标题）'}　{document.head.number}".rstrip("　")]
    for measure in document.measures:
        lead = "、".join(party.name for party in measure.lead) or "—"
        mark = f"　存疑 {len(measure.doubts)} 处" if measure.doubts else ""
        lines.append(f"{measure.key}　{measure.deadline.text or measure.deadline.code()}　{lead}{mark}　{measure.text[:40]}")
        lines += [f"    存疑：{doubt.message}（{doubt.place.words()}）" for doubt in measure.doubts]
    lines += [f"存疑：{doubt.message}（{doubt.place.words()}）" for doubt in document.doubts]
    doubted = sum(bool(measure.doubts) for measure in document.measures)
    lines.append(f"共 {len(document.plans)} 个分计划、{len(document.measures)} 条措施，其中 {doubted} 条存疑。")
    return "\n".join(lines)
