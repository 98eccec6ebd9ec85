"""How every page looks and speaks."""
