"""Real commands killed at random moments, and what must hold after the next start; `make crash` is the long run."""
