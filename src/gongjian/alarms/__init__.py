"""Alarms: limits by outlet, rules, one open alarm per cause, its way to an explanation or to a case; data quality findings."""
