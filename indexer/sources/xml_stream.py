"""Large XML, element by element, in bounded memory: entities of a document's own are refused, others' files never opened."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from itertools import chain
from xml.parsers import expat

from indexer.errors import ItemError

LARGEST = 64 * 2**20
"""Characters of one element, as bytes of a line of JSONL."""
_SILENT = 4 * 2**20
"""Characters that the parser may take without telling anything: a comment or a tag without end, which it reads anew each time."""
_DEEPEST = 200
_INVALID = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML can't hold, and exports hold all the same."""
_USUAL = {
    "xml": "http://www.w3.org/XML/1998/namespace",
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
"""What prefixes mean that a file uses without declaring them, as some do."""
_CODE_PAGES = ("cp125", "iso8859-")
"""What XML is in where it is not in UTF-8."""
_HEAD = 4096


@dataclass(slots=True)
class Node:
    """An element with what is in it; names have their namespace in front: ``http://purl.org/dc/elements/1.1/ creator``."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[str | Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, trimmed."""
        return "".join(one if isinstance(one, str) else one.text for one in self.parts).strip()

    @property
    def children(self) -> Iterator[Node]:
        """The elements right below it."""
        return (one for one in self.parts if isinstance(one, Node))

    def all(self, *names: str) -> Iterator[Node]:
        """Yield the children that bear one of ``names``."""
        return (one for one in self.children if one.name in names)

    def value(self, *names: str) -> str:
        """Return the text of the first child that has any, by the order of ``names``."""
        return next((text for name in names for one in self.all(name) if (text := one.text)), "")

    @property
    def inner(self) -> str:
        """What is in it as HTML, without namespaces."""
        return "".join(escape(one, quote=False) if isinstance(one, str) else one._outer for one in self.parts)

    @property
    def _outer(self) -> str:
        tag = self.name.rpartition(" ")[2]
        values = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{tag}{values}>{self.inner}</{tag}>"


class XmlReader:
    """Reads elements of some names, each whole; of those around them it keeps the names."""

    def __init__(self, wanted: Iterable[str], largest: int = LARGEST) -> None:
        self._largest = largest
        self._wanted = frozenset(wanted)
        self._open: list[Node] = []
        self._outside = 0
        self._size = 0
        self._told = 0
        self._found: list[Node | ItemError] = []
        self._spaces: list[dict[str, str]] = [_USUAL]
        # Names with their prefixes: the parser's own namespaces end at the first prefix that nobody declared.
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._named
        # So that names of HTML's characters, which feeds use without having them, are told rather than an error.
        parser.UseForeignDTD(True)

    def read(self, chunks: Iterable[bytes]) -> Iterator[Node | ItemError]:
        """Yield the elements, and an error in place of one that is too large.

        Raises ItemError where the rest can't be read: no XML, hostile, cut short.
        """
        silent = 0
        for text in chain(_decoded(chunks), [""]):
            told, problem = self._told, None
            try:
                self._feed(text)
            except ItemError as error:
                problem = error
            found, self._found = self._found, []
            yield from found
            if problem is not None:
                raise problem
            silent = 0 if self._told != told else silent + len(text)
            if silent > _SILENT:
                line = self._parser.CurrentLineNumber
                raise ItemError(f"something that starts in line {line} has no end; the rest was not read")

    def _feed(self, text: str) -> None:
        """Parse ``text``; an empty one is the end."""
        try:
            self._parser.Parse(text, not text)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            hint = "; if it is an &, write it as &amp;" if error.code == _INVALID else ""
            where = f"line {error.lineno}, column {error.offset + 1}"
            raise ItemError(
                f"the XML is invalid at {where}: {reason}{hint}; everything before that was used, the rest was not read"
            ) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._told += 1
        declared = {key.partition(":")[2]: value for key, value in attributes.items() if key[:5] == "xmlns"}
        spaces = {**self._spaces[-1], **declared} if declared else self._spaces[-1]
        self._spaces.append(spaces)
        name = _full(name, spaces)
        if len(self._open) + self._outside >= _DEEPEST:
            raise ItemError(f"elements are nested more than {_DEEPEST} levels deep; the rest was not read")
        if not self._open and name not in self._wanted:
            self._outside += 1
            return
        if not self._open:
            self._size = 0
        attributes = {_full(key, spaces) if ":" in key else key: value for key, value in attributes.items()}
        node = Node(name, attributes)
        self._size += len(name) + sum(map(len, attributes.values()))
        if self._open and self._size <= self._largest:
            self._open[-1].parts.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._told += 1
        self._spaces.pop()
        if not self._open:
            self._outside -= 1
            return
        node = self._open.pop()
        if not self._open:
            large = ItemError(f"it is larger than {self._largest:,} characters and was skipped")
            self._found.append(node if self._size <= self._largest else large)

    def _text(self, text: str) -> None:
        self._told += 1
        if self._open:
            self._size += len(text)
            if self._size <= self._largest:
                self._open[-1].parts.append(text)

    def _named(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._text(html5.get(f"{name};", f"&{name};"))

    def _entity(self, name: str, *_: object) -> None:
        raise ItemError(f"it declares an entity ({name[:40]}), which is not allowed; it was not read")


def _full(name: str, spaces: dict[str, str]) -> str:
    """Return a name with its namespace in front of it; without one it is bare."""
    prefix, _, local = name.rpartition(":")
    space = spaces.get(prefix, prefix)
    return f"{space} {local}" if space else local


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield text that XML can hold, whatever the bytes are in; broken bytes are replaced."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(chunk[:_HEAD]))("replace")
        if text := _CONTROLS.sub(" ", decoder.decode(chunk)):
            yield text
    if decoder is not None and (text := decoder.decode(b"", final=True)):
        yield text


def _encoding(start: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return name
    declared = _DECLARED.match(start.decode("latin-1").lstrip())
    try:
        name = codecs.lookup(declared[1]).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    return name if name.startswith(_CODE_PAGES) else "utf-8"
