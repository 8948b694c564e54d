"""The address of a document, from its key."""

from __future__ import annotations

import re

from indexer.directives.number import number_of_key, parse_number
from indexer.vietnamese.letters import fold


def slug_of_key(key: str) -> str:
    """Return the address of a document, ``38-ct-tw``; the key itself if it has no number with codes.

    ``KnownNumbers.key_of`` reads it.

    >>> slug_of_key("38||CT|TW||")
    '38-ct-tw'
    """
    number = number_of_key(key)
    if number is None:
        return key
    slug = re.sub(r"[^a-z0-9.&]+", "-", fold(number.number)).strip("-")
    again = parse_number(slug)
    # Without accents or slashes, an address may read as another document; the number itself is used then.
    return slug if again and again.key == key else number.number
