"""Files -> pages of text, in processes of their own that can be limited and killed."""
