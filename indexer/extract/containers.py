"""What a ZIP or an OLE file holds, by its parts: the two envelopes that office formats share."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Set
from pathlib import Path

from indexer.extract.ole import OLE_MAGIC, Entry, Ole

ZIP = "application/zip"
ENCRYPTED_OFFICE = "application/vnd.ms-office"
"""An office document behind a password: which kind, only the password tells."""
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
MSG = "application/vnd.ms-outlook"
XPS = "application/vnd.ms-xpsdocument"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_IWORK = "application/x-iwork-"

_ZIP_MAGIC = b"PK\x03\x04"
_ZIP_PARTS = {
    "word/document.xml": _OPEN_XML + "wordprocessingml.document",
    "xl/workbook.xml": _OPEN_XML + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OPEN_XML + "presentationml.presentation",
    "xl/workbook.bin": XLSB,
    "FixedDocumentSequence.fdseq": XPS,
    "FixedDocSeq.fdseq": XPS,
    "Index/Slide.iwa": _IWORK + "keynote-sffkey",
    "index.apxl": _IWORK + "keynote-sffkey",
    "Index/CalculationEngine.iwa": _IWORK + "numbers-sffnumbers",
    "Index/Document.iwa": _IWORK + "pages-sffpages",
}
_MAIN_PARTS = (
    (re.compile(rb"sheet\.binary\.macroenabled\.main", re.IGNORECASE), XLSB),
    (re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.\w+\.macroenabled\w*\.main", re.IGNORECASE),
     _ZIP_PARTS["word/document.xml"]),
    (re.compile(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.\w+\.macroenabled\.main", re.IGNORECASE),
     _ZIP_PARTS["xl/workbook.xml"]),
    (re.compile(rb"presentationml\.\w+\.main|ms-powerpoint\.\w+\.macroenabled\.main", re.IGNORECASE),
     _ZIP_PARTS["ppt/presentation.xml"]),
    (re.compile(rb"ms-package\.xps-fixeddocumentsequence", re.IGNORECASE), XPS),
)  # fmt: skip
"""Types of the main part, which may have another name."""
_LARGEST = 1 << 20
"""Bytes of a part that says what others are."""
_SAYS_ITS_TYPE = ("application/vnd.oasis.opendocument.", "application/epub+zip")

_OLE_STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "__properties_version1.0": MSG,
}
_FIB_FLAGS, _FIB_ENCRYPTED = 10, 0x0100


def container_type(path: Path, head: bytes, by_name: str | None) -> str | None:
    """Return the media type of a ZIP or OLE file that begins with ``head``, None for any other file.

    Documents can hold one another; where that leaves several types, ``by_name`` decides.
    Raises ValueError where the container is damaged.
    """
    if head.startswith(_ZIP_MAGIC):
        return _zip_type(path)
    if head.startswith(OLE_MAGIC):
        return _ole_type(path.read_bytes(), by_name)
    return None


def _zip_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                said = _start(archive, "mimetype").decode("ascii", "replace").strip()
                if said.startswith(_SAYS_ITS_TYPE):
                    return _open_document(archive, names, said.removesuffix("-template"))
            for part, media_type in _ZIP_PARTS.items():
                if part in names:
                    return media_type
            if "[Content_Types].xml" in names:
                said_types = _start(archive, "[Content_Types].xml")
                return next((kind for main, kind in _MAIN_PARTS if main.search(said_types)), ZIP)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise ValueError("its ZIP container is damaged") from error
    return ZIP


def _open_document(archive: zipfile.ZipFile, names: Set[str], said: str) -> str:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in _start(archive, manifest):
        return ENCRYPTED_OFFICE
    return said


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_LARGEST)


def _ole_type(content: bytes, by_name: str | None) -> str:
    try:
        ole = Ole(content)
        streams = {entry.name.lower(): entry for entry in ole.inside()}
    except (ValueError, struct.error):
        return _by_names_alone(content, by_name)
    found = [kind for stream, kind in _OLE_STREAMS.items() if stream.lower() in streams]
    if not found:
        return _by_names_alone(content, by_name)
    kind = by_name if by_name in found else MSG if MSG in found else found[0]
    return ENCRYPTED_OFFICE if _needs_password(ole, streams, kind) else kind


def _by_names_alone(content: bytes, by_name: str | None) -> str:
    """Return what the names of streams say, wherever they stand in a file whose directory is damaged."""
    found = [kind for stream, kind in _OLE_STREAMS.items() if _has_entry(content, stream)]
    if not found:
        raise ValueError("its OLE container is damaged or holds no document")
    return by_name if by_name in found else found[0]


def _has_entry(content: bytes, stream: str) -> bool:
    name = stream.encode("utf-16-le") + b"\0\0"
    at = content.find(name)
    while at >= 0 and at % 128:  # directory entries begin with their names
        at = content.find(name, at + 1)
    return at >= 0


def _needs_password(ole: Ole, streams: dict[str, Entry], kind: str) -> bool:
    if kind == "application/msword" and (word := streams.get("worddocument")):
        head = ole.read(word)[: _FIB_FLAGS + 2]
        return len(head) == _FIB_FLAGS + 2 and bool(
            struct.unpack_from("<H", head, _FIB_FLAGS)[0] & _FIB_ENCRYPTED
        )
    return False
