"""Where the lexicon of queries comes from: our TOML file, the operator's, and the places of the 2025 merger."""
