"""The tables of this room."""

from gongjian.ledgers.models.enterprise import Enterprise, EnterpriseVersion
from gongjian.ledgers.models.entry import Entry, Status
from gongjian.ledgers.models.imports import Import
from gongjian.ledgers.models.record import Record
from gongjian.ledgers.models.registers import Membership, Touch
from gongjian.ledgers.models.saved_views import SavedView
from gongjian.ledgers.models.versions import versions_of

__all__ = ["Enterprise", "EnterpriseVersion", "Entry", "Import", "Membership", "Record", "SavedView", "Status", "Touch", "versions_of"]
