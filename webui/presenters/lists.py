"""Lists to download: CSV for spreadsheets, JSON for programs, sent as they are read."""

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
"""Cells that begin so are run as formulas by spreadsheets (OWASP, CSV injection)."""
_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""
_LONGEST_NAME = 60
"""Characters of what was asked in the name of a file."""
_CHUNK = 16_384
"""Characters that are sent at a time."""


def csv_list(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> flask.Response:
    """Return ``rows`` as CSV (RFC 4180) to be saved as ``name``.csv.

    ``rows`` are read after the request is over: nothing in them may need it.
    """
    response = saved(flask.Response(_csv(headings, rows), mimetype="text/csv"), f"{name}.csv")
    response.vary.add("Accept-Language")
    return response


def json_list(name: str, items: Iterable[Mapping[str, Any]]) -> flask.Response:
    """Return ``items`` as one JSON array to be saved as ``name``.json; they too are read after the request."""
    return saved(flask.Response(_array(items), mimetype="application/json"), f"{name}.json")


def name_of_list(kind: str, asked: str) -> str:
    """Return the name of a file: ``ket-qua-chuyen-doi-so``, letters that every system can save."""
    told = re.sub("[^a-z0-9]+", "-", fold(asked)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{kind}-{told}" if told else kind


def saved(response: flask.Response, name: str) -> flask.Response:
    """Have ``response`` saved as ``name``."""
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
