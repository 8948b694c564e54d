"""What a ZIP or an OLE file holds, by its parts: the two envelopes that office formats share."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

ZIP = "application/zip"
ENCRYPTED_OFFICE = "application/vnd.ms-office"
"""An office document behind a password: which kind, only the password tells."""
_OPEN_XML = "application/vnd.openxmlformats-officedocument."

_ZIP_MAGIC = b"PK\x03\x04"
_ZIP_PARTS = {
    "word/document.xml": _OPEN_XML + "wordprocessingml.document",
    "xl/workbook.xml": _OPEN_XML + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OPEN_XML + "presentationml.presentation",
}
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    re.compile(rb"(?:wordprocessingml|ms-word)\.[\w.]{1,50}\.main\+xml"): _ZIP_PARTS["word/document.xml"],
    re.compile(rb"(?:presentationml|ms-powerpoint)\.[\w.]{1,50}\.main\+xml"): _ZIP_PARTS[
        "ppt/presentation.xml"
    ],
}
"""How Open XML names the part that a document begins with, which may have any name."""
_LARGEST_LIST = 1 << 20
"""Bytes of a list of parts that are looked at."""
_SAYS_ITS_TYPE = ("application/vnd.oasis.opendocument.", "application/epub+zip")

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128
"""Bytes of a directory entry, which begins with its name in UTF-16 ([MS-CFB] 2.6.1)."""
_OLE_STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "__properties_version1.0": "application/vnd.ms-outlook",
}


def container_type(path: Path, head: bytes, by_name: str | None) -> str | None:
    """Return the media type of a ZIP or OLE file that begins with ``head``, None for any other file.

    Documents can hold one another; where that leaves several types, ``by_name`` decides.
    Raises ValueError where the container is damaged.
    """
    if head.startswith(_ZIP_MAGIC):
        return _zip_type(path)
    if head.startswith(_OLE_MAGIC):
        return _ole_type(path.read_bytes(), by_name)
    return None


def _zip_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for part, media_type in _ZIP_PARTS.items():
                if part in names:
                    return media_type
            if _CONTENT_TYPES in names:
                with archive.open(_CONTENT_TYPES) as file:
                    types = file.read(_LARGEST_LIST)
                for main, media_type in _MAIN_PARTS.items():
                    if main.search(types):
                        return media_type
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    said = file.read(100).decode("ascii", "replace").strip()
                if said.startswith(_SAYS_ITS_TYPE):
                    return said.removesuffix("-template")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise ValueError(f"its ZIP container is damaged: {error}") from error
    return ZIP


def _ole_type(content: bytes, by_name: str | None) -> str:
    found = [kind for stream, kind in _OLE_STREAMS.items() if _has_entry(content, stream)]
    if not found:
        raise ValueError("its OLE container is damaged or holds no document")
    return by_name if by_name in found else found[0]


def _has_entry(content: bytes, stream: str) -> bool:
    name = stream.encode("utf-16-le") + b"\0\0"
    at = content.find(name)
    while at >= 0 and at % _OLE_ENTRY:
        at = content.find(name, at + 1)
    return at >= 0
