"""Money that came in or went back, and what it settles."""
