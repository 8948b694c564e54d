"""Answering a request: from request to plan, engine and response."""
