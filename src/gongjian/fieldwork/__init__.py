"""The phone (外勤): what to do today by nearness, a thing looked at on the spot, a problem found with photos, with or without a network."""
