"""Alarms in templates."""
