"""What becomes of a page that was fetched: an article with its attachments, another address of one, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy.http import Response

from indexer.errors import ItemError
from indexer.model import Article
from indexer.sources.page import Page
from indexer.sources.site.addresses import Patterns, id_of, key_of
from indexer.sources.site.file_names import suffix_of
from indexer.sources.site.order import Order
from indexer.sources.site.reading import Reading, digest_of, read_page, text_digest
from indexer.sources.site.scrapy_.documents import Documents, Download, linked_documents
from indexer.sources.site.scrapy_.outbox import Outbox
from indexer.sources.site.state import SiteState
from indexer.sources.site.visit import Became, FileMemory, Memory, Visit

_SAME = "it is another address of a page that was already read"
_LEAST_TEXT = 100
"""Characters of a text that stands at two addresses, to say that these are one page."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a page: whether it is an article, and the addresses that it leads to."""

    article: bool = False
    links: tuple[str, ...] = ()


class Pages:
    """Reads pages, fetches the attachments of those that are new or changed, and tells what became of each."""

    def __init__(self, order: Order, state: SiteState, outbox: Outbox, download: Download) -> None:
        self._order = order
        self._state = state
        self._outbox = outbox
        self._documents = Documents(download, order.folder, order.max_file_bytes)
        self._zone = ZoneInfo(order.timezone)
        self._articles = Patterns(order.site.articles)
        self._ids: dict[str, bytes] = {}
        self._texts: dict[tuple[bytes, str], str] = {}
        self.errors: list[frozenset[str]] = []
        """Lines of what the site answers to addresses that can't exist."""

    async def is_unchanged(self, memory: Memory) -> bool:
        """Tell whether the attachments of an article are as they are remembered."""
        files = (self._state.file(address) for address in memory.documents)
        return not await self._documents.changed([file for file in files if file])

    async def visited(self, response: Response, address: str, key: str, memory: Memory | None) -> Read:
        """Read what the server answered for ``address`` with status 200, and tell."""
        if suffix_of(response.body):
            self._tell(Became.SKIPPED, address, "no article links to this file")
            return Read()
        etag, modified = header_text(response, "ETag"), header_text(response, "Last-Modified")
        try:
            reading = self._reading(response, address)
        except ItemError as error:
            reading = Reading(None, str(error), address)
        now = Memory(key, address, None, etag, modified, links=reading.links)
        article = False
        if reading.page is None:
            self._no_article(reading, memory, now)
        elif same := self._same_as(reading, reading.page.article, key, memory):
            self._tell(Became.NO_ARTICLE, address, _SAME, replace(now, same_as=same))
        else:
            article = True
            await self._article(reading, reading.page, memory, now)
        ahead = [one for one in (reading.canonical, reading.translated) if one]
        files = (
            {one.address for one in linked_documents(reading.page, reading.base)} if reading.page else set()
        )
        return Read(article, (*ahead, *(one for one in reading.links if one not in files)))

    def _reading(self, response: Response, address: str) -> Reading:
        header, hosts = header_text(response, "X-Robots-Tag"), self._order.hosts
        reading = read_page(response.body, address, header, self._zone, hosts, self.errors)
        if reading.page and self._articles and not self._articles.match(address):
            return replace(reading, page=None, reason="its address does not match any pattern for articles")
        if reading.page and reading.translated:
            return replace(reading, page=None, reason="it is a translation of a Vietnamese page")
        return reading

    def _no_article(self, reading: Reading, memory: Memory | None, now: Memory) -> None:
        if memory is None or memory.article is None:
            became = Became.SKIPPED if reading.error else Became.NO_ARTICLE
            self._tell(became, now.address, reading.reason, None if reading.error else now)
        elif reading.noindex:
            self._tell(Became.GONE, now.address, reading.reason, memory)
        else:
            # Nothing says that the article is gone: a site that answers with errors must not empty the index.
            self._tell(Became.SKIPPED, now.address, f"{reading.reason}; the article is kept unchanged")

    def _same_as(self, reading: Reading, article: Article, key: str, memory: Memory | None) -> str:
        """Return the key of the page that this is another address of, ``""`` where it is of none.

        What was the one in the run before is it again, whichever of them comes first.
        """
        # The same text on another part of a portal is an article of its own: it was published there, too.
        last = PurePosixPath(urlsplit(f"//{key}").path).stem.lower()
        first = self._texts.setdefault((text_digest(article), last), key)
        if memory and memory.article:
            return ""
        if memory and memory.same_as and self._is_article(memory.same_as):
            return memory.same_as
        if first != key and len(article.body) > _LEAST_TEXT:
            return first
        canonical = key_of(reading.canonical) if reading.canonical else key
        return canonical if canonical != key and self._is_article(canonical) else ""

    def _is_article(self, key: str) -> bool:
        known = self._state.memory(key)
        return known is not None and known[0].article == id_of(key)

    async def _article(self, reading: Reading, page: Page, memory: Memory | None, now: Memory) -> None:
        linked = linked_documents(page, reading.base)
        documents = tuple(one.address for one in linked if one.address)
        article = self._identified(page.article, reading, now)
        digest = digest_of(article, documents)
        whole = replace(now, article=article.id, digest=digest, documents=documents)
        same = memory and memory.article == article.id and memory.digest == digest
        if same and memory and await self.is_unchanged(memory):
            self._tell(Became.UNCHANGED, now.address, "", whole)
            return
        attachments, files = [], list[FileMemory]()
        for one in linked:
            attachment, file, problem = await self._documents.fetched(one)
            attachments.append(attachment)
            files += [file] if file else []
            if problem:
                self._tell(Became.SKIPPED, one.address, f"attachment left out: {problem}")
                # To be looked at again the next time.
                whole = replace(whole, etag="", modified="", digest=b"")
            if problem and memory and self._state.file(one.address):
                reason = f"an attachment is no longer available ({problem}); the article is kept unchanged"
                self._tell(Became.FAILED, now.address, reason)
                return
        article = replace(article, attachments=tuple(attachments))
        await self._outbox.put(Visit(Became.ARTICLE, now.address, "", whole, article, tuple(files)))

    def _identified(self, article: Article, reading: Reading, now: Memory) -> Article:
        """Return the article under the address that it calls its own, unless another article of this run has that."""
        text = text_digest(article)
        address = now.address
        if reading.canonical and self._ids.get(id_of(key_of(reading.canonical)), text) == text:
            address = reading.canonical
        id = id_of(key_of(address))
        self._ids[id] = text
        return replace(article, id=id, url=address)

    def _tell(self, became: Became, address: str, reason: str, memory: Memory | None = None) -> None:
        self._outbox.note(Visit(became, address, reason, memory))


def header_text(response: Response, name: str) -> str:
    """Return the value of a header, ``""`` where there is none."""
    return (response.headers.get(name) or b"").decode("latin-1")
