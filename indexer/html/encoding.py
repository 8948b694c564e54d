"""Decodes pages by byte order mark, UTF-8, declared charset or Windows-1258; and recognises HTML. PURE."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_OF_THE_WEB = re.compile(
    r"utf-?8|(?:us-)?ascii|(?:x-)?(?:windows|cp)-?\d{3,4}|iso[-_]?8859[-_]?\d{1,2}|latin-?\d|koi8[-_]?[ru]|tis-?620"
    r"|gb\w{1,8}|big5\w{0,8}|shift[-_]?jis|euc[-_](?:jp|kr|cn)|macintosh|mac-?roman|viscii|utf-?16(?:[-_]?[lb]e)?",
    re.IGNORECASE,
)
"""Charsets that pages and emails may declare; Python has others that are unsuitable and slow (``punycode``)."""
_LATIN = re.compile(r"(?:us-)?ascii|iso[-_]?8859[-_]?1|latin-?1", re.IGNORECASE)
"""Browsers read these as Windows-1252, of which they are subsets."""
_LEGACY = "cp1258"
"""Text that is not UTF-8 is read as Windows-1258, the only named legacy charset for Vietnamese."""
_HTML = re.compile(
    r"(?:<!doctype\s+html|<(?:html|head|body|title|meta|main|article|section|header|nav|div|h1|p)(?=[\s>/]))",
    re.IGNORECASE,
)
_BEFORE_HTML = re.compile(r"\s+|<!--.*?-->|<\?xml[^>]*>", re.DOTALL)


def decode_page(data: bytes, declares: bool = False) -> str:
    """Return the text of a page: by byte order mark, as UTF-8, by what it ``declares``, otherwise as Windows-1258."""
    found = decode_as_said(data, declared_charset(data) if declares else "")
    if found is not None:
        return found
    try:
        return data.decode(_LEGACY).replace("\0", " ")
    except UnicodeDecodeError:
        pass
    # Mostly UTF-8 with a few broken bytes, or Windows-1258 with undefined ones.
    broken = data.decode("utf-8", "replace")
    few = broken.count("\ufffd") * 50 < len(broken)
    return (broken if few else data.decode(_LEGACY, "replace")).replace("\0", " ")


def decode_as_said(data: bytes, charset: str) -> str | None:
    """Return ``data`` decoded by its byte order mark, as UTF-8 or in ``charset``; None if none of them fits."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace").replace("\0", " ")
    # UTF-8 before the declared charset: bytes that are valid UTF-8 nearly always are UTF-8, and pages moved from an old portal
    # keep declaring its charset.
    for codec in ("utf-8", *_codecs(charset)):
        try:
            return data.decode(codec).replace("\0", " ")
        except (UnicodeError, LookupError):
            continue
    return None


def declared_charset(data: bytes) -> str:
    """Return the charset declared by a page, empty if there is none."""
    declared = _META_CHARSET.search(data[:4096])
    return declared[1].decode("ascii", "replace") if declared else ""


def begins_as_html(start: str) -> bool:
    """Return whether a text begins like an HTML page, after comments and blanks."""
    start = start.lstrip("\ufeff")
    at = 0
    while skipped := _BEFORE_HTML.match(start, at):
        at = skipped.end()
    return _HTML.match(start, at) is not None


def _codecs(charset: str) -> Iterator[str]:
    if _LATIN.fullmatch(charset):
        yield "cp1252"
    elif _OF_THE_WEB.fullmatch(charset):
        yield re.sub(r"^x-", "", charset)
