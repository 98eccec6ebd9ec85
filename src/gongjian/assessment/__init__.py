"""Assessment (考核): scores of departments for a period from a scheme that is data, every point traceable to its rows."""
