"""Words of supervision orders in templates."""
