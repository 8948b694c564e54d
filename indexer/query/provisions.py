"""Queries for a provision of a document: ``khoản 2 điều 5 luật đất đai``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from indexer.query.parser import plain_words
from indexer.query.tree import Node
from indexer.vietnamese.letters import fold

_ASKED = re.compile(
    r"(?:\b(?:diem [a-z]{1,2} )?khoan (?P<clause>\d{1,3}[a-z]?),? )?\bdieu (?P<article>\d{1,4}[a-z]?)(?![\w/])"
)
_OF = re.compile(r"^(?:của|cua|theo|trong|tại|tai)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_BESIDE = frozenset("cua so nam tai trong theo quy dinh noi dung la gi".split())
"""Folded words that accompany the name of a document without being part of it."""


@dataclass(frozen=True, slots=True)
class ProvisionAsked:
    """A provision by number: an article (Điều), optionally a clause of it, and the other words of the query."""

    article: str
    clause: str | None
    words: frozenset[str]
    """The other folded words of the query, from the document's name or about its content."""

    def fits(self, title: str, numbers: tuple[str, ...]) -> bool:
        """Tell whether the other words name a document with this title and these numbers."""
        named = frozenset(_WORD.findall(fold(" ".join((title, *numbers)))))
        return all(word in named or word.isdecimal() for word in self.words)


def provision_asked(text: str) -> ProvisionAsked | None:
    """Return the provision that NFC ``text`` asks for; None if it names none, or several.

    >>> asked = provision_asked("khoản 2 điều 5 luật đất đai")
    >>> asked.article, asked.clause
    ('5', '2')
    """
    folded = fold(text)
    match = _only(folded)
    if match is None:
        return None
    others = _WORD.findall(folded[: match.start()] + " " + folded[match.end() :])
    return ProvisionAsked(match["article"], match["clause"], frozenset(others) - _BESIDE)


def words_beside_provision(text: str) -> Node | None:
    """Return the other words of NFC ``text`` if it asks for a provision, otherwise None."""
    folded = fold(text)
    match = _only(folded)
    if match is None or len(folded) != len(text):
        return None
    rest = " ".join((text[: match.start()], text[match.end() :])).strip(" ,:")
    return plain_words(_OF.sub("", rest)) if rest else None


def _only(folded: str) -> re.Match[str] | None:
    found = list(islice(_ASKED.finditer(folded), 2))
    return found[0] if len(found) == 1 else None
