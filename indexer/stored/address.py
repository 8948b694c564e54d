"""The address of an article that people can read: ``/articles/ke-hoach-so-hoa-tai-lieu--bai-12``.

Ids may hold hyphens, the words of a title are never two hyphens apart: the first two divide title and id. So every article has
one such address that no other has, whatever their ids; ``/articles/bai-12``, without the title, leads there.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from indexer.vietnamese.letters import fold

DIVIDER = "--"
LONGEST_TITLE = 80
"""Letters of a title in an address."""
_UNTITLED = "bai-viet"
_NO_LETTERS = re.compile("[^a-z0-9]+")


class Named(NamedTuple):
    """What the last part of an address names."""

    title: str
    slug: str
    """Of the article; see :func:`indexer.stored.article.slug_of`."""


def readable_path(slug: str, title: str) -> str:
    """Return the path of the article with ``slug`` and ``title``, of letters, digits and ``.``, ``_``, ``~``, ``-``."""
    return f"/articles/{title_slug(title)}{DIVIDER}{slug}"


def named(last: str) -> Named | None:
    """Return what the last part of a readable path names; None where it can be no such path."""
    title, divider, slug = last.partition(DIVIDER)
    return Named(title, slug) if title and divider and slug else None


@functools.lru_cache(maxsize=4096)
def title_slug(title: str) -> str:
    """Return the words of ``title`` without accents, with a hyphen between them; whole words only, where it is long."""
    words = _NO_LETTERS.sub("-", fold(title)).strip("-")
    if len(words) > LONGEST_TITLE:
        kept = words[: LONGEST_TITLE + 1]
        words = kept[: kept.rfind("-")] if "-" in kept else kept[:LONGEST_TITLE]
    return words or _UNTITLED
