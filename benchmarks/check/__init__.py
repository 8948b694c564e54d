"""``make bench-check``: what does not depend on the machine, held to what is recorded."""
