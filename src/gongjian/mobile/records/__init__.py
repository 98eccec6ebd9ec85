"""The kinds of record of mobile sources, in the order they are shown."""

from gongjian.mobile.records.places import PLACE_RECORDS
from gongjian.mobile.records.remote import REMOTE_RECORDS
from gongjian.mobile.records.vehicle_checks import VEHICLE_CHECKS
from gongjian.mobile.records.vehicle_lives import VEHICLE_LIVES

RECORD_KINDS = (*VEHICLE_CHECKS, *VEHICLE_LIVES, *REMOTE_RECORDS, *PLACE_RECORDS)

__all__ = ["RECORD_KINDS"]
