"""What the phone shows."""
