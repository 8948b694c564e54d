"""Text -> tokens exactly as pyvi cuts it, in time linear in the text.

pyvi has one regular expression of these alternatives, the first that fits wins: abbreviation, special, web
address, e-mail address, number, one other character, run of letters. It scans a run of ``[a-zA-Z0-9_.+-]``
anew at each of its characters for an ``@`` behind it, hours for a line of a million dots. Here addresses
are looked for once, and only in text that holds their mark.
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
    # What can't begin any of the alternatives above it is looked at first: most of a text.
    rf"[^\W\dA-ZĐ]\w*|{_ABBREVIATION}|[A-ZĐ]\w*|{_SPECIAL}|{_NUMBER}|{_OTHER}|{_WORD}"
)
_WITH_WEB = re.compile(rf"{_ABBREVIATION}|{_SPECIAL}|{_WEB}|{_NUMBER}|{_OTHER}|{_WORD}")
_BEFORE_MAIL = re.compile(rf"(?:{_ABBREVIATION}|{_SPECIAL}|{_WEB})|({_NUMBER}|{_OTHER}|{_WORD})")
"""Group 1: what would be an e-mail address where one can begin."""
_MAIL = re.compile(r"(?<![a-zA-Z0-9_.+-])(?=([a-zA-Z0-9_.+-]++)(@(?:[a-zA-Z0-9-]++\.)+[a-zA-Z0-9-]++))")
"""Every run that an address can begin in, at any of its characters, and what follows the run."""


def tokens_of(text: str) -> list[str]:
    """Return the tokens of NFC ``text``: all of it but white space."""
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
