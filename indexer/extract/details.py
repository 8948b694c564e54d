"""Pure: details requested once the text of a file is safe: pages for OCR, words in annotations, title and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.extract.formats.placing import Addition, with_additions
from indexer.extract.formats.tearing import is_broken
from indexer.extract.kinds import PDF
from indexer.model import Extraction
from indexer.vietnamese.letters import nfc


@dataclass(frozen=True, slots=True)
class Details:
    """The parts of an extraction besides its text."""

    title: str = ""
    created: str = ""
    unread: tuple[int, ...] = ()
    """Those of the doubtful pages that need OCR."""
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The details to request for a file whose text was read."""

    media_type: str
    doubted: Mapping[int, bool]
    """Pages that may need OCR, and whether they have text."""
    annotated: tuple[int, ...]


def wanted(found: Extraction) -> Wanted:
    """Return the details to request for a file with the text ``found``."""
    texts = {page.number: page.text for page in found.pages}
    doubted = {number: bool(texts[number]) for number in found.unread} if found.media_type == PDF else {}
    return Wanted(found.media_type, doubted, found.annotated)


def with_details(found: Extraction, details: Details) -> Extraction:
    """Return ``found`` with ``details`` added."""
    more: dict[int | None, list[Addition]] = {}
    for one in details.additions:
        more.setdefault(one.page, []).append(one)
    return replace(
        found,
        pages=tuple(
            replace(page, text=nfc(with_additions(page.text, more[page.number])))
            if page.number in more
            else page
            for page in found.pages
        ),
        unread=_unread(found, details) if found.media_type == PDF else found.unread,
        title=details.title,
        created=details.created,
    )


def _unread(found: Extraction, details: Details) -> tuple[int, ...]:
    """Return the pages that need OCR; a page with torn text does, whether or not it is a picture."""
    torn = {page.number for page in found.pages if page.number in found.unread and is_broken(page.text)}
    return tuple(number for number in found.unread if number in torn or number in details.unread)


def wanted_to_json(wanted: Wanted) -> dict[str, Any]:
    """Return ``wanted`` without loss."""
    doubted = [[number, has_text] for number, has_text in wanted.doubted.items()]
    return {"media_type": wanted.media_type, "doubted": doubted, "annotated": wanted.annotated}


def wanted_from_json(values: dict[str, Any]) -> Wanted:
    """Return the object that :func:`wanted_to_json` wrote as ``values``."""
    return Wanted(values["media_type"], dict(values["doubted"]), tuple(values["annotated"]))


def details_to_json(details: Details) -> dict[str, Any]:
    """Return ``details`` as JSON data, without the positions of words."""
    additions = [[one.page, one.after, one.text, one.inline] for one in details.additions]
    return {
        "title": details.title,
        "created": details.created,
        "unread": details.unread,
        "additions": additions,
    }


def details_from_json(values: dict[str, Any]) -> Details:
    """Return the details that :func:`details_to_json` wrote as ``values``; raises KeyError, TypeError or ValueError for
    anything else.
    """
    return Details(
        str(values["title"]),
        str(values["created"]),
        tuple(map(int, values["unread"])),
        tuple(
            Addition(int(page), int(after), str(text), bool(inline))
            for page, after, text, inline in values["additions"]
        ),
    )
