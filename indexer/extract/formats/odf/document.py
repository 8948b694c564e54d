"""A document of OpenDocument: its body without what is no text, its margins, and what it says of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from indexer.extract.formats.about import said_of_itself, without_page_numbers
from indexer.extract.formats.odf.lists import ListStyles
from indexer.extract.formats.odf.parts import parts_of
from indexer.extract.formats.odf.story import story
from indexer.extract.formats.xml import Element, attribute, child, drop, each, local

_NO_TEXT = (
    "tracked-changes", "forms", "scripts", "script", "note-citation", "number", "covered-table-cell", "date-string",
    "creator-initials", "sender-initials", "table-of-content-source", "alphabetical-index-source", "bibliography-source",
    "illustration-index-source", "object-index-source", "table-index-source", "user-index-source", "binary-data",
)  # fmt: skip
"""Deleted text, programs, pictures, marks that are counted anew, cells under a merged one, patterns of tables of contents."""
_OF_TEXT = "text-properties"
_OF_SHEETS = "table-properties"
_NO_SHAPES = ("notes", "forms", "header", "footer")
_SHOWN_CLASSES = (None, "header", "footer")
"""Kinds of places on a master page that show the words which stand in them; None: no place, but a shape."""
_MARGINS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


class OpenDocument:
    """Raises PasswordNeededError, and ValueError where the file is no such document or too damaged."""

    def __init__(self, path: Path) -> None:
        self._parts = parts_of(path)
        self.problems = self._parts.problems
        content = self._parts.xml("content.xml")
        body = child(content, "body")
        if body is None:
            raise ValueError("the document's text is missing or damaged")
        self._styles = self._parts.xml("styles.xml")
        roots = [content] if self._styles is None else [content, self._styles]
        self._hidden = frozenset(one for root in roots for one in _hidden_styles(root))
        self._lists = ListStyles(roots)
        self._seen: set[str] = set()
        self.body = self._pruned(body)

    def hides(self, element: Element) -> bool:
        """Whether the style of ``element`` does not show it."""
        kind = _OF_SHEETS if local(element) == "table" else _OF_TEXT
        return (kind, attribute(element, "style-name")) in self._hidden

    def text(self, root: Element) -> str:
        """Return the text below ``root``, an element of the body, and behind it its notes and comments."""
        return story(root, self._lists, self._object)

    def margins(self) -> list[str]:
        """Return the headers and footers that are shown, each once."""
        roots = () if self._styles is None else [*each(self._styles, *_MARGINS)]
        shown = (self._pruned(root) for root in roots if attribute(root, "display") != "false")
        return list(dict.fromkeys(without_page_numbers(self.text(root)) for root in shown))

    def masters(self, names: Collection[str | None]) -> list[str]:
        """Return what master pages show on every page, each once: not the places that they keep for texts."""
        found = []
        for master in () if self._styles is None else [*each(self._styles, "master-page")]:
            if attribute(master, "name") in names:
                for shape in [*master]:
                    if local(shape) in _NO_SHAPES or attribute(shape, "class") not in _SHOWN_CLASSES:
                        master.remove(shape)
                for counted in [*each(master, "page-number", "page-name", "date", "time")]:
                    drop(counted)
                found.append(self.text(self._pruned(master)))
        return list(dict.fromkeys(found))

    def about(self, written: str) -> list[str]:
        """Return what the document says of itself and is not ``written`` in it."""
        return said_of_itself(self._parts.xml("meta.xml"), written)

    def _object(self, element: Element) -> str:
        """Return the words of a chart or a formula, once however often it is shown; the numbers of a chart are none."""
        folder = (attribute(element, "href") or "").removeprefix("./")
        seen = folder in self._seen
        self._seen.add(folder)
        root = self._parts.xml(f"{folder}/content.xml") if folder and not seen else None
        if root is None:
            return ""
        if local(root) == "math":
            for one in [*each(root, "annotation")]:
                drop(one)
            return "".join(root.itertext())
        lines = ("".join(one.itertext()).strip() for one in each(root, "p"))
        return "\n".join(dict.fromkeys(line for line in lines if any(map(str.isalpha, line))))

    def _pruned(self, root: Element) -> Element:
        for one in [*each(root, *_NO_TEXT)]:
            drop(one)
        for one in [one for remark in each(root, "annotation") for one in each(remark, "creator", "date")]:
            drop(one)
        for one in [*each(root, "section", "hidden-text", "hidden-paragraph")]:
            if attribute(one, "display") == "none" or attribute(one, "is-hidden") == "true":
                drop(one.getparent() if local(one) == "hidden-paragraph" else one)
        if any(kind == _OF_TEXT for kind, _ in self._hidden):
            for one in [*each(root, "span", "p", "h")]:
                if self.hides(one):
                    drop(one)
        return root


def _hidden_styles(root: Element) -> Iterator[tuple[str, str | None]]:
    """Yield kind and name of the styles whose text or sheets are not shown."""
    for one in each(root, _OF_TEXT, _OF_SHEETS):
        if attribute(one, "display") in ("none", "false"):
            yield local(one), attribute(one.getparent(), "name")
