"""Emails as they are sent (RFC 5322, MIME), and pages that browsers and Word save as a single file (MHTML)."""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import mimetypes
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from indexer.extract.formats.html import html_text
from indexer.extract.formats.mail.message import DEEPEST, Message, longer
from indexer.extract.reasons import problem
from indexer.html.encoding import decode_as_said
from indexer.vietnamese.legacy import decode

_HEAD = ("Subject", "From", "To", "Cc", "Date")
_SEALS = frozenset(
    ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"]
)
"""Signatures of an email do not count as attachments."""
_LONGEST_HEADER = 20_000
_MOST_PARTS = 2_000
"""The most parts read of an email and the emails in it: saved pages have some hundred."""
Part = email.message.Message


def read_eml(content: bytes) -> Message:
    """Return the email in ``content``, as much of it as can be read.

    Raises ValueError if its parts are nested hundreds deep.
    """
    if content.startswith(b"From "):
        content = content.partition(b"\n")[2]
    parts = _Parts()
    try:
        email.parser.BytesParser(parts).parsebytes(content.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise ValueError("the parts of the email are nested too deeply") from None
    except _TooManyPartsError:
        found = _message(parts.whole, 0)
        found.leaves_out(problem("many_parts", most=_MOST_PARTS))
        return found
    return _message(parts.whole, 0)


class _TooManyPartsError(Exception):
    """The parser found more parts than are read."""


class _Parts:
    """Creates the parts that the parser finds, so that those before the limit are kept."""

    def __init__(self) -> None:
        self._made: list[Part] = []

    def __call__(self, policy: email.policy.Policy[Part] = email.policy.compat32) -> Part:
        if len(self._made) > _MOST_PARTS:
            raise _TooManyPartsError
        self._made.append(Part(policy))
        return self._made[-1]

    @property
    def whole(self) -> Part:
        """The mail; the parser first creates one other part as a test."""
        return self._made[1]


def _message(part: Part, depth: int) -> Message:
    found = Message()
    for wanted in _HEAD:
        values = [value for name, value in part.raw_items() if name.lower() == wanted.lower()]
        found.head += [(wanted, header_text(str(value))) for value in values[:1]]
    _read(part, found, depth)
    return found


def _read(part: Part, found: Message, depth: int) -> None:
    """Put the contents of ``part`` into ``found``."""
    kind = part.get_content_type()
    inside = part.get_payload()
    if depth > 3 * DEEPEST:
        found.leaves_out(problem("parts_deep"))
        return
    if kind == "message/rfc822" and isinstance(inside, list):
        for one in inside:
            if isinstance(one, Part):
                found.take(_message(one, depth + 3))
    elif isinstance(inside, list):
        if kind == "multipart/alternative":
            _read_best([one for one in inside if isinstance(one, Part)], found, depth)
        else:
            for one in inside:
                if isinstance(one, Part):
                    _read(one, found, depth + 1)
    elif _is_file(part):
        if kind not in _SEALS:
            found.files.append((_name(part), _bytes(part)))
    elif kind.startswith("text/") and kind != "text/css":
        found.texts.append(_words(part))


def _read_best(parts: list[Part], found: Message, depth: int) -> None:
    """Use the longer of the alternative versions of a text, and the files of all."""
    best = Message()
    for part in parts:
        one = Message()
        _read(part, one, depth + 1)
        best.files += one.files
        best.problems += one.problems
        best.texts = [longer("\n".join(best.texts), "\n".join(one.texts))] if best.texts else one.texts
    found.texts += best.texts
    found.files += best.files
    for why in best.problems:
        found.leaves_out(why)


def _is_file(part: Part) -> bool:
    disposition = part.get_content_disposition()
    kind = part.get_content_type()
    if disposition == "attachment":
        return True
    if kind.startswith("text/"):
        return bool(part.get_filename())
    # Pictures and styles shown by a page are not attachments.
    return not (part.get("Content-ID") or part.get("Content-Location")) or (
        disposition is None and not kind.startswith("image/") and bool(part.get_filename())
    )


def _name(part: Part) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    if "=?" in name:
        name = header_text(name)
    elif "%" in name and "''" in name:
        name = decode(unquote_to_bytes(name.partition("''")[2])).text
    else:
        name = _mended(name)
    return name or f"tep{mimetypes.guess_extension(part.get_content_type()) or ''}"


def _bytes(part: Part) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else b""


def _words(part: Part) -> str:
    content, charset = _bytes(part), part.get_content_charset() or ""
    if part.get_content_type() == "text/html":
        return html_text(content, charset)
    text = decode_as_said(content, charset)
    return decode(content).text if text is None else text


def header_text(value: str) -> str:
    """Return a header line with its encoded words (RFC 2047) decoded, whatever code page its non-ASCII bytes use."""
    value = value[:_LONGEST_HEADER]
    if "=?" not in value:
        return _mended(value)
    try:
        parts = decode_header(_mended(value).replace("\r", "").replace("\n", ""))
    except (HeaderParseError, ValueError):
        return _mended(value)
    return "".join(
        text if isinstance(text, str) else (decode_as_said(text, charset or "") or decode(text).text)
        for text, charset in parts
    )


def _mended(value: str) -> str:
    """Return ``value`` with the bytes that the parser could not decode."""
    content = value.encode("utf-8", "surrogateescape")
    return value if value.isascii() else decode(content).text
