"""SQLite as files: opened, copied at one moment, looked through for damage."""
