"""The systems we compare with, each set up as its users would; ``python -m benchmarks.peers FOLDER [NAME …]``."""
