"""Pure: the state of a file, and its problems, based on what was found in it."""

from __future__ import annotations

from dataclasses import replace

from indexer.extract.formats.content import Content
from indexer.extract.reasons import problem
from indexer.model import Extraction, FileState, Page, Problem

_LOST = 0.01
"""Share of unreadable characters from which a text is partial; a stray symbol in a PDF does not matter."""


def unsettled(media_type: str, content: Content) -> Extraction:
    """Return ``content`` as *text*, whatever it contains; only :func:`settled` says which pages need OCR."""
    problems = content.problems + _losses(content.pages)
    return Extraction(
        media_type,
        FileState.TEXT,
        content.pages,
        problems,
        content.encoding,
        unread=content.unread,
        annotated=content.annotated,
        carries=content.carries,
    )


def capped(found: Extraction, most: int) -> Extraction:
    """Return ``found`` with the first ``most`` characters of its text, and a problem if there are more."""
    size = sum(len(page.text) for page in found.pages)
    if size <= most:
        return found
    pages: list[Page] = []
    left = most
    for page in found.pages:
        if left or page.number is not None:
            pages.append(replace(page, text=page.text[:left]))
        left = max(0, left - len(page.text))
    cut = problem("text_cut", most=most, size=size)
    return replace(found, pages=tuple(pages), problems=(*found.problems, cut))


def settled(found: Extraction) -> Extraction:
    """Return ``found`` with its state, and with a final problem if pages need OCR."""
    found = replace(found, annotated=())
    if not any(page.text for page in found.pages):
        return _empty(found)
    problems = found.problems + (_scanned(found) if found.unread else ())
    return replace(found, state=FileState.PARTIAL if problems else FileState.TEXT, problems=problems)


def _empty(found: Extraction) -> Extraction:
    if found.unread:
        problems = (*found.problems, problem("needs_ocr"))
        return replace(found, state=FileState.EMPTY, problems=problems)
    if found.problems:
        return replace(found, state=FileState.FAILED, pages=())
    return replace(found, state=FileState.EMPTY, problems=(problem("no_text"),))


def _losses(pages: tuple[Page, ...]) -> tuple[Problem, ...]:
    lost = sum(page.text.count("\ufffd") for page in pages)
    if lost <= _LOST * sum(len(page.text) for page in pages):
        return ()
    return (problem("characters_lost", count=lost),)


def _scanned(found: Extraction) -> tuple[Problem, ...]:
    pages, unread = found.pages, found.unread
    return (problem("pages_need_ocr", count=len(unread), all=len(pages), first=unread[0]),)
