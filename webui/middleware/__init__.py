"""What surrounds every request: errors, limits, logs, figures, caching."""
