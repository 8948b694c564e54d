"""What the columns of lists hold, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.directives.issuer_names import whole_name
from indexer.search.directives.view import Citing
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.context.translation import gettext
from webui.presenters import links, words

ARTICLE_DAYS, ARTICLE_LINKS = (6,), (7, 8)
CITING_DAYS, CITING_LINKS = (5,), (6,)
"""Columns of days and of addresses."""
_SEPARATOR = ", "
_SEPARATOR_OF_NAMES = "; "
"""Of what may hold commas itself: names of files, offices and laws."""


def article_headings() -> list[str]:
    """Return the headings of :func:`article_rows`."""
    return [
        gettext("Tiêu đề bài viết"), gettext("Số, ký hiệu"), gettext("Nguồn tin"), gettext("Chuyên mục"), gettext("Loại văn bản"),
        gettext("Cơ quan ban hành"), gettext("Ngày đăng"), gettext("Địa chỉ"), gettext("Địa chỉ gốc"), gettext("Tệp đính kèm"),
        gettext("Viện dẫn"), gettext("Tình trạng hiệu lực"),
    ]  # fmt: skip


def article_rows(articles: Iterable[tuple[StoredArticle, str | None]], root: str) -> Iterator[list[str]]:
    """Yield a row for each article with its legal status; addresses begin with ``root``, days are ``YYYY-MM-DD``."""
    # Now, not row by row: the words are those of the request, which is over when rows are read.
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


def citing_headings() -> list[str]:
    """Return the headings of :func:`citing_rows`."""
    return [
        gettext("Quan hệ"), gettext("Một phần"), gettext("Tiêu đề bài viết"), gettext("Số, ký hiệu của bài"), gettext("Nguồn tin"),
        gettext("Ngày đăng"), gettext("Địa chỉ"), gettext("Câu"), gettext("Tệp"), gettext("Trang"),
    ]  # fmt: skip


def citing_rows(rows: Iterable[Citing], root: str) -> Iterator[list[str]]:
    """Return a row for everything that an article does with a document; addresses begin with ``root``."""
    # Now, not row by row: the words are those of the request, which is over when rows are read.
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
