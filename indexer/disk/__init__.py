"""Atomic files, locks, scratch folders and watched files."""
