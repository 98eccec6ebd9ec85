"""Pages of alarms and data quality."""
