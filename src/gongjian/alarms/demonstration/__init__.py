"""The made-up outlets of the demonstration: whose they are, their limits, and what their devices say hour by hour."""
