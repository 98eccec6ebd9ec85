"""Telling people, carrying it to them, and what they do with it."""

from gongjian.notices.actions.choosing import choose_habits, try_again
from gongjian.notices.actions.delivering import deliver_waiting
from gongjian.notices.actions.pruning import prune
from gongjian.notices.actions.reading import mark_all_read, mark_read
from gongjian.notices.actions.sending import send

__all__ = ["choose_habits", "deliver_waiting", "mark_all_read", "mark_read", "prune", "send", "try_again"]
