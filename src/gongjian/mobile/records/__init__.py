"""The kinds of record of mobile sources, in the order they are shown."""

from gongjian.mobile.records.places import PLACE_RECORDS
from gongjian.mobile.records.vehicles import VEHICLE_RECORDS

RECORD_KINDS = (*VEHICLE_RECORDS, *PLACE_RECORDS)

__all__ = ["RECORD_KINDS"]
