"""Everyday questions of citizens and staff, the articles that answer them, and how well they are found."""
