"""Template tags of the signed-in face."""
