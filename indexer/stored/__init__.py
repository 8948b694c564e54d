"""The forms in which articles, pages, relations and extractions are kept."""
