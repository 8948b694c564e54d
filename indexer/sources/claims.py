"""Assigns the files of a folder to its pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from indexer.model import Attachment
from indexer.sources.attachments import web_address
from indexer.sources.page import CARRIED_NAME, DOCUMENT_NAME, PAGE_SUFFIXES, Page
from indexer.vietnamese.letters import nfc

_NAMED_FILE = re.compile(r"(?<![^\s\\/:*?\"<>|(),;])[^\s\\/:*?\"<>|(),;]{1,200}\.[A-Za-z0-9]{2,6}(?!\w)")


class Claims:
    """Matches pages with files and remembers which files pages have claimed."""

    def __init__(self, pages: Iterable[str], files: Mapping[str, Path]) -> None:
        self._files = files
        self._by_name: dict[str, str] = {}
        self._carried: dict[str, list[str]] = {}
        self.claimed: set[str] = set()
        folders = {without_suffix(page) for page in pages}
        for name in files:
            self._by_name.setdefault(name.casefold(), name)
            # A page may refer to "74-UBND-KH.signed.pdf" as "74-UBND-KH.signed".
            if DOCUMENT_NAME.fullmatch(name):
                self._by_name.setdefault(posixpath.splitext(name)[0].casefold(), name)
            # A file belongs to the nearest parent folder that has the name of a page.
            folder = posixpath.dirname(name)
            while folder and folder not in folders:
                folder = posixpath.dirname(folder)
            if folder and CARRIED_NAME.fullmatch(name):
                self._carried.setdefault(folder, []).append(name)

    def attachments(self, page: Page, name: str) -> tuple[Attachment, ...]:
        """Return the attachments of ``page`` at ``name``: files it links to, files it names, and files in the folder of the
        same name; each file once."""
        found: dict[str, Attachment] = {}
        places = (posixpath.dirname(name), without_suffix(name))
        for attachment in page.article.attachments:
            file, url = self._linked(page, attachment.name, places)
            if file is None:
                found.setdefault(attachment.name, replace(attachment, url=url))
            else:
                found.setdefault(file, self._claim(file, attachment.name))
        for word in _NAMED_FILE.findall(page.article.body):
            if (file := self._beside(word, places)) and DOCUMENT_NAME.fullmatch(file):
                found.setdefault(file, self._claim(file))
        for file in self._carried.get(without_suffix(name), ()):
            found.setdefault(file, self._claim(file))
        return tuple(found.values())

    def _linked(self, page: Page, name: str, places: tuple[str, ...]) -> tuple[str | None, str | None]:
        """Return the file that the page links to under ``name`` or mentions by it; otherwise the address it gives."""
        url = None
        for link in page.links:
            if name in (link.name, link.text):
                target = nfc(unquote(_path_of(link.href)))
                if file := self._file(posixpath.join(places[0], target)) or self._beside(
                    posixpath.basename(target), places
                ):
                    return file, None
                url = url or web_address(link.href)
        return self._beside(name, places), url

    def _beside(self, name: str, places: tuple[str, ...]) -> str | None:
        for place in places:
            if file := self._file(posixpath.join(place, posixpath.basename(nfc(name)))):
                return file
        return None

    def _file(self, name: str) -> str | None:
        normal = posixpath.normpath(name)
        return normal if normal in self._files else self._by_name.get(normal.casefold())

    def _claim(self, file: str, name: str | None = None) -> Attachment:
        self.claimed.add(file)
        # The name determines how a file is read and shown; without an extension, it is an abbreviation.
        suffix = posixpath.splitext(file)[1]
        shown = name if name and name.casefold().endswith(suffix.casefold()) else posixpath.basename(file)
        return Attachment(shown, path=self._files[file])


def without_suffix(name: str) -> str:
    """Return the path of a page without ``.html``, ``.md`` or ``.txt``."""
    return posixpath.splitext(name)[0] if name.lower().endswith(PAGE_SUFFIXES) else name


def _path_of(href: str) -> str:
    """Return the path of an address, ``""`` if it cannot be parsed."""
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
