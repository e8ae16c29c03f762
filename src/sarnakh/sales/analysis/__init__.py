"""Sales, line by line, for grouping and adding up."""
