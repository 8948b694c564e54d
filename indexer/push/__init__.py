"""Articles pushed over HTTP, from the 202 response to the commit."""
