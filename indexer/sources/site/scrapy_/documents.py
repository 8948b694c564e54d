"""The attachments of an article: fetched after its page, known by their content, written into files."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from indexer.errors import ItemError
from indexer.model import Attachment
from indexer.sources.page import LINKED_NAME, Link, Page
from indexer.sources.site.addresses import joined
from indexer.sources.site.file_names import file_name, is_web_page, served_name, suffix_of
from indexer.sources.site.scrapy_.failures import reason_of
from indexer.sources.site.visit import FileMemory, conditions

Download = Callable[[Request], Awaitable[Response]]
_NOT_CHANGED, _OK = 304, 200


@dataclass(frozen=True, slots=True)
class Linked:
    """An attachment that a page names, and where it is said to be; empty for one without a link."""

    attachment: Attachment
    address: str


def linked_documents(page: Page, base: str) -> list[Linked]:
    """Return the attachments of ``page``, each with its address on the page at ``base``."""
    return [Linked(one, _address(one.name, page.links, base)) for one in page.article.attachments]


def _address(name: str, links: Sequence[Link], base: str) -> str:
    for link in links:
        if name in (link.name, link.text) and (address := joined(base, link.href)):
            return address
    return ""


class Documents:
    """Fetches attachments; ``download`` obeys delay and robots.txt like every request."""

    def __init__(self, download: Download, folder: Path, largest: int) -> None:
        self._download = download
        self._folder = folder
        self._largest = largest
        self._numbers = itertools.count()

    async def changed(self, files: Sequence[FileMemory]) -> bool:
        """Tell whether one of ``files`` is another one by now; what can't be asked counts as it was."""
        for file in files:
            headers = conditions(file)
            if not headers:
                continue
            try:
                response = await self._download(self._request(file.address, headers))
            except Exception:  # a file that can't be asked now is asked the next time
                continue
            if (
                response.status == _OK
                and _digest(response.body) != file.sha256
                and not is_web_page(response.body)
            ):
                return True
        return False

    async def fetched(self, one: Linked) -> tuple[Attachment, FileMemory | None, str]:
        """Return the attachment with its file, what to remember of it, and why there is none: ``""`` if there is."""
        if not one.address:
            return one.attachment, None, ""
        bare = replace(one.attachment, url=one.address)
        try:
            response = await self._download(self._request(one.address, {}))
            name = self._checked(response, one.attachment.name)
        except Exception as error:  # whatever fails costs this file, not its article
            return bare, None, reason_of(error)
        digest = _digest(response.body)
        # Of its own for each article, which is done with it before others that carry the same.
        path = self._folder / f"{next(self._numbers)}"
        path.write_bytes(response.body)
        headers = response.headers
        remembered = FileMemory(
            one.address, _text(headers.get("ETag")), _text(headers.get("Last-Modified")), digest
        )
        return Attachment(name, path=path), remembered, ""

    def _checked(self, response: Response, linked: str) -> str:
        """Return the name of the file; raises ItemError for what is no document."""
        if response.status != _OK:
            raise ItemError(f"the server answered with status {response.status}")
        if is_web_page(response.body):
            raise ItemError("it is a web page instead of a document")
        if not response.body:
            raise ItemError("it is empty")
        served = served_name(response.headers.get("Content-Disposition") or b"")
        name = file_name(served, linked, response.body)
        if not LINKED_NAME.fullmatch(name) and not suffix_of(response.body):
            raise ItemError("its content is not that of a document")
        return name

    def _request(self, address: str, headers: dict[str, str]) -> Request:
        meta = {"download_maxsize": self._largest, "download_warnsize": 0}
        return Request(address, callback=NO_CALLBACK, headers=headers, meta=meta, dont_filter=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(header: bytes | None) -> str:
    return (header or b"").decode("latin-1")
