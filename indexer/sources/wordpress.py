"""An export of WordPress (WXR): its published posts and pages as records, with the documents that belong to them.

Who may read a post decides what it is here. Published: as the source says, else public. Private, protected by a password, or of a
state that isn't known: for staff. Drafts, what is planned for later and what lies in the trash are no articles; those that were
are gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from indexer.errors import ItemError
from indexer.sources import Item, Notice, Problem, Withdrawn
from indexer.sources.attachments import file_in, last_part
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import is_misspelt
from indexer.sources.page import LINKED_NAME
from indexer.sources.records import Row
from indexer.sources.tracked_file import TrackedFile
from indexer.sources.wordpress_text import in_vietnamese, shown_html
from indexer.sources.xml_stream import Node, XmlReader
from indexer.vietnamese.letters import nfc

POST_TYPES = ("post", "page")
_EXPORT = "http://wordpress.org/export/"
_CONTENT, _DC = "http://purl.org/rss/1.0/modules/content/ ", "http://purl.org/dc/elements/1.1/ "
_UNSEEN = frozenset(["draft", "auto-draft", "pending", "future", "trash", "inherit"])
_OF_STAFF = frozenset(["private"])
_OWN_TYPES = frozenset(
    "attachment revision nav_menu_item custom_css customize_changeset oembed_cache user_request".split()
) | frozenset(
    ["wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family"]
)
"""Types of what WordPress keeps for itself."""
_NO_CATEGORY = frozenset(["uncategorized", "khong-phan-loai", "chua-phan-loai", "chua-duoc-phan-loai"])
_LONGEST_META, _MOST_META = 500, 50
"""Characters, and number, of a post's own fields that are kept where nothing maps them."""


@dataclass(slots=True)
class _Attached:
    """What the first reading finds out: documents by the post that they belong to, and the hosts of the site."""

    documents: dict[str, list[dict[str, str]]]
    hosts: set[str]
    base: str = ""


