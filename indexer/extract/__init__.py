"""Extracts text from files page by page, in separate processes that can be limited and killed."""
