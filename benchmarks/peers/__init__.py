"""What we measure against, written as their users would write it."""
