"""The parts of a path: what is no slug or number is no address of ours, hence a 404."""

from __future__ import annotations

import flask
from werkzeug.routing import BaseConverter


class Slug(BaseConverter):
    """The slug of an article (contract: ``[A-Za-z0-9._~-]``)."""

    regex = r"[A-Za-z0-9._~-]{1,128}"


class Readable(BaseConverter):
    """The slug of an article, with its title before it or without."""

    regex = r"[A-Za-z0-9._~-]{1,240}"


class Ordinal(BaseConverter):
    """A number from 0 of few enough digits to be one."""

    regex = r"[0-9]{1,4}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


def register(app: flask.Flask) -> None:
    """Make the converters known as ``slug``, ``readable`` and ``ordinal``; two slashes are an address of ours no more than others.

    Flask would send a page that redirects, for the API, too, and for the article "" to that with the rest as its name.
    """
    app.url_map.merge_slashes = False
    app.url_map.converters |= {"slug": Slug, "readable": Readable, "ordinal": Ordinal}
