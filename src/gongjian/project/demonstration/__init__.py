"""The demonstration district: made-up people and reports, deterministic, marked as simulated on every page."""
