"""Where the rows of each item come from: asked once for all departments."""
