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
IWORK = "application/x-iwork"

_ZIP_MAGIC = b"PK\x03\x04"
_ZIP_PARTS = {
    "word/document.xml": _OPEN_XML + "wordprocessingml.document",
    "xl/workbook.xml": _OPEN_XML + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OPEN_XML + "presentationml.presentation",
    "xl/workbook.bin": XLSB,
    "FixedDocumentSequence.fdseq": XPS,
    "FixedDocSeq.fdseq": XPS,
    "FixedDocumentSequence.fdseq/[0].piece": XPS,
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
_IWORK_PARTS = frozenset(
    ["index.apxl", "index.apxl.gz", "presentation.apxl", "presentation.apxl.gz", "buildversionhistory.plist"]
    + ["metadata/buildversionhistory.plist", "index/document.iwa"]
)
_IWORK_FOLDER = re.compile(r"[^/]+\.(?:key|pages|numbers)/", re.IGNORECASE)
"""The folder that such a document is on a Mac, and that an archive of nothing else holds."""
_LARGEST = 1 << 20
"""Bytes of a part that says what others are."""
_MANIFEST = "META-INF/manifest.xml"
_ROOT_ENTRY = re.compile(
    rb"<\w{0,40}:?file-entry\s(?=[^<>]{0,2000}full-path=[\"']/[\"'])[^<>]{0,2000}?media-type=[\"']([^\"'<>]{1,200})"
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SUN = "application/vnd.sun.xml."
"""OpenOffice.org 1, of which OpenDocument was made: the same parts under other names of namespaces."""
_OF_SUN = {
    "writer": "text",
    "writer.global": "text-master",
    "calc": "spreadsheet",
    "impress": "presentation",
    "draw": "graphics",
}
_SAYS_ITS_TYPE = (_OPEN_DOCUMENT, _SUN, "application/epub+zip")
_ENCRYPTED_TEXT = re.compile(
    rb"<\w{0,40}:?file-entry\s(?=[^<>]{0,2000}full-path=[\"'](?:content\.xml|encrypted-package)[\"'])[^<>]{0,4000}>"
    rb"\s{0,200}<\w{0,40}:?encryption-data\b"
)
"""A macro may have a password of its own."""
_FLAT = re.compile(
    rb"<office:document\s[^<>]*\boffice:mimetype=[\"'](application/vnd\.oasis\.opendocument\.[a-z-]+)"
)
"""The root of OpenDocument that is one XML file and no ZIP."""

_OLE_STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "PP40": "application/vnd.ms-powerpoint",
    "__properties_version1.0": MSG,
}
_FIB_FLAGS, _FIB_ENCRYPTED = 10, 0x0100


def container_type(path: Path, head: bytes, by_name: str | None) -> str | None:
    """Return the media type of a ZIP, OLE or flat OpenDocument file that begins with ``head``, None for any other file.

    Documents can hold one another; where that leaves several types, ``by_name`` decides.
    Raises ValueError where the container is damaged.
    """
    if head.startswith(_ZIP_MAGIC):
        return _zip_type(path)
    if head.startswith(OLE_MAGIC):
        return _ole_type(path.read_bytes(), by_name)
    flat = _FLAT.search(head)
    return flat[1].decode("ascii").removesuffix("-template") if flat else None


def _zip_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            said = _said_type(archive, names)
            if said.startswith(_SAYS_ITS_TYPE):
                return _open_document(archive, names, said.removesuffix("-template"))
            for part, media_type in _ZIP_PARTS.items():
                if part in names:
                    return media_type
            if _is_iwork(names):
                return IWORK
            if "[Content_Types].xml" in names:
                said_types = _start(archive, "[Content_Types].xml")
                return next((kind for main, kind in _MAIN_PARTS if main.search(said_types)), ZIP)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise ValueError("its ZIP container is damaged") from error
    return ZIP


def _is_iwork(names: Set[str]) -> bool:
    folder = _IWORK_FOLDER.match(min(names, default=""))
    start = folder[0] if folder and all(name.startswith(folder[0]) for name in names) else ""
    return any(name.removeprefix(start).lower() in _IWORK_PARTS for name in names)


def is_encrypted(manifest: bytes) -> bool:
    """Whether the manifest of OpenDocument says that the text opens with a password only."""
    return _ENCRYPTED_TEXT.search(manifest) is not None


def _said_type(archive: zipfile.ZipFile, names: Set[str]) -> str:
    """Return the type that a document says it is: in a member of its own, or in its manifest alone."""
    said = b""
    if "mimetype" in names:
        said = _start(archive, "mimetype")
    elif _MANIFEST in names and (entry := _ROOT_ENTRY.search(_start(archive, _MANIFEST))):
        said = entry[1]
    return said.decode("ascii", "replace").strip()


def _open_document(archive: zipfile.ZipFile, names: Set[str], said: str) -> str:
    if _MANIFEST in names and is_encrypted(_start(archive, _MANIFEST)):
        return ENCRYPTED_OFFICE
    if said.startswith(_SUN) and (kind := _OF_SUN.get(said.removeprefix(_SUN).removesuffix(".template"))):
        return _OPEN_DOCUMENT + kind
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
        raise ValueError("its OLE container is damaged or contains no document")
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
