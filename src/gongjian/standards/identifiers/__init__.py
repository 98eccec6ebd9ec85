"""Identifiers that other authorities give out: each ``check_…`` returns the one canonical form or raises ``BadIdentifier``."""
