"""The columns of downloadable lists, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.directives.issuer_names import whole_name
from indexer.register.entry import Entry
from indexer.register.named import Citing
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.context.translation import gettext
from webui.presenters import links, words

ARTICLE_DAYS, ARTICLE_LINKS = (6,), (7, 8)
CITING_DAYS, CITING_LINKS = (5,), (6,)
"""Columns of :func:`citing_rows` with dates, and with addresses."""
_SEPARATOR = ", "
_SEPARATOR_OF_NAMES = "; "
"""Separator for values that may contain commas: names of files, offices and laws."""


def article_headings() -> list[str]:
    """Return the headings of :func:`article_rows`."""
    return [
        gettext("Tiêu đề bài viết"), gettext("Số, ký hiệu"), gettext("Nguồn tin"), gettext("Chuyên mục"), gettext("Loại văn bản"),
        gettext("Cơ quan ban hành"), gettext("Ngày đăng"), gettext("Địa chỉ"), gettext("Địa chỉ gốc"), gettext("Tệp đính kèm"),
        gettext("Viện dẫn"), gettext("Tình trạng hiệu lực"),
    ]  # fmt: skip


def article_rows(articles: Iterable[tuple[StoredArticle, str | None]], root: str) -> Iterator[list[str]]:
    """Yield a row for each article with its legal status; addresses begin with ``root``, dates are ``YYYY-MM-DD``."""
    # Translated now: rows are read after the request, and its language, are gone.
    statuses = {status: str(name) for status, name in words.LEGAL_STATUSES.items()}
    return (_article_row(article, statuses.get(status or "", ""), root) for article, status in articles)


def _article_row(article: StoredArticle, status: str, root: str) -> list[str]:
    return [
        article.title,
        _SEPARATOR.join(article.numbers),
        _SEPARATOR.join(article.sources),
        article.category or "",
        _SEPARATOR_OF_NAMES.join(article.type),
        _SEPARATOR_OF_NAMES.join(map(whole_name, article.issuer)),
        article.published or "",
        root + readable_path(article.slug, article.title),
        links.outside_url(article.url) or "",
        _SEPARATOR_OF_NAMES.join(file.name for file in article.files),
        _SEPARATOR_OF_NAMES.join(article.cites),
        status,
    ]


def register_headings() -> list[str]:
    """Return the headings of :func:`register_rows`."""
    return [
        gettext("Văn bản"), gettext("Loại văn bản"), gettext("Cơ quan ban hành"), gettext("Năm"), gettext("Ngày ban hành"),
        gettext("Ngày đăng"), gettext("Ngày có hiệu lực"), gettext("Trích yếu"), gettext("Tình trạng hiệu lực"),
        gettext("Số bài viện dẫn"), gettext("Toàn văn"), gettext("Địa chỉ"), gettext("Bài viết"), gettext("Địa chỉ gốc"),
    ]  # fmt: skip


REGISTER_DAYS, REGISTER_LINKS = (4, 5, 6), (11,)
"""Columns of :func:`register_rows` with dates, and with an address."""


def register_rows(entries: Iterable[Entry], root: str) -> Iterator[list[str]]:
    """Return a row for each document of the register; addresses begin with ``root``, dates are ``YYYY-MM-DD``."""
    # Translated now: rows are read after the request, and its language, are gone.
    statuses = {status: str(name) for status, name in words.LEGAL_STATUSES.items()}
    kept = {name: str(label) for name, label in words.KEPT.items()}
    return (_register_row(entry, statuses, kept, root) for entry in entries)


def _register_row(entry: Entry, statuses: dict[str, str], kept: dict[str, str], root: str) -> list[str]:
    return [
        entry.label,
        entry.type or "",
        _SEPARATOR_OF_NAMES.join(entry.issuers),
        entry.year or "",
        entry.issued or "",
        entry.published or "",
        entry.effective or "",
        entry.subject or "",
        statuses.get(entry.status or "", ""),
        "" if entry.cited_by is None else str(entry.cited_by),
        kept[entry.kept],
        root + links.directive_path(entry.slug, entry.variant),
        _SEPARATOR_OF_NAMES.join(root + one.address for one in entry.bearers),
        _SEPARATOR_OF_NAMES.join(filter(None, (links.outside_url(one.original) for one in entry.bearers))),
    ]


def citing_headings() -> list[str]:
    """Return the headings of :func:`citing_rows`."""
    return [
        gettext("Quan hệ"), gettext("Một phần"), gettext("Tiêu đề bài viết"), gettext("Số, ký hiệu trong bài"), gettext("Nguồn tin"),
        gettext("Ngày đăng"), gettext("Địa chỉ"), gettext("Câu"), gettext("Tệp"), gettext("Trang"),
    ]  # fmt: skip


def citing_rows(rows: Iterable[Citing], root: str) -> Iterator[list[str]]:
    """Return a row for each relation of an article to a document; addresses begin with ``root``."""
    # Translated now: rows are read after the request, and its language, are gone.
    relations = {relation: str(name) for relation, name in words.GROUPS.items()}
    return (_citing_row(one, relations, root) for one in rows)


def _citing_row(one: Citing, relations: dict[str, str], root: str) -> list[str]:
    article, citation = one.article, one.citation
    return [
        relations[citation.relation],
        "x" if citation.part else "",
        article.title,
        _SEPARATOR.join(article.numbers),
        _SEPARATOR.join(article.sources),
        article.published or "",
        root + readable_path(article.slug, article.title),
        citation.sentence or "",
        "" if citation.file is None else article.files[citation.file].name,
        "" if citation.page is None else str(citation.page),
    ]
