"""What we measure against, each set up as its users would; ``python -m benchmarks.peers FOLDER [NAME …]``."""
