"""Which headers and footers a Word document shows: its sections refer to them (ECMA-376 part 1, 17.10)."""

from __future__ import annotations

from indexer.extract.formats.ooxml.pruning import is_on
from indexer.extract.formats.xml import Element, attribute, child, each, local

_REFERENCES = {"headerReference": "header", "footerReference": "footer"}


def shown_margins(body: Element, settings: Element | None) -> frozenset[str]:
    """Return the relation ids of the headers and footers that a section shows on some page.

    Those for first pages are shown if the section has a different first page, those for even pages if the settings say so. A
    section without its own shows those of the previous section.
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
