"""Tra Cứu: full-text search for the portals of Vietnamese public administration."""

__version__ = "0.2.0"
"""The one place of the version: packaging, API and backups take it from here."""
