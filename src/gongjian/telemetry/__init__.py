"""Stations, factors and observations of every period, whoever delivers them; read and written through the port in ``store``."""
