"""Pure text analysis: text in, terms out. Indexing and searching share every function of this package."""
