"""Suggestions: what a query with a slip may have meant, and what a beginning may go on to."""
