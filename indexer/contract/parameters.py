"""Parameters as page, API and command line give them -> a checked SearchRequest.

All that is wrong is said at once, so that nobody mends a request one error at a time.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar, get_args

from indexer.errors import ParameterError
from indexer.model import UNDATED, Language
from indexer.query.dates import period
from indexer.search.request import Area, SearchRequest, Sort
from indexer.vietnamese.letters import nfc

LONGEST_QUERY = 512
"""Characters of NFC (contract)."""
LAST_RESULT = 10_000
"""``page * size`` at most (contract)."""
LARGEST_PAGE = 100
MOST_VALUES = 50
"""Values of one repeatable parameter: more than a person ticks, few enough to stay one quick query."""
LONGEST_VALUE = 512
"""Characters of one value of a facet, as of an id (contract)."""

REPEATABLE = ("source", "category", "type", "issuer", "file_type", "date")
_SINGLE = ("q", "from", "to", "in", "sort", "page", "size", "strict", "lang")
PARAMETERS = frozenset((*REPEATABLE, *_SINGLE))

READING_ON = ("cursor", "fields")
"""What only programs ask for: to read on past the last result, and fields of hits to leave all others out."""
API_PARAMETERS = PARAMETERS | frozenset(READING_ON)
CURSOR_START = "*"
LONGEST_CURSOR = 4096
"""Characters: the place of an id of 512 letters of three bytes has some 2,100."""

MOST_SUGGESTIONS = 20
_BEGINNING = frozenset(("q", "limit", "lang"))

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DIGEST = 8
"""Hexadecimal digits before the place in a cursor."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_LONGEST_DECOMPOSITION = 4
"""Code points that one NFC character decomposes into at most (Unicode, UAX 15)."""
_CHARACTERS = ("Cc", "Cs")
"""Control characters and lone surrogates: no text, and no UTF-8 in the case of the latter."""

_Choice = TypeVar("_Choice", bound=str)


def read_request(
    params: Mapping[str, Sequence[str]], *, strict_names: bool, language: Language = "vi"
) -> SearchRequest:
    """Return the request that ``params`` describe; empty values count as not given, ``language`` holds without ``lang``.

    Raises ParameterError naming every bad parameter. Unknown names are bad only with
    ``strict_names``: a page is also opened with what others append (``utm_source``).
    """
    reader = _Reader(params)
    if strict_names:
        reader.refuse_unknown()
    request = _request(reader, language)
    reader.raise_errors()
    return request


def read_api_request(
    params: Mapping[str, Sequence[str]], fields: Sequence[str], language: Language = "vi"
) -> tuple[SearchRequest, frozenset[str] | None]:
    """Return the request of a program, and which of the ``fields`` of a hit it wants; None for all.

    As :func:`read_request` with strict names, and with ``cursor``: ``*``, or what :func:`cursor_of` made of the same request.
    """
    reader = _Reader(params)
    reader.refuse_unknown(API_PARAMETERS)
    wanted = reader.names("fields", fields)
    request = _request(reader, language)
    after = reader.cursor(request)
    if after is not None and reader.one("page"):
        reader.errors["page"] = "is not for reading on with a cursor"
    if after is not None and request.sort == "relevance":
        reader.errors["sort"] = "is newest or oldest when reading on with a cursor"
    reader.raise_errors()
    return replace(request, after=after), wanted


def cursor_of(place: str, request: SearchRequest) -> str:
    """Return the cursor that reads what answers ``request`` on behind ``place``; opaque to programs."""
    return base64.urlsafe_b64encode(f"{_read_on(request)}{place}".encode()).decode().rstrip("=")


def _read_on(request: SearchRequest) -> str:
    """Return a digest of what is read on, in which order: the place of a cursor means nothing elsewhere."""
    asked = replace(request, sort=request.sort or "newest", page=1, size=1, language="vi", after=None)
    return f"{zlib.crc32(repr(asked).encode()):0{_DIGEST}x}"


def _request(reader: _Reader, language: Language) -> SearchRequest:
    size = reader.number("size", 10, LARGEST_PAGE)
    page = reader.number("page", 1, LAST_RESULT)
    if page * size > LAST_RESULT and "page" not in reader.errors:
        reader.errors["page"] = f"page × size is at most {LAST_RESULT:,}; narrow the search instead"
    first, last = reader.day("from", 0), reader.day("to", 1)
    if first and last and first > last:
        reader.errors["to"] = f"{last} is before the first day, {first}"
    return SearchRequest(
        text=reader.query(),
        source=reader.values("source"),
        category=reader.values("category"),
        type=reader.values("type"),
        issuer=reader.values("issuer"),
        file_type=reader.values("file_type"),
        date=reader.dates(),
        date_from=first,
        date_to=last,
        area=reader.choice("in", get_args(Area)) or "all",
        sort=reader.choice("sort", get_args(Sort)),
        page=page,
        size=size,
        strict=reader.choice("strict", ("0", "1")) == "1",
        language=reader.choice("lang", get_args(Language)) or language,
    )


