"""When a page appeared: what its head says, ``<time>``, and the lines beside its title. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from indexer.sources.dates import moment_of
from indexer.sources.html_lines import Line
from indexer.sources.page_dates import DateLine, date_line, page_moment
from indexer.vietnamese.letters import fold

NEAR_TITLE = 4
"""Lines before and after the title among which a bare date is the page's own."""
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "citation_publication_date",
    "citation_online_date", "citation_date", "dc.date.issued", "dc.date.created", "dc.date.published", "dc.date.available",
    "dcterms.issued", "dcterms.created", "dcterms.available", "dcterms.date", "dc.date", "prism.publicationdate",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish_date", "publish-date", "published_time", "pubdate",
    "pubdate_vi", "date", "og:published_time",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod",
)  # fmt: skip
_TIME_LENGTH = 120
"""Characters of a line whose ``<time>`` may be the page's own; one in a paragraph is of what that tells."""


def head_moments(meta: Mapping[str, str], zone: tzinfo) -> DateLine:
    """Return what the head of the page says, be it in ISO 8601 or as pages write dates."""
    return DateLine(_first(meta, _PUBLISHED, zone), _first(meta, _UPDATED, zone))


def moments_beside(lines: Sequence[Line], zone: tzinfo) -> DateLine:
    """Return the moments that the lines around the title give.

    "Thời gian" with a place beside it ("Địa điểm") is when an event takes place.
    """
    published = updated = None
    texts = [line.text for line in lines]
    for line in lines:
        found = own_date(line.text, texts, zone)
        if found:
            published, updated = published or found.published, updated or found.updated
        if line.moment and len(line.text) < _TIME_LENGTH and (moment := _moment(line.moment, zone)):
            if found and found.published is None and found.updated:
                continue
            shown = found.published if found else None
            # A day in the mark and the time in the words: the words say more.
            more = shown is not None and shown.date() == moment.date() and not any(moment.timetuple()[3:6])
            if published is None or published == shown:
                published = shown if more else moment
    return DateLine(published, updated)


def own_date(text: str, beside: Iterable[str], zone: tzinfo) -> DateLine | None:
    """Return when the page appeared by the line ``text``; None where it does not say so, or ``beside`` tell of an event."""
    found = date_line(text, zone)
    event = found and found.vague and any(fold(one).startswith(("dia diem", "thanh phan")) for one in beside)
    return None if event else found


def _first(meta: Mapping[str, str], names: Sequence[str], zone: tzinfo) -> datetime | None:
    return next((moment for name in names if (moment := _moment(meta.get(name, ""), zone))), None)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        return moment_of(text, zone)
    except ValueError:
        return page_moment(text, zone)
