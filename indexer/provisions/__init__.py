"""The provisions of a document: its parts, chapters, sections, articles and clauses, their addresses, and mentions of them."""
