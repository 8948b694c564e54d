"""The seam to search engines: analysed terms go in; ids, scores and counts come out."""
