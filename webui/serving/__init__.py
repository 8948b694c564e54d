"""Server processes, reading of incoming requests, and refusals before any view is reached."""
