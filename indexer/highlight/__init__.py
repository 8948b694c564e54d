"""Highlighting: what to mark in a text, and which part of it to show."""
