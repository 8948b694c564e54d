"""Pasted page addresses, or their last parts: replaced by the document number or the words they are named after."""

from __future__ import annotations

import re
from urllib.parse import unquote

from indexer.directives.number import parse_number
from indexer.directives.typed import read_typed
from indexer.directives.typed_names import may_begin
from indexer.vietnamese.letters import fold

_ADDRESS = re.compile(
    r"(?<!\S)(?:https?://(?:www\.)?|www\.|(?=[a-z0-9-]+(?:\.[a-z0-9-]+){1,4}/\S*-))(?P<host>[^\s/:?#]+)(?P<path>\S*)",
    re.IGNORECASE,
)
"""Without ``https://``, text counts as an address only if its path contains words."""
_SLUG = re.compile(
    r"(?<!\S)[a-z]+-(?:[a-z0-9]+-){2,40}[a-z0-9]+(?:\.(?:html?|aspx?|php))?(?!\S)", re.IGNORECASE
)
"""The way portals name the page of a document: ``nghi-dinh-68-2010-nd-cp-253.htm``."""
_PARAMETER = re.compile(r"[?&][a-z_]{1,24}=([^&#]{3,60})", re.IGNORECASE)
_NO_WORD = re.compile(r"[0-9]{5,}|(?=.*[0-9])[0-9a-f]{8,}|html?|aspx?|php|id|amp", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:html?|aspx?|php)$", re.IGNORECASE)
_MOST_PARTS = 8
"""Number of parts of an address, counted from the end, in which to look for a document number."""
_MOST_WORDS = 24
"""Number of words in one part at which a number may begin."""


def without_addresses(text: str) -> str:
    """Return ``text`` with each address replaced by its document number or words.

    >>> without_addresses("https://lamgiang.example/tin/ke-hoach-chuyen-doi-so.html")
    'ke hoach chuyen doi so'
    """
    return _SLUG.sub(_number_of_slug, _ADDRESS.sub(_words_of_address, text))


def _number_of_slug(match: re.Match[str]) -> str:
    return _number_in(_ENDING.sub("", match[0])) or match[0]


def _number_in(part: str) -> str | None:
    """Return the words of the number that a part of an address is named after; the rest is its subject."""
    words = [word for word in re.split(r"[\W_]+", part) if word][:_MOST_WORDS]
    for start, word in enumerate(words):
        if may_begin(fold(word)) and (read := read_typed(words[start:])) and read[0].precise:
            return " ".join(words[start : start + read[1]])
    return None


def _words_of_address(match: re.Match[str]) -> str:
    """Return the number in the address, otherwise the words of the last part that has any, where portals put the title.

    For an address without a path, return the host, which articles mention.
    """
    path = unquote(match["path"])
    for value in _PARAMETER.findall(path):
        if parse_number(value):
            return str(value)
    parts = re.split(r"[?#]", path)[0].split("/")
    for part in reversed(parts[-_MOST_PARTS:]):
        if number := _number_in(_ENDING.sub("", part)):
            return number
    for part in reversed(parts):
        words = [word for word in re.split(r"[\W_]+", part) if word and not _NO_WORD.fullmatch(word)]
        if words:
            return " ".join(words)
    return match["host"]
