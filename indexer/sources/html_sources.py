"""The stated origin of an article: marks, the line with the date, the end of the text, the name of the site. PURE."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.sources.html_names import is_any_portal, is_kind_of_page, looks_like_site, names_body, site_names
from indexer.sources.page_dates import source_beside
from indexer.sources.portal_page import Parts

_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "ld:publisher")
_ACCORDING_TO = re.compile(r"[(\[]?Theo\s+(?P<name>[^.,:;()\[\]\d]{3,80})[)\]]?\.?")
_AGENCY = re.compile(r"[A-Z]{3,6}(?: News)?|VnExpress|VietnamPlus|VietNamNet")
"""Names of agencies and their sites: TTXVN, VOV, VTV."""


def page_sources(parts: Parts, meta: Mapping[str, str], near: Sequence[str]) -> tuple[str, ...]:
    """Return the sources of a page, the original one first; ``near`` are the lines beside its title.

    A last line that says only "Theo Báo Lam Giang" is removed from the text.
    """
    sources = [*parts.sources, *filter(None, map(source_beside, near))]
    if not parts.sources and (name := _named_at_the_end(parts.lines)):
        sources.append(name)
    if not parts.publishers:
        said = next(filter(None, map(meta.get, _PUBLISHERS)), None)
        # The end of <title> is a source if it is clearly the name of a portal or a body.
        said = said or next((name for name in site_names(meta) if _is_body(name)), None)
        if said and not is_any_portal(said) and not is_kind_of_page(said):
            sources.append(said)
    return tuple(dict.fromkeys(sources))


def _named_at_the_end(lines: list[str]) -> str:
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n]), None)
    match = _ACCORDING_TO.fullmatch(lines[last]) if last is not None else None
    if last is None or match is None:
        return ""
    name = match["name"].strip()
    if not (_is_body(name) or _AGENCY.fullmatch(name)):
        return ""
    del lines[last]
    return name


def _is_body(name: str) -> bool:
    return looks_like_site(name) or names_body(name)
