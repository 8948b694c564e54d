"""The text of one story (a body, a note, a header, a slide): one line per paragraph, cells separated by tabs, boxes after their
paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.extract.formats.about import words_for_picture
from indexer.extract.formats.ooxml.pruning import JOINED
from indexer.extract.formats.symbols import symbol
from indexer.extract.formats.xml import Element, attribute, each, steps

_NAMES = (
    "t", "p", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "tc", "tr", "den", "e", "f", "nary",
    "lim", "txbxContent", "rt", "textpath", "chart", "relIds", "altChunk", "ddList", "fldChar", "tblCaption", "tblDescription",
)  # fmt: skip
_BETWEEN = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
    "den": "/", "e": " ", "f": " ", "nary": " ", "lim": " ",
}  # fmt: skip
"""The lower part of a fraction follows a slash; parts of a formula (``m:e``) are separated."""
_OF_TABLES = ("tblCaption", "tblDescription")
"""The alternative text of a table."""
_ELSEWHERE = {"chart": "id", "relIds": "dm", "altChunk": "id"}
"""Elements whose content is in another part, and the attribute with its id."""


def _whole(_paragraph: Element, text: str) -> str:
    return text


def _nothing(_name: str) -> str:
    return ""


@dataclass(slots=True)
class _Open:
    """A paragraph being read, and what follows it."""

    line: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


def story(
    root: Element,
    paragraph: Callable[[Element, str], str] = _whole,
    elsewhere: Callable[[str], str] = _nothing,
    pictures: str = "docPr",
) -> str:
    """Return the text below ``root``.

    ``paragraph`` returns a paragraph's text with its number, ``elsewhere`` the text of the part that a relation refers to.
    ``pictures`` are the elements with the alternative text of a picture.
    """
    out: list[str] = []
    outer: list[list[str]] = []
    paragraphs: list[_Open] = []
    cells: list[int] = []
    now = _Open()
    add = now.line.append
    joined: list[str] = []
    chosen, before = "", 0
    for event, element in steps(root, (*_NAMES, pictures)):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name == "t":
                if element.text:
                    add(element.text)
            elif name == "p":
                paragraphs.append(now)
                now = _Open(joined)
                joined = []
                add = now.line.append
            elif name in _BETWEEN:
                add(_BETWEEN[name])
            elif name == "tc":
                cells.append(len(out))
            elif name == "txbxContent":
                outer.append(out)
                out = []
            elif name == "rt":
                paragraphs.append(now)
                now = _Open()
                add = now.line.append
            elif name == "sym":
                add(_symbol(element))
            elif name == "ddList":
                chosen, before = _chosen(element), len(now.line)
            elif name == "fldChar":
                if chosen and attribute(element, "fldCharType") == "end":
                    if not "".join(
                        now.line[before:]
                    ).strip():  # some programs write it as the field's result, too
                        add(chosen)
                    chosen = ""
            elif name == pictures:
                now.behind.append(f"{words_for_picture(element.get('descr'))}\n")
            elif name in _OF_TABLES:
                out.append(f"{words_for_picture(attribute(element, 'val'))}\n")
            elif name == "textpath":
                now.behind.append(f"{attribute(element, 'string') or ''}\n")
            elif name in _ELSEWHERE:
                now.behind.append(f"{elsewhere(attribute(element, _ELSEWHERE[name]) or '')}\n")
                if name == "altChunk":  # it stands between paragraphs
                    out += now.behind
                    now.behind.clear()
        elif name == "p":
            if element.get(JOINED):
                joined = now.line
            else:
                out.append(f"{paragraph(element, ''.join(now.line).strip())}\n")
            out += now.behind
            now = paragraphs.pop()
            add = now.line.append
        elif name == "txbxContent":
            now.behind += out
            out = outer.pop()
        elif name == "rt":  # small letters above others
            above = f"{''.join(now.line)}\n"
            now = paragraphs.pop()
            now.behind.append(above)
            add = now.line.append
        elif name == "tc":
            out[cells[-1] :] = ["".join(out[cells[-1] :]).strip("\n"), "\t"]
            cells.pop()
        elif name == "tr":
            if out and out[-1] == "\t":
                out.pop()
            out.append("\n")
    # Outside any paragraph.
    out += [*joined, *now.line, *now.behind]
    return "".join(out)


def _symbol(element: Element) -> str:
    try:
        return symbol(int(attribute(element, "char") or "", 16), attribute(element, "font") or "")
    except ValueError:
        return " "


def _chosen(field_: Element) -> str:
    """Return the choice in a drop-down list of a Word 97 form."""
    entries = [attribute(one, "val") or "" for one in each(field_, "listEntry")]
    chosen = next((attribute(one, "val") for one in each(field_, "result")), None) or "0"
    at = int(chosen) if chosen.isdecimal() else 0
    return entries[at] if at < len(entries) else ""
