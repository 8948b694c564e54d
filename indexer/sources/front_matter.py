"""Front matter: the values above a Markdown page, as Jekyll, Hugo and Obsidian write them (YAML, or TOML between ``+++``).

The only module importing PyYAML. Every value is read as text, so that ``date: 2026-03-02`` stays what was written and
``number: 007`` a code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

import yaml

from indexer.directives.codes import WORDS
from indexer.errors import ItemError
from indexer.model import Article, Attachment, Audience
from indexer.sources.attachments import web_address
from indexer.sources.audience import KEY, is_misspelt, misspelt_reason, read_audience
from indexer.sources.dates import moment_of
from indexer.sources.document_labels import label_of
from indexer.sources.document_values import read_values
from indexer.sources.page_dates import page_moment
from indexer.sources.text import display_line, display_text
from indexer.vietnamese.letters import fold

_BLOCK = re.compile(
    r"\A\s{0,20}(?P<fence>---|\+\+\+)[ \t]*\n(?P<block>(?:.*\n){0,500}?)(?P=fence)[ \t]*(?:\n|\Z)"
)
_OPENED = re.compile(r"\s{0,20}(?:(?:---|\+\+\+|;;;)[ \t]*\n|\{|[^\s:=]{1,24}[ \t]*[:=])")
_AUDIENCE_LINE = re.compile(
    r"(?:^[ \t]{0,8}|\{\s{0,8}|,\s{0,8}(?=[\"']))[\"']?aud\w{0,3}[ie]\w{0,2}[nc]\w{0,3}[\"']?[ \t]{0,8}[:=]",
    re.MULTILINE | re.IGNORECASE,
)
"""On a line of its own, or among others as JSON has it."""
_UNREAD = "its front matter names an audience, but can't be read. The page is treated as staff-only"
_TWICE = "its front matter names an audience twice. The page is treated as staff-only"
_WITHIN = "its front matter names an audience inside another value. The page is treated as staff-only"
_LONGEST = 32_768
"""Characters of front matter that are read: YAML takes some 3 s a megabyte, and no page says so much of itself."""
_PAIR = re.compile(r"([^\s:#][^:]{0,60}):[ \t]+(.+)|([^\s:#][^:]{0,60}):[ \t]*")
_MOST_VALUES = 200
_KEYS = {
    "title": "title tieude ten",
    "published": "date published publisheddate publishdate datepublished pubdate created createdat ngay ngaydang ngayxuatban",
    "updated": "updated lastmod modified lastmodified updatedat dateupdated ngaycapnhat",
    "category": "category categories section chuyenmuc danhmuc",
    "source": "source sources publisher site nguon nguontin coquandang",
    "url": "url original originalurl canonical canonicalurl link permalink sourceurl diachi",
    "summary": "description summary excerpt abstract subtitle tomtat mota sapo",
    "attachments": "attachments attachment files file tep tepdinhkem filedinhkem tailieudinhkem",
    "number": "number sovanban",
    "issuer": "issuer agency",
    "signer": "signer signedby",
    "subject": "subject",
    "field": "field",
    "issued": "issued dateissued issuedate",
    "effective": "effective effectivedate dateeffective",
    "expires": "expirydate",
    "type": "doctype documenttype",
}
_NAMES = {key: name for name, keys in _KEYS.items() for key in keys.split()}
_PLAIN = re.compile(r"[^\W_]+")
_TYPES = frozenset(map(fold, WORDS))
_STATUS = re.compile(r"hieu luc|thay the|bai bo|sua doi")
"""What a document's status speaks of; that of a page ("published", "draft") is another thing."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by what they are here, each as its texts, and those that mean nothing here, by their keys."""

    values: Mapping[str, list[str]] = field(default_factory=dict)
    extra: Mapping[str, list[str]] = field(default_factory=dict)
    audience: Audience | None = None
    """Whom the page says that it is for; staff where that can't be read."""
    problem: str | None = None
    """Why it can't."""

    @property
    def title(self) -> str:
        """The title; of a document that is given none, its subject."""
        return display_line(next(iter(self.values.get("title") or self.values.get("subject") or [""])))


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the values above ``text`` and the text below them. A rule that divides text is no front matter."""
    match = _BLOCK.match(text)
    if match is None or len(match["block"]) > _LONGEST:
        return _unread(text), text
    block = match["block"]
    read = _toml(block) if match["fence"] == "+++" else _yaml(block)
    if not read:
        return _unread(block), text if block.strip() else text[match.end() :]
    values: dict[str, list[str]] = {}
    extra: dict[str, list[str]] = {}
    audience, problem = _audience(read)
    named = len(_AUDIENCE_LINE.findall(block))
    if named > 1 or (named and audience is None):
        audience, problem = "staff", _TWICE if named > 1 else _WITHIN
    for key, value in list(read.items())[:_MOST_VALUES]:
        if str(key) == KEY or is_misspelt(str(key)):
            continue
        if texts := list(_texts(value)):
            name = _name_of(str(key), texts[0])
            (values if name else extra).setdefault(name or display_line(str(key)), texts)
    return FrontMatter(values, extra, audience, problem), text[match.end() :]


def _audience(read: Mapping[str, object]) -> tuple[Audience | None, str | None]:
    """Return whom the values name, None for nobody, and why that can't be read."""
    for key in map(str, read):
        if is_misspelt(key):
            return "staff", misspelt_reason(key)
    return read_audience(read[KEY], "public") if KEY in read else (None, None)


