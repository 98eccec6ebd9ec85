"""Every read of the plan and its performance."""
