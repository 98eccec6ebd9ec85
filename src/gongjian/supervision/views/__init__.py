"""What pages of supervision orders show."""
