"""Values in, what is printed out: pure."""
