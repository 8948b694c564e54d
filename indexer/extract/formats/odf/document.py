"""An OpenDocument file: its body without anything that is not text, its headers and footers, and its properties."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from indexer.extract.formats.about import said_of_itself, without_page_numbers
from indexer.extract.formats.odf.lists import ListStyles
from indexer.extract.formats.odf.parts import parts_of
from indexer.extract.formats.odf.story import story
from indexer.extract.formats.xml import Element, attribute, child, drop, each, local

_NO_TEXT = (
    "tracked-changes", "forms", "scripts", "script", "note-citation", "number", "date-string",
    "creator-initials", "sender-initials", "table-of-content-source", "alphabetical-index-source", "bibliography-source",
    "illustration-index-source", "object-index-source", "table-index-source", "user-index-source", "binary-data",
)  # fmt: skip
"""Deleted text, scripts, pictures, generated numbers, templates of tables of contents."""
_SHOWING = ("text-properties", "table-properties")
"""The properties of a style that show or hide text or a sheet."""
_FAMILIES = {"span": "text", "p": "paragraph", "h": "paragraph", "table": "table"}
SHAPES = ("frame", "g", "custom-shape", "rect", "ellipse", "circle", "line", "connector")
_DRAWN = (*SHAPES, "polygon", "polyline", "path")
_DEEPEST = 20
"""The longest chain of styles based on one another."""
_NO_SHAPES = ("notes", "forms", "header", "footer")
_SHOWN_CLASSES = (None, "header", "footer")
"""Kinds of placeholders on a master page that show their own words; None for a shape that is not a placeholder."""
_MARGINS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


class OpenDocument:
    """Raises PasswordNeededError, and ValueError if the file is not OpenDocument or too damaged."""

    def __init__(self, path: Path) -> None:
        self._parts = parts_of(path)
        self.problems = self._parts.problems
        content = self._parts.xml("content.xml")
        body = child(content, "body")
        if body is None:
            raise ValueError("the document's text is missing or damaged")
        self._styles = self._parts.xml("styles.xml")
        roots = [content] if self._styles is None else [content, self._styles]
        self._hidden = _hidden_styles(roots)
        self._hidden_layers = frozenset(
            attribute(one, "name") for root in roots for one in each(root, "layer") if _is_hidden(one)
        )
        self._lists = ListStyles(roots)
        self._seen: set[str] = set()
        self.body = self._pruned(body)

    def hides(self, element: Element) -> bool:
        """Whether the style of ``element`` hides it."""
        name = attribute(element, "style-name")
        return (_FAMILIES[local(element)], name) in self._hidden or (None, name) in self._hidden

    def text(self, root: Element) -> str:
        """Return the text below ``root``, an element of the body, followed by its notes and comments."""
        return story(root, self._lists, self._object)

    def margins(self) -> list[str]:
        """Return the visible headers and footers, each once."""
        roots = () if self._styles is None else [*each(self._styles, *_MARGINS)]
        shown = (self._pruned(root) for root in roots if attribute(root, "display") != "false")
        return list(dict.fromkeys(without_page_numbers(self.text(root)) for root in shown))

    def masters(self, names: Collection[str | None]) -> list[str]:
        """Return what master pages show on every page, each once, without placeholders."""
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
        """Return the properties of the document that are not already in its text ``written``."""
        return said_of_itself(self._parts.xml("meta.xml"), written)

    def _object(self, element: Element) -> str:
        """Return the words of a chart or a formula, only once however often it is shown, and without the numbers of a chart."""
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
        for one in [*each(root, "covered-table-cell")]:  # it keeps its place, but what it holds is not shown
            one.text = None
            del one[:]
        for one in [*each(root, *_DRAWN)]:
            if _is_hidden(one) or attribute(one, "layer") in self._hidden_layers:
                drop(one)
        if any(family != "table" for family, _ in self._hidden):
            for one in [*each(root, "span", "p", "h")]:
                if self.hides(one):
                    drop(one)
        return root


def _is_hidden(element: Element) -> bool:
    return attribute(element, "display") == "none"


def _hidden_styles(roots: Collection[Element]) -> frozenset[tuple[str | None, str | None]]:
    """Return family and name of the styles whose text or sheets are hidden, including by what they are based on."""
    hidden: set[tuple[str | None, str | None]] = set()
    shown: set[tuple[str | None, str | None]] = set()
    for one in (one for root in roots for one in each(root, *_SHOWING)):
        if said := attribute(one, "display"):
            style = one.getparent()
            key = attribute(style, "family"), attribute(style, "name")
            (hidden if said in ("none", "false") else shown).add(key)
    based = [one for root in roots for one in each(root, "style")] if hidden else []
    for _ in range(_DEEPEST):
        more = {
            key for one in based
            if (family := attribute(one, "family"), attribute(one, "parent-style-name")) in hidden
            and (key := (family, attribute(one, "name"))) not in shown
        } - hidden  # fmt: skip
        if not more:
            break
        hidden |= more
    return frozenset(hidden)
