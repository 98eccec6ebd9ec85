"""Reading the air. ``as_of`` is a moment: only what had been entered before it counts; None is whatever is there now."""
