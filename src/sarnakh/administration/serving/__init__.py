"""Bringing the installation up: prepare, then keep the processes alive."""
