"""The pictures of flows in the documentation are those of the tables in the code."""

import pytest
from house_sources import ROOT

from gongjian.alarms.flow import ALARM, FINDING
from gongjian.cases.flow import LOOP
from gongjian.people.roles import Permission, who_may
from gongjian.plans.flow import REPORT

DOCS = ROOT / "docs"
PICTURES = [("flow-report.md", REPORT), ("flow-case.md", LOOP), ("flow-alarm.md", ALARM), ("flow-finding.md", FINDING)]


def drawn(flow):
    """The flow as its page shows it: the picture, and a line for each step with who may take it and what it must carry."""
    label = {state: str(getattr(state, "label", state.value)) for state in type(flow.start)}
    who = {step.name: who_may(Permission(step.permission)) if step.permission else "系统" for step in flow.steps}
    rows = [
        f"| `{step.name}` {step.words()} | {'、'.join(label[state] for state in label if state in step.source)} | {label[step.target]} "
        f"| {who[step.name]} | {'、'.join(flow.requirements[need] for need in sorted(step.requires)) or '—'} |"
        for step in flow.steps
    ]
    head = "| 动作 | 从 | 到 | 谁可以 | 须写明 |\n|---|---|---|---|---|"
    return f"```mermaid\n{flow.mermaid()}\n```\n\n{head}\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(("name", "flow"), PICTURES)
def test_the_page_of_a_flow_shows_it_as_it_is(name, flow):
    told = (DOCS / name).read_text(encoding="utf-8")
    assert told.endswith(f"\n\n{drawn(flow)}"), f"write this at the end of {name}:\n\n{drawn(flow)}"
