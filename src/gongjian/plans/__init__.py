"""The promise (the plan) and its performance (reports, lights)."""
