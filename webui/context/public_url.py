"""Where the site is, for everything that leaves it: feeds, lists, the search box on other sites."""

from __future__ import annotations

import flask

from webui.context.service import service


def root_url() -> str:
    """Return the public address of the site without a slash at its end: the configured one, else the request's."""
    return (service().settings.site_url or flask.request.root_url).rstrip("/")
