"""Keeping readings: freezing a closed period, checking what was frozen, remembering a day that is over."""
