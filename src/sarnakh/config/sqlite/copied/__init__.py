"""For tests: databases are copies of one that was migrated before."""
