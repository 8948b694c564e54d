"""Documents of fixed pages (XPS, OpenXPS: ECMA-388)."""
