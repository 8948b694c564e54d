"""Files that are whole or not there, locks, scratch folders, watched files."""
