"""What the log needs of Django's own commands."""
