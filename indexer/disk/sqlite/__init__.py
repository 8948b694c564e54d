"""SQLite databases as files: opening, copying at one point in time, and checking for damage."""
