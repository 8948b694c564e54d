"""The register of documents as JSON; used by the API and by lists to download."""

from __future__ import annotations

from indexer.contract.types.register import EntryAnswer, RegisterAnswer
from indexer.contract.types.search import FacetValueAnswer
from indexer.register.entry import Entry
from indexer.search.register.request import RegisterRequest, RegisterResponse
from indexer.search.response import FacetValue


def register_json(response: RegisterResponse, request: RegisterRequest) -> RegisterAnswer:
    """Return one page of the register as plain lists and dicts."""
    scopes = response.scopes
    return {
        "total": response.total,
        "page": request.page,
        "size": request.size,
        "scopes": {"held": scopes["held"], "missing": scopes["missing"], "all": scopes["all"]},
        "documents": list(map(entry_json, response.entries)),
        "facets": {name: list(map(_value, values)) for name, values in response.facets.items()},
    }


def entry_json(entry: Entry) -> EntryAnswer:
    """Return one document of the register."""
    return {
        "label": entry.label,
        "key": entry.key,
        "url": f"/api/v1/directives/{entry.slug}",
        "page": f"/directives/{entry.slug}",
        "type": entry.type,
        "issuer": list(entry.issuers),
        "year": entry.year,
        "issued": entry.issued,
        "published": entry.published,
        "effective": entry.effective,
        "subject": entry.subject,
        "status": entry.status,
        "kept": entry.kept,
        "texts": [
            {"title": one.title, "url": one.address, "files": one.files, "original": one.original}
            for one in entry.bearers
        ],
        "cited_by": entry.cited_by,
    }


def _value(one: FacetValue) -> FacetValueAnswer:
    return {"value": one.value, "label": one.label, "count": one.count, "selected": one.selected}
