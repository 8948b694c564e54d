"""Citations of documents, in the wording that documents themselves use. Pure."""

from __future__ import annotations

from datetime import date

from indexer.search.directives.view import DirectiveView
from webui.presenters import links


def directive_citation(view: DirectiveView, root: str) -> str:
    """Return a citation to copy: type, number, date, issuer and subject as far as known, and the address under ``root``."""
    card = view.card
    head = f"{view.type} số {card.number}" if view.type and card.number != card.label else card.label
    if view.issued:
        day = date.fromisoformat(view.issued)
        head += f" ngày {day.day:02} tháng {day.month:02} năm {day.year}"
    if view.issued_by:
        head += f" của {view.issued_by}"
    chosen = view.variant.address if view.variant else None
    address = root + links.directive_path(card.slug, chosen)
    return ". ".join(filter(None, (f"{head}: {view.subject}" if view.subject else head, address)))