def read_beginning(params: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """Return what was typed so far (``q``) and how many suggestions are wanted (``limit``).

    Raises ParameterError naming every bad parameter.
    """
    reader = _Reader(params)
    reader.refuse_unknown(_BEGINNING)
    prefix, limit = reader.query(), reader.number("limit", 8, MOST_SUGGESTIONS)
    reader.raise_errors()
    return prefix, limit


def read_nothing(params: Mapping[str, Sequence[str]]) -> None:
    """Raise ParameterError where there is any parameter."""
    reader = _Reader(params)
    reader.refuse_unknown(frozenset())
    reader.raise_errors()


def read_limit(params: Mapping[str, Sequence[str]], default: int, most: int) -> int:
    """Return how many are wanted (``limit``), 1 to ``most``; ParameterError where it or another parameter is bad."""
    reader = _Reader(params)
    reader.refuse_unknown(frozenset(["limit"]))
    limit = reader.number("limit", default, most)
    reader.raise_errors()
    return limit


def read_variant(params: Mapping[str, Sequence[str]]) -> tuple[int | None, str | None]:
    """Return the ``year`` and the ``place`` of issue that choose among documents with one number.

    Raises ParameterError naming every bad parameter.
    """
    reader = _Reader(params)
    reader.refuse_unknown(frozenset(["year", "place"]))
    year = reader.number("year", 0, 2999)
    place = (list(params.get("place", ())) or [""])[0].strip()
    reader.raise_errors()
    return year or None, place or None


class _Reader:
    """Reads one parameter after the other and gathers what is wrong with each."""

    def __init__(self, params: Mapping[str, Sequence[str]]) -> None:
        self.params = params
        self.errors: dict[str, str] = {}

    def raise_errors(self) -> None:
        if self.errors:
            raise ParameterError(self.errors)

    def refuse_unknown(self, known: frozenset[str] = PARAMETERS) -> None:
        told = f"known are {', '.join(sorted(known))}" if known else "this address has none"
        for name in self.params:
            if name not in known:
                self.errors[_shown(name)] = f"is no parameter; {told}"

    def one(self, name: str) -> str:
        given = {value for value in self.params.get(name, ()) if value.strip()}
        if len(given) > 1:
            self.errors[name] = "is given more than once"
            return ""
        return given.pop() if given else ""

    def query(self) -> str:
        raw = self.one("q")
        # Composing is slow on long runs of combining marks, and beyond this the answer is known.
        too_long = len(raw) > LONGEST_QUERY * _LONGEST_DECOMPOSITION
        text = "" if too_long else nfc(_without_controls(raw)).strip()
        if too_long or len(text) > LONGEST_QUERY:
            self.errors["q"] = f"is longer than {LONGEST_QUERY} characters"
        return text

    def values(self, name: str) -> tuple[str, ...]:
        given = [value for value in self.params.get(name, ()) if value.strip()]
        if len(given) > MOST_VALUES:
            self.errors[name] = f"is given {len(given)} times, at most {MOST_VALUES} are read"
        elif any(len(value) > LONGEST_VALUE for value in given):
            self.errors[name] = f"has a value of more than {LONGEST_VALUE} characters"
        elif any(unicodedata.category(c) in _CHARACTERS for value in given for c in value):
            self.errors[name] = "has a value with control characters"
        else:
            return tuple(dict.fromkeys(nfc(value).strip() for value in given))
        return ()

    def cursor(self, request: SearchRequest) -> str | None:
        """The place in what answers ``request`` that the cursor stands for, "" for the start; None without one."""
        value = self.one("cursor").strip()
        if not value:
            return None
        if value == CURSOR_START:
            return ""
        try:
            if len(value) > LONGEST_CURSOR:
                raise ValueError
            read = base64.b64decode(f"{value}{'=' * (-len(value) % 4)}", b"-_", validate=True).decode()
        except ValueError:
            self.errors["cursor"] = f"is neither {CURSOR_START} nor the next_cursor of a response"
            return None
        if not self.errors and (not read.startswith(_read_on(request)) or len(read) == _DIGEST):
            self.errors["cursor"] = "is of another search; go on with the same parameters"
        return read[_DIGEST:]

    def names(self, name: str, known: Sequence[str]) -> frozenset[str] | None:
        """The names given, divided by commas or one by one; None for none."""
        given = {part.strip() for value in self.params.get(name, ()) for part in value.split(",")} - {""}
        unknown = sorted(given - set(known))
        if unknown:
            self.errors[name] = f"{_shown(unknown[0])!r} is none of {', '.join(known)}"
        return frozenset(given) or None

    def dates(self) -> tuple[str, ...]:
        values = self.values("date")
        for value in values:
            if value != UNDATED and not (_DATE.fullmatch(value) and period(value)):
                self.errors["date"] = f"{_shown(value)!r} is neither YYYY, YYYY-MM nor {UNDATED}"
        return values

    def day(self, name: str, side: int) -> date | None:
        """The first (``side`` 0) or last (1) day of the period that the parameter names."""
        value = self.one(name).strip()
        days = period(value) if _DAY.fullmatch(value) else None
        if value and days is None:
            self.errors[name] = f"{_shown(value)!r} is no date; write it as YYYY, YYYY-MM or YYYY-MM-DD"
        return days[side] if days else None

    def choice(self, name: str, choices: tuple[_Choice, ...]) -> _Choice | None:
        value = self.one(name)
        for choice in choices:
            if value == choice:
                return choice
        if value:
            self.errors[name] = f"{_shown(value)!r} is none of {', '.join(choices)}"
        return None

    def number(self, name: str, default: int, highest: int) -> int:
        value = self.one(name)
        if not value:
            return default
        if _NUMBER.fullmatch(value) and 1 <= int(value) <= highest:
            return int(value)
        self.errors[name] = f"{_shown(value)!r} is no whole number from 1 to {highest:,}"
        return default


def _without_controls(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in _CHARACTERS else c for c in text)


def _shown(value: str) -> str:
    """Cut what a message repeats, and keep it printable."""
    return _without_controls(value[:40])
