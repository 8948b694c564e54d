"""Pure analysis: text in, terms out. Index and query side share every function here."""
