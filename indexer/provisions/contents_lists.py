"""Tables of contents: headings without the text below them."""

from __future__ import annotations

from itertools import pairwise

from indexer.provisions.sequence import Document

_FEWEST = 3
_MOST = 0.8
"""Share of articles with nothing below their heading, from which a document counts as a list."""


def is_contents_list(document: Document) -> bool:
    """Tell whether ``document`` only lists articles; a document whose articles are one sentence each, such as a decision, does not."""
    articles = document.articles
    if len(articles) < _FEWEST:
        return False
    bare = sum(
        1
        for one, after in pairwise(document.headings)
        if one.kind == "article" and after.line == one.line + 1 and one.rest[-1:] not in (".", ";", ":", "")
    )
    return bare >= _MOST * (len(articles) - 1)
