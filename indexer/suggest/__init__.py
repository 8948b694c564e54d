"""Suggestions: corrections of mistyped queries, and completions while typing."""
