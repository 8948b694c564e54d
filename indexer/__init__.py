"""Tra Cứu: full-text search for the portals of Vietnamese public administration."""

__version__ = "0.3.0"
"""The single definition of the version; packaging, API and backups use it."""
