"""Vehicles and machines as the emission rules class them: stages, fuels, mass classes, smoke limits, emission factors."""
