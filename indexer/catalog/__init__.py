"""The catalog: every accepted article and the text read from its files; indexes are built from it."""
