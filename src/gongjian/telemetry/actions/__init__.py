"""What this room writes. Values are written through the stores by the rooms that receive them."""

from gongjian.telemetry.actions.archiving import archive_months, check_archive, forget_expired
from gongjian.telemetry.actions.asking import keep_notes
from gongjian.telemetry.actions.devices import enrol, ensure_device, save_device, save_device_factor, set_device_key, set_device_password
from gongjian.telemetry.actions.folding import fold
from gongjian.telemetry.actions.listening import note_listening
from gongjian.telemetry.actions.packing import pack_days
from gongjian.telemetry.actions.retaining import save_retention, seed_retention
from gongjian.telemetry.actions.stations import StationCard, ensure_factors, ensure_station

__all__ = [
    "StationCard",
    "archive_months",
    "check_archive",
    "enrol",
    "ensure_device",
    "ensure_factors",
    "ensure_station",
    "fold",
    "forget_expired",
    "keep_notes",
    "note_listening",
    "pack_days",
    "save_device",
    "save_device_factor",
    "save_retention",
    "seed_retention",
    "set_device_key",
    "set_device_password",
]
