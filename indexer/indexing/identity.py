"""What an article states about its document, used where its source gives nothing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import PurePath

from indexer.directives.head import DocumentHead, read_head, read_name
from indexer.directives.issuer_names import issuers_of
from indexer.directives.letterhead import is_letterhead
from indexer.directives.number import parse_number
from indexer.directives.own import OwnFacts, OwnFile, own_facts
from indexer.model import Extraction
from indexer.sources.text import title_from
from indexer.stored.article import StoredArticle
from indexer.vietnamese.letters import nfc

_READ = 20_000
"""The number of characters of a file in which its heading is looked for, and what its name leaves out."""
_MADE_BY_MACHINES = re.compile(r"(?=.*\d)[0-9a-fA-F]{6,}|\d+|[-_. ]")
_WORDLESS = 0.2
"""The share of a file's name besides digests and dates, below which it is not a title."""


def identified(
    stored: StoredArticle, texts: Sequence[Extraction | None], given: str | None = None
) -> StoredArticle:
    """Return ``stored`` with missing number, type, issuing body, date and title read from the document itself.

    ``texts`` are what was read from its files, ``given`` is the number that its source gives. A title is replaced if it is only
    a file's name, or what stands above the name of a document (issuing body, motto). A date in a file is not used for a page
    that has a title of its own.
    """
    stored = _with_its_head(stored)
    files = [OwnFile(file.own_name, _top(text)) for file, text in zip(stored.files, texts, strict=True)]
    known = list(filter(None, map(parse_number, stored.numbers)))
    facts = own_facts(stored.title, stored.body, files, given or next(iter(stored.numbers), None))
    numbers: dict[str, str] = {}
    for number in (*known, *facts.numbers):
        numbers.setdefault(number.key, number.number)
    alone = _is_file(stored)
    head = facts.head if alone or stored.body else None
    day = (head and head.day) or facts.labels.day
    file = texts[0] if alone else None
    # For a document with a number this is more often the date of a copy than its own.
    made = file.created if file and not numbers else None
    return dataclasses.replace(
        stored,
        title=_title(stored, head, files[0].text if alone else "", file.title if file else ""),
        published=stored.published or (day.isoformat() if day else made) or None,
        type=stored.type or _types(facts, head),
        issuer=stored.issuer or _issuers(facts, head),
        numbers=tuple(numbers.values()),
    )


def _with_its_head(stored: StoredArticle) -> StoredArticle:
    """Return ``stored`` with the first line of its heading in the body; pages in plain text have it as their title."""
    title = stored.title.rstrip("…")
    if not is_letterhead(title) or stored.body.startswith(title):
        return stored
    whole = f"{stored.title}\n{stored.body}"
    return dataclasses.replace(stored, body=whole) if read_head(whole) else stored


def _is_file(stored: StoredArticle) -> bool:
    """Whether the article is a single file and its title is only that file's name."""
    if len(stored.files) != 1:
        return False
    name = nfc(stored.files[0].own_name)
    return stored.title in (name, PurePath(name).stem)


def _title(stored: StoredArticle, head: DocumentHead | None, text: str, noted: str) -> str:
    if head and head.title and (_is_file(stored) or is_letterhead(stored.title.rstrip("…"))):
        return head.title
    if _is_file(stored) and (name := read_name(text)):
        return name
    if _is_file(stored) and noted:
        return noted
    if _is_file(stored) and text.strip():
        words = _MADE_BY_MACHINES.sub("", stored.title)
        if len(words) < _WORDLESS * len(stored.title):
            return title_from(text)
    return stored.title


def _top(text: Extraction | None) -> str:
    """Return the text of the first pages of a file."""
    top, size = [], 0
    for page in text.pages if text else ():
        top.append(page.text)
        size += len(page.text)
        if size >= _READ:
            break
    return "\n".join(top)[:_READ]


def _types(facts: OwnFacts, head: DocumentHead | None) -> tuple[str, ...]:
    known = dict.fromkeys(number.type_name for number in facts.numbers if number.type_name)
    return tuple(known) or tuple(filter(None, [(head and head.type) or facts.labels.type]))


def _issuers(facts: OwnFacts, head: DocumentHead | None) -> tuple[str, ...]:
    known = dict.fromkeys(number.issuer_name for number in facts.numbers if number.issuer_name)
    return tuple(known) or issuers_of((head and head.issuer) or facts.labels.issuer or "")
