"""The documents offered by a page: names after its marks, links, frames that display one, and download handlers. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.sources.html_links import is_caption, is_download
from indexer.sources.marks import file_names
from indexer.sources.page import LINKED_NAME, Link

_IN_TEXT = re.compile(r"[^\s()]{1,150}\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|zip|rar|7z)\b", re.IGNORECASE)
"""A file name in the text of a link: "Tải về QD-12.pdf (1,2 MB)"."""
_UNNAMED = "Tệp đính kèm"
"""Name of a file that a page offers only by a button."""


def document_links(links: Iterable[Link], given: Sequence[Link] = ()) -> list[Link]:
    """Return the members of ``links`` that lead to documents, each with its name.

    ``given`` are in the part of a page for files, so they are documents whatever their names.
    """
    if any(LINKED_NAME.fullmatch(link.name) for link in given):
        # "QD-12.pdf", with "Xem" and "Tải về" beside it.
        given = ()
    found: list[Link] = []
    for link in links:
        if LINKED_NAME.fullmatch(link.name):
            found.append(link)
        elif is_download(link) and (named := _IN_TEXT.search(link.text)):
            found.append(replace(link, named=named[0]))
        elif link in given or (is_download(link) and is_caption(link.text)):
            found.append(replace(link, named=_name(link, len(found))))
    return found


def attachment_names(marked: Sequence[str], documents: Sequence[Link]) -> list[str]:
    """Return the names from the marks and from linked documents, each file once."""
    linked = [link.name for link in documents]
    names = [name for name in marked if file_names(name) or not linked]
    stems = {name.casefold() for name in names}
    for name in linked:
        if name.casefold() not in stems and name.rpartition(".")[0].casefold() not in stems:
            names.append(name)
            stems.add(name.casefold())
    return names


def _name(link: Link, n: int) -> str:
    if link.text and not is_caption(link.text):
        return link.text
    return f"{_UNNAMED} {n + 1}" if n else _UNNAMED
