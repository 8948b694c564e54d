"""What is kept of alerts, in one file apart from the catalog."""
