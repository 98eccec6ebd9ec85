"""Every write about departments, people and the working calendar: permission checked, event recorded.

``by`` is the person who asks (None: the system itself), ``at`` the moment. A Refusal says in one sentence why not; then nothing is written.
"""

from gongjian.people.actions.accounts import create_user, end_post, give_post, save_user, set_password
from gongjian.people.actions.calendar import remove_calendar_day, save_calendar_day, seed_calendar
from gongjian.people.actions.directory import Ensured, ensure_directory, remove_alias, save_alias, save_department, save_group

__all__ = [
    "Ensured",
    "create_user",
    "end_post",
    "ensure_directory",
    "give_post",
    "remove_alias",
    "remove_calendar_day",
    "save_alias",
    "save_calendar_day",
    "save_department",
    "save_group",
    "save_user",
    "seed_calendar",
    "set_password",
]
