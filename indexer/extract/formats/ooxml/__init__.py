"""Office Open XML: word-processing documents and presentations (ECMA-376), in both sets of namespaces."""
