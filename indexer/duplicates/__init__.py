"""Detects articles with the same text: shingles find candidates, a comparison decides, and a store remembers."""
