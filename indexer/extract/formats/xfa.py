"""Forms drawn only by Adobe's programs (XFA): their words are in XML, and the page that others see says "Please wait…".

Runs in the calling process: use it through :class:`Sandbox`.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Iterator, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.xml import Element, drop, each, local, parse_xml, steps

_FORMS = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_COVER = 1200
"""The length of a page that only says to open the file with another program."""
_WAIT = re.compile(r"please wait|Adobe (?:Acrobat|Reader)", re.IGNORECASE)
_LARGEST = 16 << 20
"""The most bytes read of a packet."""
_PACKETS = ("template", "datasets")
_MOST_PACKETS = 50
_UNSEEN = ("hidden", "invisible", "inactive")


def form_text(document: pypdfium2.PdfDocument, texts: Mapping[int, str]) -> str | None:
    """Return the words of the form in ``document`` if its only page has none except this notice, otherwise None."""
    if len(document) != 1 or pdfium.FPDF_GetFormType(document.raw) not in _FORMS:
        return None
    page = " ".join(texts.get(1, "").split())
    if page and not (len(page) < _COVER and _WAIT.search(page)):
        return None
    packets = dict(_packets(document))
    form, data = (parse_xml(packets.get(name, b""))[0] for name in _PACKETS)
    lines = [] if form is None else [*_labels(form)]
    lines += [] if data is None else _values(data, _unshown(form))
    return "\n".join(lines) or None


def _packets(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, bytes]]:
    for at in range(min(pdfium.FPDF_GetXFAPacketCount(document.raw), _MOST_PACKETS)):
        size = pdfium.FPDF_GetXFAPacketName(document.raw, at, None, 0)
        name = ctypes.create_string_buffer(min(size, 100) + 1)
        pdfium.FPDF_GetXFAPacketName(document.raw, at, name, min(size, 100))
        needed = ctypes.c_ulong()
        pdfium.FPDF_GetXFAPacketContent(document.raw, at, None, 0, needed)
        if not 0 < needed.value <= _LARGEST:
            continue
        content = ctypes.create_string_buffer(needed.value)
        pdfium.FPDF_GetXFAPacketContent(document.raw, at, content, needed.value, needed)
        yield name.value.decode("ascii", "replace"), content.raw


def _labels(root: Element) -> Iterator[str]:
    """Yield the printed texts of the form, in their order."""
    passed = 0  # how many of what is open hide what is within, or were read whole
    for event, element in steps(root):
        is_text = local(element) in ("text", "exData")
        if event == "start" and is_text and not passed:
            yield from _paragraphs(element)
        if is_text or _is_unseen(element):
            passed += 1 if event == "start" else -1


def _paragraphs(text: Element) -> Iterator[str]:
    said = []
    for event, element in steps(text):
        if local(element) == "p":
            said.append("\0")  # XML has no such letter
        if event == "start":
            said.append(element.text or "")
        elif element is not text:
            said.append(element.tail or "")
    for line in "".join(said).split("\0"):
        yield from _line(line)


def _is_unseen(element: Element) -> bool:
    """Return whether it is hidden, or contains choices and scripts."""
    return local(element) in ("items", "event", "desc") or element.get("presence") in _UNSEEN


def _unshown(form: Element | None) -> frozenset[str]:
    """Return the names of fields and groups that are hidden or show dots."""
    fields = () if form is None else [*each(form, "field", "subform", "exclGroup")]
    return frozenset(
        name for one in fields if (name := one.get("name"))
        and (one.get("presence") in _UNSEEN or (local(one) == "field" and any(True for _ in each(one, "passwordEdit"))))
    )  # fmt: skip


def _values(root: Element, unshown: Collection[str]) -> Iterator[str]:
    """Yield the values filled in that are visible; ``unshown`` are the names of those that are not."""
    for data in each(root, "data"):
        for one in [*data.iter("{*}*")] if unshown else ():
            if local(one) in unshown:
                drop(one)
        for element in data.iter("{*}*"):
            if not len(element):
                yield from _line(element.text or "")


def _line(text: str) -> Iterator[str]:
    if words := " ".join(text.split()):
        yield words
