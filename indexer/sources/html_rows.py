"""Rows of a page that describe a document: "Số ký hiệu", "Ngày ban hành", "Trích yếu", in any layout of portals.

Tables, definition lists, adjacent boxes and lines with a colon are treated alike: a label, and what is beside it. A list of
several documents describes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from indexer.html.tree import Element
from indexer.sources.document_labels import is_document, is_empty, label_and_value, label_of, labels_of
from indexer.sources.html_lines import Line
from indexer.sources.page import Link
from indexer.vietnamese.letters import fold

_CELLS = frozenset(["td", "th", "dt", "dd"])
_MOST_CLIMBED = 4
"""Maximum number of levels from the words of a label to the box beside that of its value."""
_LONGEST_VALUE = 2_000
_MOST_ROWS = 200
_MOST_CELLS = 12
"""Maximum number of cells in a row."""
_DEEPEST = 12
"""Maximum depth of nested elements in the cell of a value."""


@dataclass(slots=True)
class Rows:
    """Values by name, the lines they were read from, and the links to the document's files."""

    values: dict[str, str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    value: str
    label: str
    """As written: two labels may give one value, "Ngày ký" and "Ngày ban hành"."""
    lines: Sequence[int]


def read_rows(lines: Sequence[Line], own: Sequence[int]) -> Rows | None:
    """Return what the lines with the indexes ``own`` say about the document of the page, None if they describe none or several."""
    groups = _groups(_rows(lines, own))
    groups = [group for group in groups if is_document({row.name for row in group if row.value})]
    if not groups:
        return None
    most = max(len(_filled(group)) for group in groups)
    best = [group for group in groups if len(_filled(group)) == most]
    if len(best) > 1 or len(groups) > 3:
        return None
    found = Rows()
    for row in best[0]:
        found.lines.update(row.lines)
        if row.name == "files":
            found.links += [link for n in row.lines for link in lines[n].links]
        elif row.value:
            found.values.setdefault(row.name, row.value)
    return found


def _filled(group: Sequence[_Row]) -> set[str]:
    return {row.name for row in group if row.value}


def _groups(rows: Iterator[_Row]) -> list[list[_Row]]:
    """Split rows where a value recurs with different text: another document begins there."""
    groups: list[list[_Row]] = [[]]
    seen: dict[str, str] = {}
    for row in rows:
        if row.value and row.name != "files" and seen.get(row.label, row.value) != row.value:
            groups.append([])
            seen = {}
        if row.value:
            seen.setdefault(row.label, row.value)
        groups[-1].append(row)
    return groups


def _rows(lines: Sequence[Line], own: Sequence[int]) -> Iterator[_Row]:
    places = {n: at for at, n in enumerate(own)}
    taken: set[int] = set()
    count = 0
    for n in own:
        line = lines[n]
        if n in taken or not line.text or len(line.text) > _LONGEST_VALUE:
            continue
        if pairs := _several(line):
            for label, value in pairs:
                yield _Row(label_of(label) or "", value, _key(label), [n])
            continue
        if names := labels_of(line.text) if line.linked < len(line.text) else []:
            count += 1
            if count > _MOST_ROWS:
                return
            if headed := _headed(lines, own, places[n], names):
                taken.update(i for row in headed for i in row.lines)
                yield from headed
                continue
            inside = _beside(lines, own, places[n], names[0])
            taken.update(inside)
            yield from _named(names, inside, lines, n)
        elif (pair := label_and_value(line.text) or _inline(line)) and (name := label_of(pair[0])):
            yield _Row(name, pair[1], _key(pair[0]), [n])


def _named(names: Sequence[str], inside: Sequence[int], lines: Sequence[Line], label: int) -> Iterator[_Row]:
    """Yield the value of a label; if it names several, each with its own cell, the first and the last."""
    # A colon may be in a cell of its own.
    texts = [text for i in inside if (text := lines[i].text.lstrip(" :："))]
    if len(names) == 1:
        yield _Row(names[0], " ".join(texts), _key(lines[label].text), [label, *inside])
        return
    if len(texts) == 1:
        texts = [text.strip() for text in texts[0].split("/")]
    if len(texts) != len(names):
        texts = [*texts[:1], *[""] * len(names)]
    for name, text in zip(names, texts, strict=False):
        yield _Row(name, text, name, [label, *inside])


def _key(label: str) -> str:
    return fold(label).strip(" :：")


def _beside(lines: Sequence[Line], own: Sequence[int], at: int, name: str) -> list[int]:
    """Return the lines beside the label at index ``at``, or below it in its box, up to the next label."""
    label = lines[own[at]].element
    box = _box(label)
    siblings = list(islice(box.itersiblings(), _MOST_CELLS if box.tag in ("td", "th") else 1))
    for boxes in ([label], siblings) if label.tag not in _CELLS else (siblings, [label]):
        found: list[int] = []
        size = 0
        for n in own[at + 1 :]:
            size += len(lines[n].text)
            if not _is_in(lines[n].element, boxes) or labels_of(lines[n].text) or size > _LONGEST_VALUE:
                break
            if name == "files" and not lines[n].links and not is_empty(lines[n].text):
                break
            found.append(n)
        if found:
            return found
    return []


def _is_in(element: Element, boxes: Sequence[Element]) -> bool:
    for _ in range(_DEEPEST):
        if element is None or element in boxes:
            return element is not None
        element = element.getparent()
    return False


def _box(element: Element) -> Element:
    """Return the outermost element that contains only the label: the cell of its row."""
    for _ in range(_MOST_CLIMBED):
        parent = element.getparent()
        if element.tag in _CELLS or parent is None or element.getnext() is not None:
            break
        if element.getprevious() is not None or (parent.text or "").strip():
            break
        element = parent
    return element


def _headed(lines: Sequence[Line], own: Sequence[int], at: int, names: Sequence[str]) -> list[_Row]:
    """Return the values of a table with labels in its first row and values in its only other row.

    The rows of a larger table, which lists several documents, have no values.
    """
    row = _row_of(lines[own[at]].element)
    if row is None or at + 1 >= len(own):
        return []
    cells = [cell for cell in row if cell.tag in _CELLS]
    if not 3 <= len(cells) <= _MOST_CELLS:
        return []
    heads = [labels_of(" ".join(" ".join(cell.itertext()).split())) for cell in cells]
    if sum(map(bool, heads)) * 2 <= len(cells):
        return []
    table = next((e for e in row.iterancestors() if e.tag == "table"), None)
    if table is None:
        return []
    within = set(table.iter())
    all_lines = [n for n in own[at:] if lines[n].element in within]
    others = [other for other in table.iter("tr") if other is not row and len(other) == len(cells)]
    found = []
    for head, cell in zip(heads, others[0] if len(others) == 1 else [], strict=False):
        inner = set(cell.iter())
        mine = [n for n in all_lines if lines[n].element in inner]
        if head and mine:
            found.append(_Row(head[0], " ".join(lines[n].text for n in mine), head[0], mine))
    return [
        *found,
        _Row(names[0], "", "", [n for n in all_lines if found or lines[n].element in set(row.iter())]),
    ]


def _row_of(element: Element) -> Element | None:
    for _ in range(_MOST_CLIMBED + 1):
        if element is None or element.tag == "tr":
            return element
        element = element.getparent()
    return None


def _several(line: Line) -> list[tuple[str, str]]:
    """Return labels and values of a line whose elements contain several pairs in sequence; nothing for other lines."""
    parts = [" ".join(" ".join(child.itertext()).split()) for child in islice(line.element, _MOST_CELLS)]
    at = [n for n, part in enumerate(parts) if label_of(part)]
    if len(at) < 2 or at[0] != 0 or any(child.tag in _CELLS for child in line.element):
        return []
    if "".join(parts).replace(" ", "") != line.text.replace(" ", ""):
        return []  # words stand beside the elements
    ends = [*at[1:], len(parts)]
    values = [" ".join(parts[n + 1 : end]) for n, end in zip(at, ends, strict=True)]
    return [(parts[n], value) for n, value in zip(at, values, strict=True)]


def _inline(line: Line) -> tuple[str, str] | None:
    """Return label and value of a line whose first words are in an element of their own: ``<b>Số hiệu</b> 12``."""
    first = next((child for child in line.element if "".join(child.itertext()).strip()), None)
    if first is None or (line.element.text or "").strip():
        return None
    words = " ".join(" ".join(first.itertext()).split())
    return (words, line.text[len(words) :].strip(" :：-")) if line.text.startswith(words) else None
