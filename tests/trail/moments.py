"""When the trail's tests take place."""

from datetime import UTC, datetime

START = datetime(2020, 10, 31, 1, 0, tzinfo=UTC)
