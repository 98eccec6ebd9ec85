"""Every write of an assessment."""
