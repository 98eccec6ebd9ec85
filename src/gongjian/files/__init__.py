"""Files people upload: what they really are, whether they carry a virus, and where they are kept. No tables of its own."""
