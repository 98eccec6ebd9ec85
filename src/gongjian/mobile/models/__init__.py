"""The tables of this room."""

from gongjian.mobile.models.checks import BlackSmoke, PremisesCheck, RoadCheck, Sampling, ZoneViolation
from gongjian.mobile.models.facilities import (
    ChargingStation,
    ChargingStationVersion,
    FuelSite,
    FuelSiteVersion,
    IllegalStorage,
    IllegalStorageVersion,
    RailMilestone,
    RailMilestoneVersion,
)
from gongjian.mobile.models.fleet_records import Acquisition, FleetLog, Retirement, TerminalStatus
from gongjian.mobile.models.inspections import DataVerification, PeriodicTest, Repair
from gongjian.mobile.models.machinery import LowEmissionZone, LowEmissionZoneVersion, Machine, MachineType, MachineVersion
from gongjian.mobile.models.precision import PrecisionRun, VehicleScore
from gongjian.mobile.models.remote import RemoteDay, RemoteMark, RemoteSign
from gongjian.mobile.models.site_records import DieselSale, FuelSample, MachineCheck, StorageCheck
from gongjian.mobile.models.vehicles import (
    Fleet,
    FleetVersion,
    KeyPlace,
    KeyPlaceVersion,
    RemoteTerminal,
    RemoteTerminalVersion,
    Vehicle,
    VehicleVersion,
)

__all__ = [
    "Acquisition",
    "BlackSmoke",
    "ChargingStation",
    "ChargingStationVersion",
    "DataVerification",
    "DieselSale",
    "Fleet",
    "FleetLog",
    "FleetVersion",
    "FuelSample",
    "FuelSite",
    "FuelSiteVersion",
    "IllegalStorage",
    "IllegalStorageVersion",
    "KeyPlace",
    "KeyPlaceVersion",
    "LowEmissionZone",
    "LowEmissionZoneVersion",
    "Machine",
    "MachineCheck",
    "MachineType",
    "MachineVersion",
    "PeriodicTest",
    "PrecisionRun",
    "PremisesCheck",
    "RailMilestone",
    "RailMilestoneVersion",
    "RemoteDay",
    "RemoteMark",
    "RemoteSign",
    "RemoteTerminal",
    "RemoteTerminalVersion",
    "Repair",
    "Retirement",
    "RoadCheck",
    "Sampling",
    "StorageCheck",
    "TerminalStatus",
    "Vehicle",
    "VehicleScore",
    "VehicleVersion",
    "ZoneViolation",
]
