"""Addresses of the register of documents: each control is a link to another state of it. Pure."""

from __future__ import annotations

import dataclasses

from indexer.search.register.request import REGISTER_FACETS, RegisterRequest
from webui.presenters.links import FEEDS, FeedForm, page_address

REGISTER = "/directives"
_DEFAULT = RegisterRequest()


def register_pairs(request: RegisterRequest) -> list[tuple[str, str]]:
    """Return the parameters of ``request`` without defaults and page number."""
    single = (
        ("q", request.text),
        ("scope", request.scope if request.scope != _DEFAULT.scope else ""),
        ("sort", request.sort if request.sort != _DEFAULT.sort else ""),
        ("size", str(request.size) if request.size != _DEFAULT.size else ""),
    )
    found = [(name, value) for name, value in single if value]
    return found + [(name, value) for name in REGISTER_FACETS for value in getattr(request, name)]


def register_url(request: RegisterRequest, path: str = REGISTER) -> str:
    """Return the address of ``request``, including its page number."""
    page = [("page", str(request.page))] if request.page != 1 else []
    return page_address(path, [*register_pairs(request), *page])


def changed(request: RegisterRequest, **changes: object) -> str:
    """Return the address of ``request`` with ``changes``, at its first page."""
    return register_url(dataclasses.replace(request, **{**changes, "page": 1}))  # type: ignore[arg-type]


def page_url(request: RegisterRequest, page: int) -> str:
    """Return the address of another page of ``request``."""
    return register_url(dataclasses.replace(request, page=page))


def ticked(request: RegisterRequest, facet: str, value: str, selected: bool) -> str:
    """Return the address with ``value`` of ``facet`` ticked, or unticked if it is ``selected``."""
    chosen: tuple[str, ...] = getattr(request, facet)
    values = tuple(one for one in chosen if one != value)
    if not selected:
        values = (*values, value)
    elif values == chosen:
        # Ticked in another spelling.
        values = ()
    return changed(request, **{facet: values})


def register_list_url(request: RegisterRequest, form: str) -> str:
    """Return the address of all documents of ``request`` as a file."""
    return page_address(f"{REGISTER}.{form}", _without_size(request))


def register_feed_url(request: RegisterRequest, form: FeedForm) -> str:
    """Return the address of the feed with the newest documents of ``request``."""
    found = _without_size(dataclasses.replace(request, sort="newest"))
    return page_address(REGISTER + FEEDS[form], found)


def _without_size(request: RegisterRequest) -> list[tuple[str, str]]:
    return register_pairs(dataclasses.replace(request, size=_DEFAULT.size))
