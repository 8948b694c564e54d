"""Names of files in archives: decoded with the code page that makes them Vietnamese, and made safe. PURE."""

from __future__ import annotations

import re
import struct

from indexer.vietnamese.letters import DIRECTION, nfc
from indexer.vietnamese.spelling import is_syllable

_LONGEST_NAME = 200
_CONTROLS = re.compile(rf"[\x00-\x1f\x7f-\x9f{DIRECTION}\ud800-\udfff]")
_CODE_PAGES = ("cp1258", "cp850", "cp1252", "cp437")
"""Code pages of Windows in Việt Nam, of consoles and of old programs; the last is ZIP's own, which decodes anything."""
_WORD = re.compile(r"[^\W\d_]+")
_RAR_4, _RAR_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_ENDINGS = re.compile(r"\.(?:gz|bz2|xz|zst)$", re.IGNORECASE)


def member_name(path: str | bytes | None) -> str:
    """Return the path of a member without parts that could lead elsewhere; empty if nothing remains."""
    if path is None:
        return ""
    text = _decoded(path) if isinstance(path, bytes) else path
    parts = [_CONTROLS.sub("", part).strip() for part in re.split(r"[/\\]+", text)]
    name = "/".join(part for part in parts if part not in ("", ".", ".."))
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return (
        f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
        if dot and len(ending) <= 10
        else name[:_LONGEST_NAME]
    )


def name_inside(name: str) -> str:
    """Return the name of the single file in the compressed file ``name``: without its extension."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return _ENDINGS.sub("", last) or last


def is_part_of_rar(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is one part of a multi-part RAR archive."""
    try:
        if head.startswith(_RAR_4):
            kind, flags = struct.unpack_from("<BH", head, len(_RAR_4) + 2)
            return kind == 0x73 and bool(flags & 1)
        if not head.startswith(_RAR_5):
            return False
        at = len(_RAR_5) + 4
        _, at = _number(head, at)  # the size of the header
        kind, at = _number(head, at)
        flags, at = _number(head, at)
        if flags & 1:
            _, at = _number(head, at)
        return kind == 1 and bool(_number(head, at)[0] & 1)
    except (struct.error, IndexError):
        return False


def _number(head: bytes, at: int) -> tuple[int, int]:
    """Return the variable-length number at ``at``, and the position after it."""
    value = shift = 0
    while True:
        byte = head[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _decoded(path: bytes) -> str:
    try:
        return path.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = []
    for codec in _CODE_PAGES:
        try:
            found.append(nfc(path.decode(codec)))
        except UnicodeDecodeError:
            continue
    return max(found, key=_vietnamese)


def _vietnamese(name: str) -> float:
    """Return how much of the words with non-ASCII letters is Vietnamese."""
    words = [word for word in _WORD.findall(name.lower()) if not word.isascii()]
    return sum(map(is_syllable, words)) / max(len(words), 1)
