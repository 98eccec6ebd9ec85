"""Reading what air quality feeds send: bytes in, hourly values and refused lines out. Pure."""
