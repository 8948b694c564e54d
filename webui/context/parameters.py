"""The parameters of a request."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import flask

from indexer.contract.parameters import read_request
from indexer.search.request import SearchRequest
from webui.context import language


def given() -> dict[str, list[str]]:
    """Return the parameters of the address in the form expected by ``indexer.contract.parameters``."""
    return flask.request.args.to_dict(flat=False)


def asked(*, without: Collection[str] = ()) -> SearchRequest:
    """Return the search described by the address, ignoring the parameters ``without``; raises ParameterError.

    Without scripts, a form sends a ticked month together with its ticked year; the month then narrows the year.
    """
    read = {name: values for name, values in given().items() if name not in without}
    request = read_request(read, strict_names=False, language=language.current())
    narrowed = {value[:4] for value in request.date if len(value) > 4}
    return dataclasses.replace(request, date=tuple(value for value in request.date if value not in narrowed))


def text_asked() -> str:
    """Return the query whose words are marked; other parameters are ignored."""
    return read_request({"q": flask.request.args.getlist("q")}, strict_names=False).text
