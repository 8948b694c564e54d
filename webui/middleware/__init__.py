"""Processing around every request: errors, limits, logs, metrics and caching."""
