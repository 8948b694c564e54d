"""Mails: their heads and words, and the files that they carry."""
