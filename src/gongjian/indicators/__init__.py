"""Computed figures: declared once, valued for any period, opened down to their rows."""
