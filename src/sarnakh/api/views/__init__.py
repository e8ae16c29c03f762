"""The addresses of the programming interface."""
