"""Template tags of the air's pages."""
