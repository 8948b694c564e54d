"""The documents that articles bear or cite: their names, the articles that mention them, and the file in which the writer keeps
them."""
