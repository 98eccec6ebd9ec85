"""Every write of the plan and its performance; permissions are checked here."""
