"""The page on which a customer reads, asks, accepts, declines and pays."""
