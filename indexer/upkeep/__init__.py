"""Keeping a data directory well: rebuild, backup, restore, verify, doctor."""
