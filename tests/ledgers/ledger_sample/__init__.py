"""A small field of work that has a field of every kind: yards, and visits paid to them."""
