"""The documents that a page hands out: names after its marks, links, frames that show one, handlers that download one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.sources.html_links import is_caption, is_download
from indexer.sources.marks import file_names
from indexer.sources.page import LINKED_NAME, Link

_IN_TEXT = re.compile(r"[^\s()]{1,150}\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|zip|rar|7z)\b", re.IGNORECASE)
"""The name of a file in the words of a link: "Tải về QD-12.pdf (1,2 MB)"."""
_UNNAMED = "Tệp đính kèm"
"""Name of a file for which a page has a button only."""


def document_links(links: Iterable[Link], given: Sequence[Link] = ()) -> list[Link]:
    """Return those of ``links`` that lead to documents, each with its name.

    ``given`` stand where a page says that its files are: they are documents whatever they are called.
    """
    if any(LINKED_NAME.fullmatch(link.name) for link in given):
        # "QD-12.pdf", and beside it "Xem" and "Tải về".
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
    """Return the names that the marks give and those of linked documents, each file once."""
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
