"""The page on which a customer reads and pays an invoice."""
