"""Metadata of a file besides its text: the title and the date recorded by its program."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from datetime import date
from html import unescape
from pathlib import Path

from indexer.extract.formats.ole_properties import title_in_ole
from indexer.extract.formats.pdf import pdf_properties
from indexer.extract.kinds import HTML, PDF
from indexer.extract.ole import Ole
from indexer.html.encoding import decode_page
from indexer.vietnamese.letters import nfc

_OFFICE = ("openxmlformats", "opendocument")
_OLE = ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint")
_PARTS = ("docProps/core.xml", "meta.xml")
_LARGEST = 2**18
"""Maximum size of the properties in bytes: usually some hundreds."""
_TITLE = re.compile(r"<dc:title(?:\s[^<>]{0,200})?>([^<]{1,500})</dc:title>")
_HTML_TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>([^<]{1,500})</title>", re.IGNORECASE)
_CREATED = re.compile(
    r"<(?:dcterms:created|meta:creation-date)(?:\s[^<>]{0,200})?>\s{0,9}(\d{4})-(\d\d)-(\d\d)"
)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PDF_DAY = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_PROGRAM = re.compile(
    r"^microsoft (?:word|excel|powerpoint) ?- ?"
    r"|\.(?:docx?|docm|pdf|rtf|odt|xlsx?|pptx?|wps|indd|cdr|html?)$",
    re.IGNORECASE,
)
_WORDS = 4
"""Minimum number of words in a title: fewer are "Untitled document", or the name of an office or a file."""
_YEARS = range(1990, 2200)


def properties(path: Path, media_type: str) -> tuple[str, str]:
    """Return title and ISO date of the file at ``path``, each empty if it has no plausible one."""
    if media_type == PDF:
        title, created = pdf_properties(path)
        day = _PDF_DAY.match(created)
    elif any(kind in media_type for kind in _OFFICE):
        xml = _office_xml(path)
        found = _TITLE.search(xml)
        title, day = unescape(found[1]) if found else "", _CREATED.search(xml)
    elif media_type in _OLE:
        title, day = _in_ole(path)
    elif media_type == HTML:
        with path.open("rb") as page:
            start = decode_page(page.read(_LARGEST), declares=True)
        found = _HTML_TITLE.search(start)
        return _as_title(unescape(found[1])) if found else "", ""
    else:
        return "", ""
    return _as_title(title), _as_day(day)


def _in_ole(path: Path) -> tuple[str, re.Match[str] | None]:
    try:
        title, day = title_in_ole(Ole(path.read_bytes()))
    except (ValueError, struct.error):
        return "", None
    return title, _ISO_DAY.fullmatch(day)


def _office_xml(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            for name in _PARTS:
                if name in archive.namelist():
                    with archive.open(name) as part:
                        return part.read(_LARGEST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        pass
    return ""


def _as_title(text: str) -> str:
    title = " ".join(
        nfc(_PROGRAM.sub("", "".join(c if c.isprintable() else " " for c in text).strip())).split()
    )
    # Only in capitals, it is more often an office than a subject.
    named = len(title.split()) >= _WORDS and any(map(str.islower, title))
    return title if named and not title.startswith("(") else ""


def _as_day(found: re.Match[str] | None) -> str:
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return ""
    return day.isoformat() if day and day.year in _YEARS else ""
