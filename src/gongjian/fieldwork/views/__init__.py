"""Pages for a phone held in one hand, and what its scripts ask for."""
