"""The draw itself (双随机): pure, and the same for whoever computes it again."""
