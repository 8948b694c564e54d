"""Converts document values from a page, a table or front matter to values of an article. PURE."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.directives.signer import signer_of
from indexer.model import Particulars
from indexer.sources.document_labels import is_empty
from indexer.sources.page_dates import any_day
from indexer.vietnamese.letters import fold

_NUMBER = re.compile(r"\d[\w.]{0,20}(?: ?[/-] ?[\w.&]{1,30}){1,6}")


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """The values of a document as its source gives them; empty if missing."""

    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: date | None = None
    published: str = ""
    """When the page was published, as written."""
    particulars: Particulars = field(default_factory=Particulars)


def read_values(given: Mapping[str, str]) -> DocumentValues:
    """Return the values in ``given``, which are keyed by the names of :func:`label_of`."""
    said = {
        name: text
        for name, value in given.items()
        if (text := " ".join(value.split())) and not is_empty(text)
    }
    status = said.get("status", "")
    days = {name: any_day(said.get(name, "")) for name in ("issued", "effective", "expires")}
    if (
        status
        and (day := any_day(status))
        and not re.search("[a-z]{3}", re.sub("ngay|tu|thang|nam|ke", "", fold(status)))
    ):
        # "Hiệu lực: 01/07/2026" is a date, not a status.
        days["effective"], status = days["effective"] or day, ""
    signed = signer_of(said.get("signer", ""))
    return DocumentValues(
        number=_number(said),
        type=said.get("type", ""),
        issuer=said.get("issuer", ""),
        issued=days["issued"],
        published=said.get("published", ""),
        particulars=Particulars(
            subject=_subject(said),
            signer=signed.name,
            position=(said.get("position", "") or signed.office) if signed.name else "",
            field=said.get("field") or said.get("branch", ""),
            status=status,
            **{name: day.isoformat() for name, day in days.items() if day},
        ),
    )


def _subject(said: Mapping[str, str]) -> str:
    """Return the subject without the number that some portals append in brackets."""
    subject, number = said.get("subject", ""), _number(said)
    return subject.removesuffix(f"({number})").rstrip() or subject


def _number(said: Mapping[str, str]) -> str:
    """Return only the number: "Số 12/QĐ-UBND ngày 1/2/2026" gives ``12/QĐ-UBND``; rows "Số" and "Ký hiệu" are combined."""
    given, code = said.get("number") or said.get("count", ""), said.get("code", "")
    if given.isdigit() and code:
        given = f"{given}/{code.strip('/ ')}"
    given = given or code
    return number_in(given) or given


def number_in(text: str) -> str:
    """Return the first document number in ``text``, without blanks around its signs; empty if there is none."""
    match = _NUMBER.search(text)
    return re.sub(r"\s*([/-])\s*", r"\1", match[0]) if match else ""
