"""Which articles are the same text, re-posted: shingles find candidates, a comparison decides, a store remembers."""
