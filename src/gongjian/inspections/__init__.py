"""Inspections: duties that come round, tasks with checklists, and inspections drawn by lot (双随机)."""
