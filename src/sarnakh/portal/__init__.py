"""Pages for people without a log-in; see README.md."""
