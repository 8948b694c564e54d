"""Where the site is, for everything that leaves it: feeds, lists, the search box on other sites.

A *path* begins at the home page of the site, an *address* at the root of its host: with what the site is mounted under.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import flask

from webui.context.service import service


def root_url() -> str:
    """Return the public address of the site without a slash at its end, to stand before a path.

    It is the configured one, else the request's.
    """
    return (service().settings.site_url or flask.request.root_url).rstrip("/")


def absolute_url(address: str) -> str:
    """Return ``address``, as a page links to it, with scheme and host."""
    parts = urlsplit(root_url())
    return f"{parts.scheme}://{parts.netloc}{address}"
