"""What an invoice or a credit note can do."""
