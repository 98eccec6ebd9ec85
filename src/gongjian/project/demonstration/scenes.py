"""What a scene of the demonstration is: a moment, and what is done then."""

from collections.abc import Callable
from datetime import datetime

Scene = tuple[datetime, Callable[[], object]]
