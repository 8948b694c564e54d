"""The head of a document: issuer, number, place and date, type and subject in its first lines.

Only a text that begins with such a head has one. A head after a sentence is quoted and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from indexer.directives.codes import ISSUERS
from indexer.directives.letterhead import AGENCY, EDGES, LONGEST, NATION, Kind, Piece, pieces, type_of
from indexer.directives.number import DocumentNumber, label_of
from indexer.directives.precedent import read_precedent
from indexer.vietnamese.letters import fold

_LONGEST_SUBJECT = 500
"""Maximum length in characters: in the gazette, one subject in a hundred is longer."""
_LONGEST_AGENCY = 60
"""Maximum length, in characters, of an issuer that is not in capitals: a longer line is a sentence."""
_WRAPPED = 45
"""Length, in characters, from which the next line may be a continuation even if it begins with a capital."""
_ISSUERS = {fold(name): name for name in ISSUERS.values()}
_ENDS_SUBJECT = re.compile(
    r"can cu|kinh gui|dieu \d|chuong (?:\d|[ivx])|phan (?:thu|i)\b|loi noi dau|luat nay|noi nhan|quyet (?:dinh|nghi)\s*:|hom nay"
    r"|(?:\d{1,2}|[ivx]{1,4})[.)/]|[-+•]|\(?(?:ban hanh )?kem theo"
)
_OPENS_TEXT = re.compile(r"thuc hien|trien khai|theo |de |nham |xet |tren co so|sau khi|ngay |trong |duoc ")


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """The data in the first lines of a document; None or empty if not stated."""

    number: DocumentNumber | None = None
    """With the name of its type, if the number leaves it out (``91/2015/QH13``: Bộ luật)."""
    type: str | None = None
    """One of :data:`~indexer.directives.codes.WORDS`."""
    issuer: str | None = None
    place: str | None = None
    day: date | None = None
    """The date of issue."""
    subject: str = ""
    """The subject (trích yếu), as written."""
    heading: str = ""
    """Type and subject as written: the name of the document."""

    @property
    def title(self) -> str:
        """The name of the document; for an official letter, its number and subject. May be empty."""
        if self.heading:
            return self.heading
        number = label_of(self.number) if self.number else ""
        return f"{number} V/v {self.subject}".strip() if self.subject else number


def read_head(text: str) -> DocumentHead | None:
    """Return the head of NFC ``text``; None if it does not begin with one.

    A number counts only beside the national name or the motto, or below an issuer and above a type or a date. A date whose year
    differs from that of the number is ignored, and so is a number that is still to be filled in.
    """
    if precedent := read_precedent(text):
        number, subject = precedent.number, precedent.subject
        name = f"{number.type_name} số {number.number} {subject[:1].lower()}{subject[1:]}"
        return DocumentHead(number, number.type_name, precedent.issuer, None, precedent.day, subject, name)
    if not _may_begin(text):
        return None
    reader = _Reader()
    for piece in pieces(text):
        if not reader.take(piece):
            break
    return reader.head()


def read_name(text: str) -> str:
    """Return the heading in capitals at the start of NFC ``text``, and its subject; empty without one.

    For documents without a head, such as annexes and precedents.
    """
    reader = _Reader(headed=False)
    for piece in pieces(text):
        if not reader.take(piece):
            break
    return reader.name


def _may_begin(text: str) -> bool:
    """Return whether the first words are in capitals, an issuer or the label of a number; most articles begin with a sentence."""
    first = re.match(r"[\W\d_]{0,200}(.{0,24})", text)
    words = first[1] if first else ""
    if sum(map(str.islower, words)) * 2 <= sum(map(str.isalpha, words)):
        return True
    folded = fold(words)
    if AGENCY.match(folded):
        # "Công an tỉnh đã mời …" needs no further examination.
        line = text[:LONGEST].lstrip().partition("\n")[0]
        return _is_name(EDGES.split(line, 1)[0].strip()) or NATION.search(line) is not None
    return re.match(r"(?:luat )?so\b|cong hoa xa hoi|doc lap", folded) is not None


class _Reader:
    """Takes the pieces of a head one by one, until one does not belong to it."""

    def __init__(self, headed: bool = True) -> None:
        """Without ``headed``, the first capitals that are not an issuer are the name of the document."""
        self._issuer: list[str] = []
        self._nation = self._below_issuer = False
        self._closed = not headed
        self._number: DocumentNumber | None = None
        self._numbered = False
        self._place: str | None = None
        self._day: date | None = None
        self._dated = False
        self._about: list[str] = []
        self._type: str | None = None
        self._heading: list[str] = []
        self._subject: list[str] = []

    def take(self, piece: Piece) -> bool:
        """Take ``piece``; return whether more may follow."""
        if piece.kind is Kind.ASIDE:
            return True
        if self._heading:
            return self._below_heading(piece)
        below_issuer, self._below_issuer = self._below_issuer, False
        if piece.kind is Kind.NATION:
            self._nation = True
            # The motto ends the lines of the issuer beside it.
            self._closed = "nh ph" in piece.text.lower()
        elif piece.kind is Kind.NUMBER:
            return self._take_number(piece)
        elif piece.kind is Kind.DAY:
            self._place, self._day, self._dated = piece.place, piece.day, True
        elif piece.kind is Kind.ABOUT:
            self._about.append(piece.text)
        elif piece.kind is Kind.CAPITALS:
            return self._take_capitals(piece, below_issuer)
        else:
            return self._take_text(piece)
        return True

    def _take_number(self, piece: Piece) -> bool:
        if self._numbered:
            return False
        self._number, self._numbered = piece.number, True
        return True

    def _take_capitals(self, piece: Piece, below_issuer: bool) -> bool:
        agency = AGENCY.match(fold(piece.text))
        if _ENDS_SUBJECT.match(fold(piece.text)):
            return False
        if type_of(piece.text) or (self._closed and not agency and not below_issuer):
            return self._open_heading(piece)
        if self._about and not agency:
            self._about.append(piece.text)
        elif agency:
            # The last of several issuers: its superior body is above it.
            self._issuer = [piece.text]
        else:
            self._issuer.append(piece.text)
        self._below_issuer = not self._about
        return len(self._issuer) < 6

    def _take_text(self, piece: Piece) -> bool:
        if self._about and not _ENDS_SUBJECT.match(fold(piece.text)) and len(self._about) < 6:
            self._about.append(piece.text)
            return True
        if (self._nation or self._numbered) and (
            type_of(piece.text) or ""
        ).casefold() == piece.text.casefold():
            return self._open_heading(piece)
        if not self._issuer and AGENCY.match(fold(piece.text)) and _is_name(piece.text):
            self._issuer = [piece.text]
            return True
        return False

    def _open_heading(self, piece: Piece) -> bool:
        self._heading = [piece.text]
        self._type = type_of(piece.text)
        rest = piece.text[len(self._type) :].strip(" :") if self._type else piece.text
        self._subject = [rest] if rest else []
        return True

    def _below_heading(self, piece: Piece) -> bool:
        if self._type and not self._subject and piece.kind is Kind.NUMBER and not self._numbered:
            return self._take_number(piece)
        if not self._subject and piece.kind is Kind.DAY and not self._dated:
            self._place, self._day, self._dated = piece.place, piece.day, True
            return True
        text = f"Về việc {piece.text}" if piece.kind is Kind.ABOUT else piece.text
        # "HIẾN PHÁP" / "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": a title, where the letterhead has named the nation before.
        named = piece.kind is Kind.NATION and self._nation and fold(text).startswith("nuoc ")
        if (piece.kind in (Kind.NATION, Kind.NUMBER, Kind.DAY) and not named) or not self._belongs(piece):
            return False
        self._subject.append(text)
        self._heading.append(text)
        return sum(map(len, self._subject)) < _LONGEST_SUBJECT

    def _belongs(self, piece: Piece) -> bool:
        folded = fold(piece.text)
        if _ENDS_SUBJECT.match(folded):
            return False
        if not self._subject:
            return len(piece.text) <= _LONGEST_SUBJECT and not _ends_with(piece.text, ":;,")
        if piece.text[:1].islower():
            return not piece.ruled
        above = self._subject[-1]
        if (
            piece.gap
            or piece.ruled
            or (piece.kind is Kind.CAPITALS) != above.isupper()
            or AGENCY.match(folded)
        ):
            return False
        if piece.kind is Kind.CAPITALS:
            return True
        return len(above) >= _WRAPPED and not (_OPENS_TEXT.match(folded) or _ends_with(piece.text, ".;:,"))

    @property
    def name(self) -> str:
        """Type and subject as written."""
        return " ".join(self._heading)

    def head(self) -> DocumentHead | None:
        """Return the head, None if the pieces do not form one."""
        number = self._number
        if not (self._nation or (self._issuer and (self._heading or self._dated))):
            number = None
        if not (self._nation or number):
            return None
        if number is not None and self._type and (number.type_name is None or number.type in (None, "CV")):
            number = replace(number, type_name=self._type)
        day = self._day
        if day and number and number.year and number.year != day.year:
            day = None
        about = " ".join(self._about)
        return DocumentHead(
            number=number,
            type=self._type,
            issuer=_issuer(self._issuer),
            place=self._place,
            day=day,
            subject=" ".join(self._subject) or about,
            heading=self.name,
        )


def _ends_with(text: str, signs: str) -> bool:
    return text.rstrip('"”’) ').endswith(tuple(signs))


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_AGENCY and re.search(r"[.:;!?]", text) is None


def _issuer(lines: Iterable[str]) -> str | None:
    """Return the issuer in its usual spelling, if it is known."""
    written = " ".join(lines)
    return _ISSUERS.get(fold(written), written) or None
