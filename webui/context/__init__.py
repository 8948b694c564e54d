"""Of the request at hand: who asks, in which language, of which service."""
