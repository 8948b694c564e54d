"""Converters for parts of a path: anything that is not a valid slug or number gives a 404."""

from __future__ import annotations

import flask
from werkzeug.routing import BaseConverter


class Slug(BaseConverter):
    """The slug of an article (contract: ``[A-Za-z0-9._~-]``)."""

    regex = r"[A-Za-z0-9._~-]{1,128}"


class Readable(BaseConverter):
    """The slug of an article, optionally preceded by its title."""

    regex = r"[A-Za-z0-9._~-]{1,240}"


class Ordinal(BaseConverter):
    """A number from 0, with few enough digits to be plausible."""

    regex = r"[0-9]{1,4}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


def register(app: flask.Flask) -> None:
    """Register the converters ``slug``, ``readable`` and ``ordinal``, and stop Flask from merging double slashes.

    Otherwise, Flask would redirect them with a page, even in the API, and would redirect the article "" to one named after the
    rest of the path.
    """
    app.url_map.merge_slashes = False
    app.url_map.converters |= {"slug": Slug, "readable": Readable, "ordinal": Ordinal}
