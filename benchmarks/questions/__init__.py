"""Everyday questions of citizens and staff, what answers them, and how well it is found."""
