"""Converts parameters from page, API and command line to a valid SearchRequest, and reads those of other requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, get_args

from indexer.contract.cursor import START, read_cursor
from indexer.contract.limits import API_PARAMETERS, LARGEST_PAGE, LAST_RESULT, MOST_SUGGESTIONS, PARAMETERS
from indexer.contract.parameter_reader import ParameterReader
from indexer.model import Language
from indexer.search.request import Area, Reading, SearchRequest, Sort

_BEGINNING = frozenset(("q", "limit", "lang"))
_Status = TypeVar("_Status", bound=str)


def read_request(
    params: Mapping[str, Sequence[str]], *, strict_names: bool, language: Language = "vi"
) -> SearchRequest:
    """Return the request described by ``params``; empty values count as not given, and ``language`` applies without ``lang``.

    Raises ParameterError naming every invalid parameter. Unknown names are errors only with ``strict_names``, since pages are
    also opened with parameters added by others (``utm_source``). The same applies to dates in the wrong order: people mean the
    days in between.
    """
    reader = ParameterReader(params)
    if strict_names:
        reader.refuse_unknown(PARAMETERS)
    request = _request(reader, language, as_meant=not strict_names)
    reader.raise_errors()
    return request


def read_api_request(
    params: Mapping[str, Sequence[str]], fields: Sequence[str], language: Language = "vi"
) -> tuple[SearchRequest, frozenset[str] | None]:
    """Return the request of a program, and the ``fields`` of a hit that it wants; None means all.

    Works like :func:`read_request` with strict names, and with ``cursor``: ``*``, or the result of ``cursor_of`` for the same
    request.
    """
    reader = ParameterReader(params)
    reader.refuse_unknown(API_PARAMETERS)
    wanted = reader.names("fields", fields)
    request = _request(reader, language)
    after = _after(reader, request)
    if after is not None and reader.one("page"):
        reader.errors["page"] = "can't be combined with cursor"
    if after is not None and request.sort == "relevance":
        reader.errors["sort"] = "must be newest or oldest when cursor is used"
    reader.raise_errors()
    return replace(request, after=after), wanted


def _request(reader: ParameterReader, language: Language, as_meant: bool = False) -> SearchRequest:
    size = reader.number("size", 10, LARGEST_PAGE)
    page = reader.number("page", 1, LAST_RESULT)
    if page * size > LAST_RESULT and "page" not in reader.errors:
        reader.errors["page"] = (
            f"page × size must be at most {LAST_RESULT:,}; narrow the search (programs can read on with cursor=*)"
        )
    first, last = reader.day("from", 0), reader.day("to", 1)
    if first and last and first > last and as_meant:
        first, last = reader.day("to", 0), reader.day("from", 1)
    elif first and last and first > last:
        reader.errors["to"] = f"{last} must not be before the first day, {first}"
    return SearchRequest(
        text=reader.query(),
        source=reader.values("source"),
        category=reader.values("category"),
        type=reader.values("type"),
        issuer=reader.values("issuer"),
        status=reader.values("status"),
        file_type=reader.values("file_type"),
        date=reader.dates(),
        date_from=first,
        date_to=last,
        area=reader.choice("in", get_args(Area)) or "all",
        sort=reader.choice("sort", get_args(Sort)),
        page=page,
        size=size,
        strict=reader.choice("strict", ("0", "1")) == "1",
        reading=reader.choice("reading", get_args(Reading)),
        language=reader.choice("lang", get_args(Language)) or language,
    )


def _after(reader: ParameterReader, request: SearchRequest) -> str | None:
    """Return the sort key after which to continue the results of ``request``, "" for the start; None without a cursor."""
    text = reader.one("cursor").strip()
    if not text:
        return None
    if text == START:
        return ""
    cursor = read_cursor(text)
    if cursor is None:
        reader.errors["cursor"] = f"must be {START} or the next_cursor of a response"
        return None
    if not reader.errors and not cursor.belongs_to(request):
        reader.errors["cursor"] = "belongs to another search; keep the other parameters unchanged"
    return cursor.sort_key


def read_beginning(params: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """Return the text typed so far (``q``) and the number of suggestions (``limit``).

    Raises ParameterError naming every invalid parameter.
    """
    reader = ParameterReader(params)
    reader.refuse_unknown(_BEGINNING)
    prefix, limit = reader.query(), reader.number("limit", 8, MOST_SUGGESTIONS)
    reader.raise_errors()
    return prefix, limit


def read_nothing(params: Mapping[str, Sequence[str]]) -> None:
    """Raise ParameterError if there is any parameter."""
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset())
    reader.raise_errors()


def read_limit(params: Mapping[str, Sequence[str]], default: int, most: int) -> int:
    """Return the requested number (``limit``), from 1 to ``most``; raises ParameterError if it or another parameter is invalid."""
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset(["limit"]))
    limit = reader.number("limit", default, most)
    reader.raise_errors()
    return limit


def read_page_of_tasks(
    params: Mapping[str, Sequence[str]], default: int, most: int, statuses: tuple[_Status, ...]
) -> tuple[int | None, int, _Status | None]:
    """Return the ``cursor`` (a task number), the page ``size`` and the requested ``statuses``.

    Raises ParameterError naming every invalid parameter.
    """
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset(["cursor", "size", "status"]))
    cursor, size = reader.number("cursor", 0, 999_999_999), reader.number("size", default, most)
    status = reader.choice("status", statuses)
    reader.raise_errors()
    return cursor or None, size, status


def read_whole_source(params: Mapping[str, Sequence[str]]) -> tuple[str, int | None]:
    """Return the ``source`` whose articles are all to be deleted, and their ``count`` as confirmation, None if missing.

    Raises ParameterError naming every invalid parameter.
    """
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset(["source", "count"]))
    sources, count = reader.values("source"), reader.number("count", 0, 999_999_999)
    if len(sources) != 1 and "source" not in reader.errors:
        reader.errors["source"] = "must be given exactly once"
    reader.raise_errors()
    return sources[0], count or None


def read_report(params: Mapping[str, Sequence[str]], most_days: int, most: int) -> tuple[int, int]:
    """Return for how many ``days`` a report goes back, and the ``limit`` of its lists; raises ParameterError."""
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset(["days", "limit"]))
    days, limit = reader.number("days", 30, most_days), reader.number("limit", 20, most)
    reader.raise_errors()
    return days, limit


def read_variant(params: Mapping[str, Sequence[str]]) -> tuple[int | None, str | None, str | None]:
    """Return the ``year``, ``place`` and ``kind`` that choose among documents with one number.

    Raises ParameterError naming every invalid parameter.
    """
    reader = ParameterReader(params)
    reader.refuse_unknown(frozenset(["year", "place", "kind"]))
    year = reader.number("year", 0, 2999)
    place, kind = ((list(params.get(name, ())) or [""])[0].strip() for name in ("place", "kind"))
    reader.raise_errors()
    return year or None, place or None, kind or None
