"""Saved searches: who is told of what is new, by mail or to a program."""
