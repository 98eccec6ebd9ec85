"""What people do with an import, and the work that follows."""

from gongjian.ledgers.importing.actions.asking import ask_apply, ask_check, discard, expire, is_stuck, require_size, upload
from gongjian.ledgers.importing.actions.carrying import Overtaken, carry_out

__all__ = ["Overtaken", "ask_apply", "ask_check", "carry_out", "discard", "expire", "is_stuck", "require_size", "upload"]
