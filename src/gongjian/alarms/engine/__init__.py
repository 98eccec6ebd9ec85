"""Judging observations as they come: pure, label by label, the same live and replayed."""
