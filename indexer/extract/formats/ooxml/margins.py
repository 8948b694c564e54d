"""Which headers and footers a document of Word shows: its sections refer to them (ECMA-376 part 1, 17.10)."""

from __future__ import annotations

from indexer.extract.formats.ooxml.pruning import is_on
from indexer.extract.formats.xml import Element, attribute, child, each, local

_REFERENCES = {"headerReference": "header", "footerReference": "footer"}


def shown_margins(body: Element, settings: Element | None) -> frozenset[str]:
    """Return the names, of relations, of the headers and footers that a section shows on some page.

    Those of first pages are shown where the section says that its first page differs, those of even pages where the
    settings say so. A section without one of its own shows that of the section before.
    """
    has_even = settings is not None and is_on(child(settings, "evenAndOddHeaders"))
    now: dict[tuple[str, str], str] = {}
    shown: set[str] = set()
    for section in each(body, "sectPr"):
        if local(section.getparent()) == "sectPrChange":  # as it was before a change
            continue
        for one in section:
            if margin := _REFERENCES.get(local(one)):
                now[margin, attribute(one, "type") or "default"] = attribute(one, "id") or ""
        has_first = is_on(child(section, "titlePg"))
        shown.update(
            name
            for (_, pages), name in now.items()
            if pages == "default" or (pages == "first" and has_first) or (pages == "even" and has_even)
        )
    return frozenset(shown)
