"""HTML as articles and files have it: bytes -> text -> tree of elements -> its lines."""
