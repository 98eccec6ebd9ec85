"""Sheets into ledgers: read by their headings, planned row by row without writing, applied in one transaction."""
