"""Ambient air: hourly values from files, days and years judged by the standards, and the pages that show them."""
