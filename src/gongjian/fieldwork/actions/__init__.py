"""Taking in what a phone sends."""
