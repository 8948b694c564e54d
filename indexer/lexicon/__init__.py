"""The lexicon of queries: the built-in TOML file, the operator's own, and the places of the 2025 merger."""
