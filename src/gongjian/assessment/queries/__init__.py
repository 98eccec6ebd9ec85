"""Every read of an assessment."""
