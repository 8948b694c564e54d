"""Which articles are the same text, re-posted: prints find candidates, a comparison decides, a store remembers."""
