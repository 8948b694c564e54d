"""Marks of parts on a portal page: from one line to what it says about itself.

Case, Unicode form, diacritics, blanks, colons and brackets differ between portals, so a mark is a sequence of folded words. If
these words also begin ordinary sentences, the line must meet further conditions.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from indexer.vietnamese.letters import fold, nfc


class Mark(enum.Enum):
    """The role of a line on a portal page, other than text."""

    ATTACHMENT = "attachment"
    ORIGIN = "origin"
    PUBLISHER = "publisher"
    PUBLISHED = "published"
    UPDATED = "updated"
    RELATED = "related"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A mark with the text after it and, only for sources, the text before it."""

    mark: Mark
    value: str = ""
    before: str = ""


_WORD = re.compile(r"\w+")
_EDGE = " \t\u00a0:：-–—>»;,.…"
_HOST = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/?", re.ASCII)

_ATTACHMENT = tuple(
    words.split()
    for words in (
        "tai lieu dinh kem tai tai day", "tai lieu dinh kem xem tai day", "tep dinh kem tai tai day",
        "file dinh kem tai tai day", "van ban dinh kem tai tai day", "tai tai lieu tai day",
        "tai van ban tai day", "tai lieu dinh kem", "tai lieu kem theo", "tep dinh kem", "tap tin dinh kem", "file dinh kem",
        "van ban dinh kem", "tep tin dinh kem",
    )
)  # fmt: skip
_ATTACHMENT_ALONE = 4
"""Short forms of the attachment mark. They also begin sentences ("Tài liệu đính kèm gồm …"), so a colon or a file name must
follow."""
_RELATED = re.compile(
    r"(?:cac )?(?:tin|tin tuc|tin bai|bai|bai viet) (?:khac|lien quan)"
    r"|(?:tin |bai viet )?cung (?:chuyen muc|loai)|(?:cac )?tin (?:da dua|cu hon|moi hon)"
    r"|tin moi nhat|(?:co the )?ban (?:co the )?quan tam"
)
_PUBLISHED = tuple(
    words.split() for words in ("ngay dang", "ngay dang tin", "dang ngay", "ngay xuat ban", "thoi gian dang")
)
_UPDATED = tuple(words.split() for words in ("ngay cap nhat", "cap nhat luc", "cap nhat ngay", "cap nhat"))
_COOKIE = re.compile(
    r"(?:this|our) (?:web)?site uses cookies|we use cookies"
    r"|(?:trang )?(?:web|website|thong tin|cong thong tin)(?: dien tu)?(?: nay| cua chung toi)?"
    r" (?:co )?su dung cookies?\b"
    r"|chung toi su dung cookies?\b"
)
_COOKIE_BUTTON = re.compile(
    r"(?:read|learn) more|see our policy|privacy policy|(?:accept|reject)(?: all)?|(?:i )?agree|decline|ok|close"
    r"|got it|(?:toi )?dong y|chap nhan|tu choi|xem them|tim hieu them|dong|da hieu"
)
_FIRST_WORDS = frozenset([
    *(words[0] for words in (*_ATTACHMENT, *_PUBLISHED, *_UPDATED)), "nguon", "theo", "tin", "bai", "cac",
    "cung", "co", "ban", "this", "our", "we", "trang", "web", "website", "thong", "cong", "chung",
])  # fmt: skip
"""First words of all marks; most lines are skipped because of their first word."""
_COOKIE_LENGTH = 300
"""Length in characters: a notice has a sentence or two; an article's paragraph about cookies is mostly longer."""

_IN_BRACKETS = re.compile(
    r"[(\[]\s*(?:theo\s+)?(nguồn|nguon)(\s+tin)?\s*[:：]?\s*([^()\[\]]+?)\s*[)\]]\s*\.?\s*", re.IGNORECASE
)
_PUBLISHER_INSIDE = re.compile(r"(?<=[\s)])(?:nguồn|nguon)\s+tin\s*[:：]", re.IGNORECASE)


