"""HTML in articles and files: from bytes to text, to a tree of elements, to its lines."""
