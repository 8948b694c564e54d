"""Lists to download in the requested format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import flask

from webui.presenters.lists import csv_list, json_list
from webui.presenters.search_summary import Line
from webui.presenters.workbook import Table, xlsx_list

Form = Literal["csv", "json", "xlsx"]


def saved_list(
    form: Form,
    name: str,
    items: Iterable[Mapping[str, Any]],
    table: Table,
    about: Callable[[int], Sequence[Line]],
) -> flask.Response:
    """Return a list saved as ``name``: ``items`` as JSON, otherwise ``table``; only one of the two is read.

    ``about`` describes the list given its number of rows, in formats that have room for it.
    """
    if form == "json":
        return json_list(name, items)
    if form == "csv":
        return csv_list(name, table.headings, table.rows)
    return xlsx_list(name, about, table)
