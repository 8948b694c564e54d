"""The parts of an OpenDocument file: members of a ZIP, or all in one XML file (flat, ``.fodt``)."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.containers import is_encrypted
from indexer.extract.formats.content import PasswordNeededError, beginning
from indexer.extract.formats.odf.sun import modernized
from indexer.extract.formats.package import LARGEST_PART, Package
from indexer.extract.formats.xml import Element, child, each, parse_xml
from indexer.extract.reasons import problem

_OF_FLAT = {"styles.xml": "master-styles", "meta.xml": "meta"}
"""What replaces the parts in a flat document; text styles are stored beside its content."""


class Zipped:
    """Raises PasswordNeededError, and ValueError if the file is not OpenDocument or too damaged."""

    def __init__(self, path: Path) -> None:
        self._package = Package(path)
        if is_encrypted(self._package.read("META-INF/manifest.xml")):
            raise PasswordNeededError("its parts are encrypted")
        self.problems = self._package.problems

    def xml(self, name: str) -> Element | None:
        """Return the root of a part, None if it does not exist."""
        root = self._package.xml(name)
        return None if root is None else modernized(root)


class Flat:
    def __init__(self, path: Path) -> None:
        content, cut = beginning(path, LARGEST_PART)
        self._root, whole = parse_xml(content)
        self.problems = list(cut) if cut or whole else [problem("part_damaged", part="content.xml")]
        self._objects = {} if self._root is None else _taken_out(self._root)

    def xml(self, name: str) -> Element | None:
        """Return what replaces a part, None if nothing does."""
        if name == "content.xml":
            return self._root
        return child(self._root, _OF_FLAT[name]) if name in _OF_FLAT else self._objects.get(name)


def _taken_out(root: Element) -> dict[str, Element]:
    """Remove charts and formulas from ``root`` and return them by the names that their parts would have in a ZIP."""
    objects = {}
    for number, frame in enumerate([*each(root, "object")]):
        if len(frame):
            objects[f"{number}/content.xml"] = frame[0]
            frame.set("href", str(number))
            frame.remove(frame[0])
    return objects


def parts_of(path: Path) -> Zipped | Flat:
    """Return the parts of the document at ``path``."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    return Zipped(path) if zipped else Flat(path)
