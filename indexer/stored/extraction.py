"""Extractions as JSON: stored in the catalog, sent between processes, and printed by ``tracuu extract``."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from indexer.model import (
    Box,
    Extraction,
    FileState,
    Member,
    OcrPage,
    Page,
    PagePicture,
    Problem,
    Signature,
    SignatureStatus,
)


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    """Return ``extraction`` without loss, in the contract's form together with its state."""
    return {
        "media_type": extraction.media_type,
        "state": str(extraction.state),
        "pages": [_page(page) for page in extraction.pages],
        "encoding": extraction.encoding,
        "signatures": signatures_to_json(extraction.signatures),
        "problems": [problem_to_json(one) for one in extraction.problems],
        "unread": list(extraction.unread),
        "members": [
            {"name": member.name, "sha256": member.sha256, "size": member.size}
            for member in extraction.members
        ],
        **({"annotated": list(extraction.annotated)} if extraction.annotated else {}),
        **({"carries": True} if extraction.carries else {}),
        **({"title": extraction.title} if extraction.title else {}),
        **({"created": extraction.created} if extraction.created else {}),
    }


def extraction_from_json(values: dict[str, Any]) -> Extraction:
    """Return the extraction that :func:`extraction_to_json` wrote as ``values``; raises KeyError, TypeError or ValueError for
    anything else.
    """
    return Extraction(
        media_type=str(values["media_type"]),
        state=FileState(values["state"]),
        pages=tuple(_read_page(page) for page in values["pages"]),
        unread=tuple(map(int, values.get("unread", ()))),
        annotated=tuple(map(int, values.get("annotated", ()))),
        problems=tuple(map(problem_from_json, values["problems"])),
        encoding=values["encoding"],
        signatures=signatures_from_json(values["signatures"]),
        members=tuple(
            Member(str(one["name"]), str(one["sha256"]), int(one["size"]))
            for one in values.get("members", ())
        ),
        carries=bool(values.get("carries", False)),
        title=str(values.get("title", "")),
        created=str(values.get("created", "")),
    )


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Return ``problem`` without loss."""
    page = {} if problem.page is None else {"page": problem.page}
    return {"code": problem.code, **page, "values": dict(problem.values)}


def problem_from_json(values: Any) -> Problem:
    """Return the problem that :func:`problem_to_json` wrote as ``values``, or one for a sentence from before there were codes.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    if isinstance(values, str):
        return Problem("noted", (("text", values),))
    page = values.get("page")
    return Problem(str(values["code"]), tuple(values["values"].items()), None if page is None else int(page))


def signatures_to_json(signatures: Sequence[Signature]) -> list[dict[str, Any]]:
    """Return ``signatures`` without loss."""
    return [
        {
            "signer": signature.signer,
            "organisation": signature.organisation,
            "signed_at": signature.signed_at,
            "status": str(signature.status),
        }
        for signature in signatures
    ]


def signatures_from_json(values: Sequence[dict[str, Any]]) -> tuple[Signature, ...]:
    """Return the signatures that :func:`signatures_to_json` wrote as ``values``; raises KeyError, TypeError or ValueError for
    anything else.
    """
    return tuple(
        Signature(one["signer"], one["organisation"], one["signed_at"], SignatureStatus(one["status"]))
        for one in values
    )


def ocr_page_to_json(page: OcrPage) -> dict[str, Any]:
    """Return the OCR result for a page without loss."""
    return {
        "page": _page(page.page) if page.page else None,
        "problem": problem_to_json(page.problem) if page.problem else None,
    }


def ocr_page_from_json(values: dict[str, Any]) -> OcrPage:
    """Return the page that :func:`ocr_page_to_json` wrote as ``values``; raises KeyError, TypeError or ValueError for anything
    else.
    """
    page, why = values["page"], values["problem"]
    return OcrPage(_read_page(page) if page else None, problem_from_json(why) if why else None)


def picture_to_json(picture: PagePicture) -> dict[str, Any]:
    """Return the picture of a page, with its bytes in Base64."""
    return {
        "image": base64.b64encode(picture.image).decode(),
        "width": picture.width,
        "height": picture.height,
        "words": list(picture.words),
        "boxes": flat_boxes(picture.boxes),
    }


def picture_from_json(values: dict[str, Any]) -> PagePicture:
    """Return the picture that :func:`picture_to_json` wrote as ``values``; raises KeyError, TypeError or ValueError for
    anything else.
    """
    words = tuple(map(str, values["words"]))
    boxes = read_boxes(values["boxes"])
    if len(words) != len(boxes):
        raise ValueError("a box for each word")
    image = base64.b64decode(values["image"], validate=True)
    return PagePicture(image, int(values["width"]), int(values["height"]), words, boxes)


def flat_boxes(boxes: Sequence[Box]) -> list[int]:
    """Return the numbers of all boxes in a single list."""
    return [number for box in boxes for number in box]


def read_boxes(numbers: Sequence[int]) -> tuple[Box, ...]:
    """Return the boxes that :func:`flat_boxes` wrote as ``numbers``; raises TypeError or ValueError for anything else."""
    sides = [map(int, numbers[side::4]) for side in range(4)]
    return tuple(zip(*sides, strict=True))


def _page(page: Page) -> dict[str, Any]:
    values = {"number": page.number, "text": page.text, "ocr": page.ocr, "confidence": page.confidence}
    return values | {"boxes": flat_boxes(page.boxes)} if page.boxes else values


def _read_page(values: dict[str, Any]) -> Page:
    boxes = read_boxes(values.get("boxes", ()))
    return Page(values["number"], str(values["text"]), bool(values["ocr"]), values["confidence"], boxes)
