"""The ledgers of mobile sources, in the order they are shown."""

from gongjian.mobile.ledgers.places import PLACE_LEDGERS
from gongjian.mobile.ledgers.vehicles import VEHICLE_LEDGERS

LEDGERS = (*VEHICLE_LEDGERS, *PLACE_LEDGERS)

__all__ = ["LEDGERS"]
