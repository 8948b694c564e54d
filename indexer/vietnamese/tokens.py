"""Tokenisation exactly as in pyvi, in time linear in the length of the text.

pyvi has one regular expression with these alternatives, the first match wins: abbreviation, special, web address, email
address, number, any other single character, run of letters. At each character of a run of ``[a-zA-Z0-9_.+-]``, it scans the run
again for an ``@`` after it, which takes hours for a line of a million dots. Here, addresses are searched once, and only in text
that contains their sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATION = r"(?:[A-ZĐ]++|Tp|Mrs?|Ms|Dr|ThS)\."
_SPECIAL = r"==>|->|\.\.\.|>>|\n"
_WEB = r"\w++://\S+"
_NUMBER = r"\d+(?:[.,_]\d+)+"
_OTHER = r"[^\w\s]"
_WORD = r"\w+"

_PLAIN = re.compile(
    # Characters that cannot begin any of the alternatives above are tested first: they are most of a text.
    rf"[^\W\dA-ZĐ]\w*|{_ABBREVIATION}|[A-ZĐ]\w*|{_SPECIAL}|{_NUMBER}|{_OTHER}|{_WORD}"
)
_WITH_WEB = re.compile(rf"{_ABBREVIATION}|{_SPECIAL}|{_WEB}|{_NUMBER}|{_OTHER}|{_WORD}")
_BEFORE_MAIL = re.compile(rf"(?:{_ABBREVIATION}|{_SPECIAL}|{_WEB})|({_NUMBER}|{_OTHER}|{_WORD})")
"""Group 1: an email address, at a position where one can begin."""
_MAIL = re.compile(r"(?<![a-zA-Z0-9_.+-])(?=([a-zA-Z0-9_.+-]++)(@(?:[a-zA-Z0-9-]++\.)+[a-zA-Z0-9-]++))")
"""Each run in which an address can begin at any character, and what follows it."""


def tokens_of(text: str) -> list[str]:
    """Return the tokens of NFC ``text``: everything except white space."""
    if "@" in text:
        return list(_tokens_with_mail(text))
    return (_WITH_WEB if "://" in text else _PLAIN).findall(text)


def _tokens_with_mail(text: str) -> Iterator[str]:
    at = 0
    for run in _MAIL.finditer(text):
        first, last = run.span(1)
        if last <= at:
            # A web address took the whole run.
            continue
        for token in _BEFORE_MAIL.finditer(text, at):
            at = token.end()
            if token.start() >= last:
                at = token.start()
                break
            if token.start() >= first and token[1]:
                at = run.end(2)
                yield text[token.start() : at]
                break
            yield token[0]
    yield from _WITH_WEB.findall(text, at)
