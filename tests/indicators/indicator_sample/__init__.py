"""A small field of work: vehicles and the checks made of them."""