def find_mark(line: str) -> MarkedLine | None:
    """Return the mark of ``line``, None for ordinary text."""
    line = nfc(line).strip()
    bracketed = _IN_BRACKETS.search(line) if line.endswith((")", "]", ").", "].")) else None
    if bracketed and bracketed.end() == len(line):
        mark = Mark.PUBLISHER if bracketed[2] else Mark.ORIGIN
        return MarkedLine(mark, bracketed[3].strip(_EDGE), line[: bracketed.start()].strip())
    first = _WORD.search(line[:200])
    if first is None or fold(first[0]) not in _FIRST_WORDS:
        return None
    words = [(fold(match[0]), match.end()) for match in _WORD.finditer(line[:200])]
    folded = [word for word, _ in words]
    if _RELATED.fullmatch(" ".join(folded)) and len(line) < 60:
        return MarkedLine(Mark.RELATED)
    if len(line) < _COOKIE_LENGTH and _COOKIE.match(" ".join(folded)):
        return MarkedLine(Mark.COOKIE)
    for names, mark in ((_PUBLISHED, Mark.PUBLISHED), (_UPDATED, Mark.UPDATED)):
        for name in names:
            if folded[: len(name)] == name and len(line) < 80:
                rest = line[words[len(name) - 1][1] :]
                if re.match(r"\s*[:：]|\s*\d", rest):
                    return MarkedLine(mark, rest.strip(_EDGE))
    return _source_line(line, words) or _attachment_line(line, words)


def is_cookie_button(line: str) -> bool:
    """Return whether ``line`` is the label of a button in a cookie notice."""
    words = (fold(match[0]) for match in _WORD.finditer(nfc(line[:60])))
    return _COOKIE_BUTTON.fullmatch(" ".join(words)) is not None


def split_marks(line: str) -> list[str]:
    """Split a line with both source marks, as on flattened pages: ``(Nguồn: a) Nguồn tin: b``."""
    inside = _PUBLISHER_INSIDE.search(line)
    if inside and _IN_BRACKETS.search(line[: inside.start()]):
        return [line[: inside.start()].strip(), line[inside.start() :].strip()]
    return [line]


def _source_line(line: str, words: list[tuple[str, int]]) -> MarkedLine | None:
    folded = [word for word, _ in words]
    if folded[:1] == ["theo"] and folded[1:2] == ["nguon"]:
        words, folded = words[1:], folded[1:]
    if folded[:1] != ["nguon"] or len(line) > 200:
        return None
    publisher = folded[1:2] == ["tin"]
    rest = line[words[1 if publisher else 0][1] :]
    value = rest.strip(_EDGE + "()[]")
    if not value or not (re.match(r"\s*[:：]", rest) or _HOST.fullmatch(value)):
        return None
    return MarkedLine(Mark.PUBLISHER if publisher else Mark.ORIGIN, value)


def _attachment_line(line: str, words: list[tuple[str, int]]) -> MarkedLine | None:
    folded = [word for word, _ in words]
    for name in _ATTACHMENT:
        if folded[: len(name)] != name:
            continue
        rest = line[words[len(name) - 1][1] :]
        value = rest.strip(" \t\u00a0:：-–—>»;,").strip("()[]").strip()
        if (
            len(name) <= _ATTACHMENT_ALONE
            and value
            and not re.match(r"\s*[:：(\[]", rest)
            and not file_names(value)
        ):
            return None
        if len(value) > 300:
            return None
        return MarkedLine(Mark.ATTACHMENT, value)
    return None


_SIZE = re.compile(r"\s*[(\[]\s*[\d.,]+\s*[KMG]?B(?:ytes)?\s*[)\]]$", re.IGNORECASE)
_FILE_NAME = re.compile(r"[^\\/:*?\"<>|\s][^\\/:*?\"<>|]{0,190}\.[A-Za-z][A-Za-z0-9]{1,6}")


def file_names(text: str) -> list[str]:
    """Return the file names listed in ``text``, ``[]`` if any part is not one.

    Names may contain blanks, so only commas, semicolons and line ends separate them, and blanks if every word ends like a file
    name.
    """
    parts = [part.strip(" \t\u00a0-–•*") for part in re.split(r"[;\n]|,\s", text)]
    parts = [name for part in parts if (name := _SIZE.sub("", part))]
    if len(parts) == 1:
        words = parts[0].split()
        if len(words) > 1 and all(_FILE_NAME.fullmatch(word) for word in words):
            parts = words
    return parts if all(_FILE_NAME.fullmatch(part) for part in parts) else []
