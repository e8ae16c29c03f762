"""Pages of the exchange of files."""
