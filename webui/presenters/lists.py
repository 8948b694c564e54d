"""Lists to download: CSV for spreadsheets and JSON for programs, sent while they are read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import flask

from indexer.vietnamese.letters import fold
from webui.presenters.printable import printable

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""Leading characters that make spreadsheets run a cell as a formula (OWASP, CSV injection)."""
_BOM = "\ufeff"
"""Excel needs it to recognise UTF-8."""
_LONGEST_NAME = 60
"""Maximum length, in characters, of the query in a file name."""
_CHUNK = 16_384
"""Characters sent at a time."""


def csv_list(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> flask.Response:
    """Return ``rows`` as CSV (RFC 4180), saved as ``name``.csv.

    ``rows`` are read after the request is over, so nothing in them may depend on it.
    """
    response = saved(flask.Response(_csv(headings, rows), mimetype="text/csv"), f"{name}.csv")
    response.vary.add("Accept-Language")
    return response


def json_list(name: str, items: Iterable[Mapping[str, Any]]) -> flask.Response:
    """Return ``items`` as a JSON array, saved as ``name``.json; they, too, are read after the request."""
    return saved(flask.Response(_array(items), mimetype="application/json"), f"{name}.json")


def name_of_list(kind: str, asked: str) -> str:
    """Return a file name such as ``ket-qua-chuyen-doi-so``, in letters that every system can save."""
    told = re.sub("[^a-z0-9]+", "-", fold(asked)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{kind}-{told}" if told else kind


def saved(response: flask.Response, name: str) -> flask.Response:
    """Make ``response`` a download called ``name``."""
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    buffer.write(_BOM)
    writer = csv.writer(buffer)
    writer.writerow(headings)
    for row in rows:
        writer.writerow(map(_cell, row))
        if buffer.tell() >= _CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(text: str) -> str:
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _array(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    before = "["
    for item in items:
        yield before + json.dumps(item, ensure_ascii=False)
        before = ",\n"
    yield "[]" if before == "[" else "]"
