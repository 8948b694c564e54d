"""Processes, requests as they arrive, refusals where no view is reached."""
