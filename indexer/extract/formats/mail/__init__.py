"""Emails: their headers and texts, and their attachments."""
