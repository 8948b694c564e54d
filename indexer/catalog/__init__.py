"""Every accepted article and what was read of its files: the truth that indexes are built from."""
