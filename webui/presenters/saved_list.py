"""A list to save, in the form that is asked for."""

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
    """Return a list to be saved as ``name``: its ``items`` as JSON, else its ``table``, of which only one is read.

    ``about`` says of how many rows what they are, where the form has room for it.
    """
    if form == "json":
        return json_list(name, items)
    if form == "csv":
        return csv_list(name, table.headings, table.rows)
    return xlsx_list(name, about, table)
