"""When a page was published, from its head, from ``<time>``, and from the lines beside its title. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from indexer.sources.dates import moment_of
from indexer.sources.document_labels import label_of
from indexer.sources.html_lines import Line
from indexer.sources.page_dates import DateLine, date_line, page_moment
from indexer.vietnamese.letters import fold

NEAR_TITLE = 4
"""Number of lines before and after the title in which a bare date is that of the page."""
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
_TIME_LENGTH = 60
"""Maximum length in characters of a line whose ``<time>`` may be that of the page; in a paragraph, it belongs to the content."""


def head_moments(meta: Mapping[str, str], zone: tzinfo) -> DateLine:
    """Return the dates in the head of the page, in ISO 8601 or in the formats of pages."""
    return DateLine(_first(meta, _PUBLISHED, zone), _first(meta, _UPDATED, zone))


def moments_beside(lines: Sequence[Line], zone: tzinfo) -> DateLine:
    """Return the dates in the lines around the title."""
    published = updated = None
    for line, found in zip(lines, own_dates([line.text for line in lines], zone), strict=True):
        if found:
            published, updated = published or found.published, updated or found.updated
        if line.moment and len(line.text) < _TIME_LENGTH and (moment := _moment(line.moment, zone)):
            if found and found.published is None and found.updated:
                continue
            shown = found.published if found else None
            # A date in the markup and a time in the text: the text has more.
            more = shown is not None and shown.date() == moment.date() and not any(moment.timetuple()[3:6])
            if published is None or published == shown:
                published = shown if more else moment
    return DateLine(published, updated)


def own_dates(texts: Sequence[str], zone: tzinfo) -> list[DateLine | None]:
    """Return, for each line around a title, the date it states for the page, or None.

    "Thời gian" beside a place ("Địa điểm") is the time of an event, and a date below "Ngày ban hành" is that of a document.
    """
    event = any(fold(text).startswith(("dia diem", "thanh phan")) for text in texts)
    found: list[DateLine | None] = []
    label = None
    for text in texts:
        one = date_line(text, zone)
        found.append(
            None if one is None or (one.vague and event) or label not in (None, "published") else one
        )
        label = label_of(text) if text else label
    return found


def _first(meta: Mapping[str, str], names: Sequence[str], zone: tzinfo) -> datetime | None:
    return next((moment for name in names if (moment := _moment(meta.get(name, ""), zone))), None)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        return moment_of(text, zone)
    except ValueError:
        return page_moment(text, zone)
