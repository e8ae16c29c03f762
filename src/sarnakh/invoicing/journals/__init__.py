"""Books with their chains of numbers."""
