"""Taking a contribution's words over into the report, saying whose they are."""

from __future__ import annotations

from dataclasses import replace

from gongjian.kernel.refusal import Refusal
from gongjian.plans.actions.reporting import Account
from gongjian.plans.models import Contribution


def taken_over(account: Account, contribution: Contribution) -> Account:
    """The account with the contribution's words, and whose they are, added to its progress.

    Refusal for a contribution that is not handed in, or whose words are there already.
    """
    if contribution.is_open:
        msg = f"{contribution.department}的协办情况已经撤回或退回，现在不能引用，请刷新页面。"
        raise Refusal(msg)
    words = f"（协办单位{contribution.department}：{contribution.text.strip()}）"
    if words in account.progress:
        msg = f"{contribution.department}的协办情况已经在“本月进展”里了。"
        raise Refusal(msg)
    return replace(account, progress="\n".join(filter(None, (account.progress.rstrip(), words))))
