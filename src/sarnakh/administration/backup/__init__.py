"""Copies of the whole installation: made while in use, checked, put back."""
