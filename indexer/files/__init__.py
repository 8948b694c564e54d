"""Stores the bytes of attachments under their SHA-256, so that each file is kept once, however many articles carry it."""
