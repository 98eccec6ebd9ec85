"""Words of the phone."""
