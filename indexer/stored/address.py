"""Readable addresses of articles: ``/articles/ke-hoach-so-hoa-tai-lieu--bai-12``.

Ids may contain hyphens, but the words of a title are never two hyphens apart, so the first two hyphens separate title and id.
Every article thus has exactly one such address that no other article has, whatever their ids; ``/articles/bai-12``, without the
title, redirects to it.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from indexer.vietnamese.letters import fold

DIVIDER = "--"
LONGEST_TITLE = 80
"""Maximum number of letters of the title in an address."""
_UNTITLED = "bai-viet"
_NO_LETTERS = re.compile("[^a-z0-9]+")


class Named(NamedTuple):
    """What the last part of an address names."""

    title: str
    slug: str
    """The slug of the article; see :func:`indexer.stored.article.slug_of`."""


def readable_path(slug: str, title: str) -> str:
    """Return the path of the article with ``slug`` and ``title``, consisting of letters, digits and ``.``, ``_``, ``~``, ``-``."""
    return f"/articles/{title_slug(title)}{DIVIDER}{slug}"


def named(last: str) -> Named | None:
    """Return what the last part of a readable path names; None if it is not valid."""
    title, divider, slug = last.partition(DIVIDER)
    return Named(title, slug) if title and divider and slug else None


@functools.lru_cache(maxsize=4096)
def title_slug(title: str) -> str:
    """Return the words of ``title`` without accents, joined by hyphens; a long title is cut after a whole word."""
    words = _NO_LETTERS.sub("-", fold(title)).strip("-")
    if len(words) > LONGEST_TITLE:
        kept = words[: LONGEST_TITLE + 1]
        words = kept[: kept.rfind("-")] if "-" in kept else kept[:LONGEST_TITLE]
    return words or _UNTITLED
