"""``make bench-check``: figures that do not depend on the machine, compared with recorded ones."""
