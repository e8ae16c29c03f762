"""From rows of a file to records."""
