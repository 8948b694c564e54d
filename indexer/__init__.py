"""Tra Cứu: full-text search for the portals of Vietnamese public administration."""

__version__ = "0.1.0"
