"""A page of an attachment, as it reads and as it looks."""
