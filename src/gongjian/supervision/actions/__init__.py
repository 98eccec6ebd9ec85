"""What changes supervision orders, their rules and their ladder."""
