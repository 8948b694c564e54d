"""Office Open XML: documents of words and of slides (ECMA-376), in either of its sets of namespaces."""
