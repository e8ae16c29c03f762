"""Django's PostgreSQL engine, with a quicker way to the text of statements."""
