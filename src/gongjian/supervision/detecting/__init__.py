"""From what is known on a day to the facts rules fire on: pure detectors over a scene that is gathered once."""
