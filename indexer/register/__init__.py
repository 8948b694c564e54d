"""The documents that articles bear or cite: what they are called, who speaks of them, and the file in which the writer keeps them."""