class WordPressRows:
    """Reads the files of one export twice: what is attached to a post may stand anywhere in them."""

    def __init__(
        self,
        paths: Sequence[Path],
        uploads: Path | None,
        post_types: Sequence[str] = POST_TYPES,
        field_map: Mapping[str, str] | None = None,
    ) -> None:
        """``uploads`` is a copy of ``wp-content/uploads``; ``field_map`` may name fields and taxonomies of posts."""
        # Twice: each of both readings is half of the way.
        self._file = TrackedFile(*paths, *paths)
        self._paths = paths
        self._uploads = uploads.resolve() if uploads else None
        self._types = frozenset(post_types)
        self._field_map = field_map or {}
        self._attached = _Attached({}, set())
        self._given: set[int] = set()
        """64-bit hashes of guids so far: posts that plugins copy have that of the first."""

    def rows(self) -> Iterator[Row | Item]:
        """Yield the posts in the order of the files."""
        for node in self._nodes(quietly=True):
            if isinstance(node, Node):
                self._note(node)
        left: Counter[str] = Counter()
        number = 0
        for node in self._nodes():
            if isinstance(node, Problem):
                yield node
                continue
            if isinstance(node, Node) and node.name != "item":
                continue
            number += 1
            if isinstance(node, ItemError):
                yield Problem(f"{self._paths[0].name}[{number}]", str(node))
                continue
            values = _values(node)
            type_, status = values.value("wp:post_type") or "post", values.value("wp:status")
            if type_ not in self._types:
                if type_ not in _OWN_TYPES:
                    left[f"of the type {type_[:40]!r}; add it to post_types to include them"] += 1
                    if status != "publish" or values.value("wp:post_password"):
                        yield from self._withdrawn(values)
            elif status in _UNSEEN:
                left["not published (drafts, scheduled or deleted)"] += 1
                yield from self._withdrawn(values)
            else:
                if status not in ("publish", *_OF_STAFF):
                    notice = f"the status {status[:40]!r} is unknown; the post is treated as staff-only"
                    yield Notice(f"{self._paths[0].name}[{number}]", notice, "status")
                yield number, self._record(values, status)
        for what, times in left.items():
            yield Notice(self._paths[0].name, f"left out: {times} {what}", what)

    def progress(self) -> float | None:
        """Return the share of bytes read, of both readings together."""
        return self._file.progress()

    def locate(self, address: str) -> Path | None:
        """Return the copy of a file of the site's uploads; None where there is none."""
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").removeprefix("www.")
            _, found, path = parts.path.partition("/wp-content/uploads/")
            if self._uploads is None or not found or (host and host not in self._attached.hosts):
                return None
            return file_in(self._uploads, nfc(unquote(path)))
        except (ItemError, ValueError):
            return None

    def _nodes(self, quietly: bool = False) -> Iterator[Node | ItemError | Problem]:
        for path in self._paths:
            names = [
                f"{_EXPORT}{version}/ base_{of}_url"
                for version in ("1.0", "1.1", "1.2")
                for of in ("site", "blog")
            ]
            try:
                with closing(self._file.chunks(path)) as chunks:
                    yield from XmlReader(["item", *names]).read(chunks)
            except ItemError as error:
                if not quietly:
                    yield Problem(path.name, str(error))

    def _note(self, node: Node) -> None:
        if node.name != "item":
            self._attached.base = node.text
            self._attached.hosts.add(_host(node.text))
            return
        values = _values(node)
        parent, address = values.value("wp:post_parent"), values.value("wp:attachment_url", "guid")
        if values.value("wp:post_type") == "attachment" and parent not in ("", "0"):
            name = last_part(address.partition("?")[0])
            if LINKED_NAME.fullmatch(name):
                self._attached.documents.setdefault(parent, []).append({"name": name, "url": address})

    def _id(self, guid: str, id: str) -> str:
        """Return the id of a post: its guid, which stays when its address changes; of copies that have the same, by number."""
        if id and (not guid or hash(guid) in self._given):
            return f"{self._attached.base}/?p={id}"
        self._given.add(hash(guid))
        return guid

    def _withdrawn(self, values: Node) -> Iterator[Item]:
        """Yield the ids that a post which is not shown may have had when it was."""
        guid, id = values.value("guid"), values.value("wp:post_id")
        if guid and hash(guid) not in self._given:
            yield Withdrawn(guid)
        if id:
            yield Withdrawn(f"{self._attached.base}/?p={id}")

    def _record(self, values: Node, status: str) -> dict[str, Any]:
        id = values.value("wp:post_id")
        terms: dict[str, list[str]] = {}
        for category in values.all("category"):
            if category.text and category.attributes.get("nicename") not in _NO_CATEGORY:
                terms.setdefault(category.attributes.get("domain", "category"), []).append(category.text)
        meta = {
            key: one.value("wp:meta_value")
            for one in values.all("wp:postmeta")
            if (key := one.value("wp:meta_key")) and (not key.startswith("_") or key in self._field_map)
        }
        record: dict[str, Any] = {
            "id": self._id(values.value("guid"), id),
            "title_html": in_vietnamese(values.value("title")),
            "summary_html": in_vietnamese(values.value("excerpt:encoded")),
            "body_html": shown_html(values.value("content:encoded")),
            "published": _moment(values, "wp:post_date"),
            "updated": _moment(values, "wp:post_modified"),
            "url": values.value("link"),
            "category": _one_or_all(terms.pop("category", [])),
            "attachments": self._attached.documents.get(id, []),
            "author": values.value("dc:creator"),
        }
        said = {key for key in meta if key == AUDIENCE or is_misspelt(key)}
        for name in (self._field_map.keys() | said) - record.keys():
            if found := meta.pop(name, None) or ", ".join(terms.pop(name, [])):
                record[name] = found
        if status != "publish" or values.value("wp:post_password"):
            record["audience"] = "staff"
        short = {key: value for key, value in meta.items() if value and len(value) <= _LONGEST_META}
        record["fields"] = dict(list(short.items())[:_MOST_META])
        record["terms"] = terms
        return {key: value for key, value in record.items() if value}


def _values(item: Node) -> Node:
    """Return ``item`` with short names, the same for all versions of the format: ``wp:status``."""
    parts: list[str | Node] = [Node(_short(one.name), one.attributes, one.parts) for one in item.children]
    for one in parts:
        if isinstance(one, Node) and one.name == "wp:postmeta":
            one.parts = list(_values(one).parts)
    return Node(item.name, item.attributes, parts)


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    if space.startswith(_EXPORT):
        return f"{'excerpt' if space.endswith('excerpt/') else 'wp'}:{local}"
    if f"{space} " in (_CONTENT, _DC):
        return f"{'content' if f'{space} ' == _CONTENT else 'dc'}:{local}"
    return local


def _moment(values: Node, name: str) -> str | None:
    """Return a moment as ISO 8601: that of Greenwich where it is given, else that of the site's own clock."""
    for key, zone in ((f"{name}_gmt", "+00:00"), (name, "")):
        if (text := values.value(key)) and not text.startswith("0000"):
            return text.replace(" ", "T") + zone
    return values.value("pubDate") if name == "wp:post_date" else None


def _one_or_all(texts: list[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else texts


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
