"""Fixed-page documents (XPS, OpenXPS: ECMA-388)."""
