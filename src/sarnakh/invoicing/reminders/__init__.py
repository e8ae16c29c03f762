"""Following up what is overdue."""
