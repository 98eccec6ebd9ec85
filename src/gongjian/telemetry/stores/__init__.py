"""Implementations of the store's port."""

from gongjian.telemetry.stores.database import DatabaseStore
from gongjian.telemetry.stores.memory import MemoryStore

__all__ = ["DatabaseStore", "MemoryStore"]
