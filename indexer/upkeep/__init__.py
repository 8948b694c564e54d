"""Maintenance of a data directory: rebuild, backup, restore, verify and doctor."""
