"""Stored data of alerts, in a file separate from the catalog."""