def _unread(text: str) -> FrontMatter:
    """Return what is known of front matter that can't be read: that it names an audience means staff."""
    named = _OPENED.match(text) and _AUDIENCE_LINE.search(text, 0, _LONGEST)
    return FrontMatter(audience="staff", problem=_UNREAD) if named else FrontMatter()


def with_values(article: Article, front: FrontMatter, zone: tzinfo) -> Article:
    """Return ``article`` with what its front matter says, which stands above what the text seems to be."""
    said = front.values
    if not said:
        return replace(article, extra={**front.extra, **article.extra}) if front.extra else article
    first = {name: texts[0] for name, texts in said.items()}
    values = read_values(first)
    issued = values.particulars.issued
    title = front.title or article.title
    published = _moment(first.get("published", ""), zone) or article.published or _moment(issued, zone)
    subject = values.particulars.subject
    url = web_address(first.get("url", "").strip())
    return replace(
        article,
        title=title,
        summary=display_text(first.get("summary", "")) or article.summary,
        published=published,
        updated=_moment(first.get("updated", ""), zone) or article.updated,
        sources=tuple(dict.fromkeys(map(display_line, said.get("source", ())))) or article.sources,
        category=display_line(first.get("category", "")) or article.category,
        url=url or article.url,
        number=values.number or article.number,
        type=values.type or article.type,
        issuer=values.issuer or article.issuer,
        particulars=replace(values.particulars, subject="" if fold(subject) in fold(title) else subject),
        attachments=(*article.attachments, *_files(said.get("attachments", ()), article)),
        extra={**front.extra, **article.extra},
    )


def _files(names: list[str] | tuple[str, ...], article: Article) -> Iterator[Attachment]:
    there = {one.name for one in article.attachments}
    for name in map(display_line, names):
        if name and name not in there:
            yield Attachment(name)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        return moment_of(text, zone)
    except ValueError:
        return page_moment(text, zone)


def _name_of(key: str, value: str) -> str | None:
    """Return what a key means here; of keys that other programs use, too, only where the value fits a document."""
    squeezed = "".join(_PLAIN.findall(fold(key)))
    if squeezed == "type":
        return "type" if fold(value) in _TYPES else None
    if squeezed == "status" or label_of(key) == "status":
        return "status" if _STATUS.search(fold(value)) else None
    return _NAMES.get(squeezed) or label_of(key)


def _yaml(block: str) -> dict[str, object]:
    try:
        read = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        # "title: Quyết định: về …" is no YAML, and clear all the same.
        return _pairs(block)
    return read if isinstance(read, dict) else {}


def _toml(block: str) -> dict[str, object]:
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _pairs(block: str) -> dict[str, object]:
    """Return ``key: value`` line by line, quotes taken off; ``{}`` where the first line is none."""
    found: dict[str, object] = {}
    for line in block.split("\n"):
        match = _PAIR.fullmatch(line.rstrip())
        if match and match[1]:
            found.setdefault(match[1].strip(), match[2].strip().strip("\"'"))
        elif not found and line.strip() and not line.startswith("#") and not match:
            return {}
    return found


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of a value: itself, those of a list, or of a thing with a name."""
    waiting = [value]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one[:_MOST_VALUES], *waiting]
        elif isinstance(one, dict):
            waiting = [*(one[key] for key in ("name", "title", "path", "url") if key in one)][:1] + waiting
        elif isinstance(one, str | int | float | date) and not isinstance(one, bool):
            text = one.isoformat() if isinstance(one, date) else str(one)
            try:
                if display_line(text):
                    yield text
            except ItemError:
                continue
