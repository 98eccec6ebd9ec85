"""What is asked of supervision orders."""
