"""What this room writes by itself."""

from gongjian.mobile.actions.scoring import score_vehicles
from gongjian.mobile.actions.watching import watch_vehicles

__all__ = ["score_vehicles", "watch_vehicles"]
