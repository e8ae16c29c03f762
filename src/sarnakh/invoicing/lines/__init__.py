"""Lines of drafts."""
