"""Files people upload: what they really are, what a camera wrote into them, and where they are kept."""
