"""Mails: their headers and texts, and their attachments."""
