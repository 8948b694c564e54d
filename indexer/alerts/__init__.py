"""Saved searches: notifying people by email, and programs by webhook, of new results."""
