"""Letters that leave the house; see README.md."""
