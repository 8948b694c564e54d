"""The public address of the site, for everything that leaves it: feeds, lists and search boxes on other sites.

A *path* begins at the home page of the site. An *address* begins at the root of its host, so it includes the path under which
the site is mounted.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import flask

from webui.context.service import service


def root_url() -> str:
    """Return the public address of the site without a trailing slash.

    It is the configured one, otherwise that of the request.
    """
    return (service().settings.site_url or flask.request.root_url).rstrip("/")


def absolute_url(address: str) -> str:
    """Return ``address``, as used in links of a page, with scheme and host."""
    parts = urlsplit(root_url())
    return f"{parts.scheme}://{parts.netloc}{address}"
