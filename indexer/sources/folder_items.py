"""What single files of a folder are: articles with their attachments, in the light of what lies beside and above them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.settings import Settings
from indexer.sources import Item, Problem, Unread
from indexer.sources.bounded import read_bounded
from indexer.sources.claims import Claims, without_suffix
from indexer.sources.defaults import Defaults
from indexer.sources.exports import export_at
from indexer.sources.folder_defaults import FolderDefaults
from indexer.sources.folder_scan import LINES_SUFFIXES, Scan
from indexer.sources.json_file import JsonSource
from indexer.sources.jsonl import JsonlSource
from indexer.sources.page import DOCUMENT_NAME, Page
from indexer.sources.sidecars import Sidecars
from indexer.sources.text_page import heeding_staff, read_markdown_page, read_text_page
from indexer.sources.unread import unread_files
from indexer.sources.values import check_id
from indexer.sources.xml_kinds import XML_SUFFIXES, kind_of_file

MAX_PAGE = 64 * 2**20
"""Bytes of a page, as of a line of JSONL; ``max_file_mb`` may set less."""
_NO_RECORDS = "it is JSON, but not a list of records"
_FEED = "it is a feed whose entries may be pages in this folder; index it separately"
_NO_ARTICLE = "there is no file with this name beside it"


class FolderItems:
    """Reads the files of one folder."""

    def __init__(self, scan: Scan, settings: Settings, defaults: FolderDefaults) -> None:
        self._scan = scan
        self._settings = settings
        self._defaults = defaults
        self._claims = Claims(scan.pages, scan.files)
        others = {name: path for name, path in scan.files.items() if not DOCUMENT_NAME.fullmatch(name)}
        single = {name: path for name, path in scan.records.items() if name.lower().endswith(".json")}
        self._sidecars = Sidecars(settings, scan.sidecars, {**others, **single})
        self._names = {path: name for name, path in scan.files.items()}
        self._without_records: list[str] = []
        self._feeds: list[str] = []
        self._largest = min(MAX_PAGE, settings.max_file_mb * 2**20)

    @property
    def claimed(self) -> set[str]:
        """The files that articles read so far have as attachments."""
        return self._claims.claimed

    def page(self, name: str, id: str) -> Iterator[Item]:
        """Yield the article of the page at ``name``, or why it can't be read."""
        try:
            page = self._read(self._scan.pages[name], check_id(id))
        except ItemError as error:
            yield Problem(name, str(error), id)
            return
        if page.problem:
            yield Problem(name, page.problem, id)
        attachments = self._claims.attachments(page, name)
        defaults = self._defaults_of(name)
        article = replace(defaults.filled(page.article, page.audience), attachments=attachments)
        for item in self._sidecars.overridden(article, name, without_suffix(name), defaults):
            yield from self._guarded(item, name) if isinstance(item, Article) else [item]

    def records(self, name: str) -> Iterator[Item]:
        """Yield the articles of the records in the file at ``name``."""
        path = self._scan.records[name]
        defaults = self._defaults_of(name)
        if name.lower().endswith(LINES_SUFFIXES):
            items = JsonlSource(path, self._settings, defaults=defaults, label=name).items()
        else:
            source = JsonSource(path, self._settings, defaults, name)
            if not source.holds_records():
                self._without_records.append(name)
                return
            items = source.items()
        yield from self._each(items, name)

    def export(self, name: str) -> Iterator[Item]:
        """Yield the articles of the file at ``name`` where it is an export: WordPress, or a table with columns that are mapped."""
        path = self._scan.files[name]
        if name.lower().endswith(XML_SUFFIXES) and kind_of_file(path) == "feed":
            self._feeds.append(name)
        elif source := export_at(path, self._settings, self._defaults_of(name), name):
            self.claimed.add(name)
            yield from self._each(source.items(), name)

    def document(self, name: str) -> Iterator[Item]:
        """Yield the article that the document at ``name`` is by itself."""
        file_name = posixpath.basename(name)
        # As it is: a number hides in many a file name ("74-UBND-KH", "12_2024_QD-UBND").
        title = posixpath.splitext(file_name)[0]
        attachment = Attachment(file_name, path=self._scan.files[name])
        try:
            article = Article(check_id(name), title, attachments=(attachment,))
        except ItemError as error:
            yield Problem(name, str(error), name)
            return
        defaults = self._defaults_of(name)
        stem = posixpath.splitext(name)[0]
        yield from self._sidecars.overridden(defaults.filled(article), name, stem, defaults)

    def unread(self) -> Iterator[Unread]:
        """Yield what nothing has read so far."""
        files = [
            name
            for name in self._scan.files
            if not DOCUMENT_NAME.fullmatch(name) and name not in self.claimed and name not in self._feeds
        ]
        others = [(name, _NO_RECORDS) for name in self._without_records]
        others += [(name, _FEED) for name in self._feeds]
        yield from unread_files(files, [*others, *((name, _NO_ARTICLE) for name in self._sidecars.unused())])

    def _defaults_of(self, name: str) -> Defaults:
        """Return the defaults of the file at ``name``; what is for staff where it lies is so by a link to it, too."""
        defaults = self._defaults.of(posixpath.dirname(name))
        target = self._scan.links.get(name)
        if target and defaults.audience == "public" and self._is_for_staff(target, True):
            return replace(defaults, audience="staff")
        return defaults

    def _each(self, items: Iterable[Item], name: str) -> Iterator[Item]:
        for item in items:
            if not isinstance(item, Article):
                yield item
                continue
            for attachment in item.attachments:
                if attachment.path in self._names:
                    self.claimed.add(self._names[attachment.path])
            yield from self._guarded(item, name)

    def _guarded(self, article: Article, name: str) -> Iterator[Item]:
        """Yield ``article``; one for the public without the bytes of files that are for staff."""
        if article.audience == "staff":
            yield article
            return
        # What a page for the public keeps beside itself in a folder for staff is as public as the page.
        own_folder = self._defaults.of(posixpath.dirname(name)).audience == "public"
        kept: list[Attachment] = []
        problems: list[Problem] = []
        for one in article.attachments:
            file = self._names.get(one.path) if one.path else None
            if file is not None and self._is_for_staff(file, own_folder):
                self.claimed.discard(file)
                reason = f"{one.name} was left out: it is staff-only, but the article is public"
                problems.append(Problem(name, reason, article.id))
                one = replace(one, path=None)
            kept.append(one)
        yield replace(article, attachments=tuple(kept))
        yield from problems

    def _is_for_staff(self, file: str, by_folder: bool) -> bool:
        defaults = self._defaults_of(file)
        if not by_folder:
            defaults = replace(defaults, audience="public")
        stem = posixpath.splitext(file)[0]
        [first, *_] = self._sidecars.overridden(defaults.filled(Article(file, file)), file, stem, defaults)
        return not isinstance(first, Article) or first.audience == "staff"

    def _read(self, path: Path, id: str) -> Page:
        data = read_bounded(path, self._largest, "the page")
        suffix = path.suffix.lower()
        zone = self._settings.zone
        if suffix == ".md":
            return read_markdown_page(data, id, zone)
        if suffix == ".txt":
            return read_text_page(data, id, zone)
        # Here, because it takes 0.3 s that only folders with HTML pages need to spend.
        from indexer.sources.html_page import read_html_page

        return heeding_staff(read_html_page(data, id, zone), data)
