"""The text of an RTF: one pass over its tokens, with a state for each open group."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.extract.formats.about import of_persons, without_page_numbers
from indexer.extract.formats.content import Content, beginning, in_pieces, in_unicode
from indexer.extract.formats.rtf import words
from indexer.extract.formats.rtf.state import (
    GONE,
    IN_HIDDEN_SHAPE,
    PLAIN,
    PRIVATE,
    RUNS,
    TOKENS,
    UNICODE,
    VANISHED,
    Font,
    Group,
    begins_group,
    decoded,
    letter,
)
from indexer.extract.formats.symbols import symbol
from indexer.extract.reasons import problem
from indexer.model import Problem

_DEEPEST = 1000
"""The deepest nesting of groups that is read; programs write some ten."""


def rtf(path: Path, _media_type: str) -> Content:
    """Return the text of the document at ``path``, without deleted or hidden text."""
    content, problems = beginning(path)
    reader = _Reader(content.decode("latin-1"))
    return in_unicode(in_pieces(reader.text()), (*problems, *reader.problems))


def rtf_text(content: bytes) -> str:
    """Return the text of an RTF: its body, then notes, comments, headers and footers, each once."""
    return _Reader(content.decode("latin-1")).text()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._body: list[str] = []
        self._boxes: list[str] = []
        self._end: list[str] = []
        self._margins: list[str] = []
        self._about: list[str] = []
        self._fonts: dict[int | None, Font] = {}
        self._code_page = "cp1252"
        self._default_font: int | None = None
        self._property = ""
        self._pending = bytearray()
        self._to_skip = 0
        self._now = Group(self._body)
        self._outer: list[Group] = []
        self._beyond = 0  # groups that are open within the deepest that is read
        self.problems: set[Problem] = set()

    def text(self) -> str:
        at = 0
        while token := self._next(at):
            at = token.end()
            *run, word, number, byte, sign, brace, plain = token.groups()
            if self._beyond and brace is None and word != "bin":
                if plain or (run and run[0]):
                    self.problems.add(problem("parts_deep"))
                continue
            if run and run[0] is not None:
                self._run(run[0])
            elif plain is not None:
                self._bytes(plain[self._skip(len(plain)) :].encode("latin-1"))
            elif byte is not None:
                if not self._skip(1):
                    self._bytes(bytes([int(byte, 16)]))
            elif word == "bin":
                length = int(number or 0)
                at += length if 0 < length <= len(self._source) - at else 0
            elif word is not None:
                if not self._skip(1):
                    self._word(word, None if number is None else int(number))
            elif brace is not None:
                self._brace(brace)
            elif sign == "*":
                self._now.optional = begins_group(self._source, token.start())
            elif sign is not None and not self._skip(1):
                self._word(sign, None)
        self._brace("}" * (self._beyond + len(self._outer) + 1))
        self._flush()
        written = "".join([*self._body, "\n", *self._boxes, "\n", *self._end])
        written += "\n".join(dict.fromkeys(map(without_page_numbers, self._margins)))
        text = "\n".join([written, *of_persons(self._about, written)])
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _next(self, at: int) -> re.Match[str] | None:
        usual = self._now.fallback == 1 and not self._to_skip
        return (RUNS if usual else TOKENS).match(self._source, at)

    def _run(self, run: str) -> None:
        if self._now.into is None or self._now.hidden:
            return
        if run.isascii() and self._font().code_page != "symbol":
            self._add(PRIVATE.sub(self._private, UNICODE.sub(letter, run)))
            return
        for at, part in enumerate(UNICODE.split(run)):
            if at % 2:
                self._add(PRIVATE.sub(self._private, chr(int(part) % 0x10000)))
            else:
                self._pending += part.encode("latin-1")

    def _private(self, character: re.Match[str]) -> str:
        return symbol(ord(character[0]), self._font().name)

    def _font(self) -> Font:
        return PLAIN if self._now.fonts else self._fonts.get(self._now.font, PLAIN)

    def _skip(self, length: int) -> int:
        """Return how many of ``length`` characters replace a Unicode one that was already read."""
        skipped = min(self._to_skip, length)
        self._to_skip -= skipped
        return skipped

    def _bytes(self, content: bytes) -> None:
        if self._now.into is not None and not self._now.hidden:
            self._pending += content

    def _add(self, text: str) -> None:
        self._flush()
        if self._now.into is not None and not self._now.hidden:
            self._now.into.append(text)

    def _flush(self) -> None:
        if self._pending and self._now.into is not None:
            font = self._font()
            self._now.into.append(decoded(bytes(self._pending), font.code_page or self._code_page, font.name))
        self._pending.clear()

    def _brace(self, braces: str) -> None:
        self._flush()
        self._to_skip = 0
        if braces[0] == "{":
            read = min(len(braces), _DEEPEST - len(self._outer))
            for _ in range(read):
                self._outer.append(self._now)
                self._now = self._now.inner()
            self._beyond += len(braces) - read
            return
        passed = min(len(braces), self._beyond)
        self._beyond -= passed
        for _ in range(min(len(braces) - passed, len(self._outer))):
            closed, self._now = self._now, self._outer.pop()
            self._close(closed)

    def _close(self, group: Group) -> None:
        read = "".join(group.into or ()) if group.into is not self._now.into else ""
        name = group.destination
        if name in words.MARGINS:
            self._margins.append(read)
        elif name in words.NOTES:
            self._end.append(f"{read}\n")
        elif name in words.BOXES or (name == "sv" and self._property in words.PROPERTIES_OF_TEXT):
            self._boxes.append(f"{read}\n")
        elif name in words.ABOUT:
            self._about.append(read)
        elif name == "sv" and self._property == "fHidden" and read.strip() == "1" and self._outer:
            self._outer[-1].hidden |= IN_HIDDEN_SHAPE  # that of the shape: its text follows
        elif name == "sn":
            self._property = read.strip()
        elif name == "font":
            self._fonts.setdefault(group.font, Font()).name = read.strip(" ;")

    def _word(self, word: str, number: int | None) -> None:
        now = self._now
        if now.skipped:
            return
        if now.optional or word in words.DESTINATIONS:
            self._enter(word, now.optional)
        elif word == "u" and number is not None:
            self._add(PRIVATE.sub(self._private, chr(number % 0x10000)))
            self._to_skip = now.fallback
        elif word in words.SHOWN:
            self._add(words.SHOWN[word])
        elif word in words.ENDS:
            self._ended(word)
        else:
            self._flush()
            self._set(word, number)

    def _enter(self, word: str, optional: bool) -> None:
        self._flush()
        now = self._now
        now.destination, now.optional = word, False
        if word in words.READ:
            if word == "ud":  # beside the same text in a code page
                now.into = next(
                    (one.into for one in reversed(self._outer[-3:]) if one.destination != "upr"), None
                )
        elif word in words.CONTAINERS:
            now.into = None
        elif word == "fonttbl":
            now.into, now.fonts = [], True
        elif word in words.CAPTURED:
            now.into = []
        elif word in words.SKIPPED or optional:
            now.skipped, now.into = True, None

    def _ended(self, word: str) -> None:
        self._flush()
        into = self._now.into
        if into is None and word == "nestrow" and self._outer:  # it stands among the properties of its row
            into = self._outer[-1].into
        if into is None:
            return
        mark = words.ENDS[word]
        if mark == "\n" and into and into[-1] == "\t" and word in ("row", "nestrow"):
            into.pop()
        if into is self._body and self._boxes:
            into += ["\n", *self._boxes]
            self._boxes.clear()
        into.append(mark)

    def _set(self, word: str, number: int | None) -> None:
        now = self._now
        if word == "f" and number is not None:
            now.font = number
            if now.fonts:
                now.destination, now.into = "font", []
                self._fonts[number] = Font()
        elif word == "fcharset" and now.font is not None and number is not None:
            self._fonts.setdefault(now.font, Font()).code_page = words.CODE_PAGES.get(number)
        elif word == "cpg" and now.font is not None and number:
            self._fonts.setdefault(now.font, Font()).code_page = f"cp{number}"
        elif word == "plain":
            now.font, now.hidden = self._default_font, now.hidden & IN_HIDDEN_SHAPE
        elif word in words.HIDES:
            why = VANISHED if word == "v" else GONE
            now.hidden = now.hidden | why if number != 0 else now.hidden & ~why
        elif word == "uc" and number is not None:
            now.fallback = max(0, number)
        elif word == "deff":
            self._default_font = now.font = number
        elif word == "ansicpg" and number:
            self._code_page = f"cp{number}"
        elif word in words.CHARACTER_SETS:
            self._code_page = words.CHARACTER_SETS[word]
