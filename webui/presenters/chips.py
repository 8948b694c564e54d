"""Active filters, each a chip that removes it. Pure."""

from __future__ import annotations

from indexer.search.request import FACETS, SearchRequest
from indexer.search.response import SearchResponse
from webui.context.translation import gettext
from webui.presenters import formats, links, words
from webui.presenters.choices import Choice
from webui.presenters.ticks import toggled


def chips(request: SearchRequest, response: SearchResponse) -> tuple[Choice, ...]:
    """Return a chip for each filter of ``request``, labelled as in ``response``."""
    found = [
        Choice(_label(name, value, response), links.search_url(toggled(request, name, value)))
        for name in FACETS
        for value in getattr(request, name)
    ]
    if request.date_from:
        found.append(Choice(formats.since(request.date_from), links.changed_url(request, date_from=None)))
    if request.date_to:
        found.append(Choice(formats.until(request.date_to), links.changed_url(request, date_to=None)))
    if request.area != "all":
        label = gettext("Tìm trong: %(part)s", part=words.AREAS[request.area])
        found.append(Choice(label, links.changed_url(request, area="all")))
    if request.reading in words.READINGS:
        found.append(Choice(words.READINGS[request.reading], links.changed_url(request, reading=None)))
    if request.strict:
        found.append(Choice(words.STRICT, links.changed_url(request, strict=False)))
    return tuple(found)


def _label(name: str, value: str, response: SearchResponse) -> str:
    if name == "date":
        return formats.month(value)
    labels = (one.label for one in response.facets.get(name, ()) if one.value == value)
    return f"{words.FACET_TITLES[name]}: {next(labels, value)}"
