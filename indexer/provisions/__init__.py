"""The provisions of a document (parts, chapters, sections, articles and clauses), their addresses, and references to them."""
