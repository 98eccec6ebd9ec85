"""Template filters of the assessment."""
