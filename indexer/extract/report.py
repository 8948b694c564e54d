"""An extraction as JSON: kept in the catalog, sent between processes, printed by ``tracuu extract``."""

from __future__ import annotations

from typing import Any

from indexer.model import Extraction, FileState, Member, OcrPage, Page, Signature, SignatureStatus


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    """Return ``extraction`` without loss; the contract's form with the state beside it."""
    return {
        "media_type": extraction.media_type,
        "state": str(extraction.state),
        "pages": [_page(page) for page in extraction.pages],
        "encoding": extraction.encoding,
        "signatures": [
            {
                "signer": signature.signer,
                "organisation": signature.organisation,
                "signed_at": signature.signed_at,
                "status": str(signature.status),
            }
            for signature in extraction.signatures
        ],
        "problems": list(extraction.problems),
        "unread": list(extraction.unread),
        "members": [
            {"name": member.name, "sha256": member.sha256, "size": member.size}
            for member in extraction.members
        ],
    }


def extraction_from_json(values: dict[str, Any]) -> Extraction:
    """Return what :func:`extraction_to_json` made ``values`` of; KeyError, TypeError, ValueError for else."""
    return Extraction(
        media_type=str(values["media_type"]),
        state=FileState(values["state"]),
        pages=tuple(_read_page(page) for page in values["pages"]),
        unread=tuple(map(int, values.get("unread", ()))),
        problems=tuple(map(str, values["problems"])),
        encoding=values["encoding"],
        signatures=tuple(
            Signature(
                one["signer"],
                one["organisation"],
                one["signed_at"],
                SignatureStatus(one["status"]),
            )
            for one in values["signatures"]
        ),
        members=tuple(
            Member(str(one["name"]), str(one["sha256"]), int(one["size"]))
            for one in values.get("members", ())
        ),
    )


def ocr_page_to_json(page: OcrPage) -> dict[str, Any]:
    """Return what came of one page."""
    return {"page": _page(page.page) if page.page else None, "problem": page.problem}


def ocr_page_from_json(values: dict[str, Any]) -> OcrPage:
    """Return what :func:`ocr_page_to_json` made ``values`` of; KeyError, TypeError, ValueError for else."""
    return OcrPage(_read_page(values["page"]) if values["page"] else None, values["problem"])


def _page(page: Page) -> dict[str, Any]:
    return {"number": page.number, "text": page.text, "ocr": page.ocr, "confidence": page.confidence}


def _read_page(values: dict[str, Any]) -> Page:
    return Page(values["number"], str(values["text"]), bool(values["ocr"]), values["confidence"])
