"""What a record says about its document, besides number, type and issuer: signer, effective date and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from indexer.model import Particulars
from indexer.sources.dates import read_moment
from indexer.sources.document_values import read_values
from indexer.vietnamese.letters import fold

KEYS = ("subject", "signer", "position", "field", "issued", "effective", "expires", "status")
"""Keys of a record that concern its document."""
_DAYS = ("issued", "effective", "expires")


def particulars_of(
    given: Mapping[str, object], zone: ZoneInfo, left_out: dict[str, str], known: Particulars | None = None
) -> Particulars:
    """Return ``known`` with the values in ``given`` replaced; ``null`` and empty text clear a value.

    An unreadable date is recorded in ``left_out`` and leaves the value unchanged.
    """
    texts: dict[str, str] = {}
    for key, value in given.items():
        text = " ".join(str(value).split()) if value is not None else ""
        if key in _DAYS and text:
            try:
                moment, _ = read_moment(text, zone)
            except (ValueError, OverflowError) as error:
                left_out[key] = str(error)
                continue
            text = moment.astimezone(zone).date().isoformat() if moment else ""
        texts[key] = text
    read = read_values(texts).particulars
    return replace(known or Particulars(), **{key: getattr(read, key) for key in texts})


def is_given(key: str, value: object, mapped: bool) -> bool:
    """Tell whether ``key`` of a record concerns its document: any value that a field map provides, otherwise only text.

    In exports of other programs, "status" and "field" are often something else: numbers, lists, "published".
    """
    if key not in KEYS or not (mapped or value is None or isinstance(value, str)):
        return False
    return mapped or key not in ("status", "field", "position")


def put_particulars(values: dict[str, Any], zone: ZoneInfo) -> None:
    """Use the subject as title of a record without one, and the date of issue if it has no date of publication."""
    said = values.get("particulars")
    if said is None:
        return
    if said.issued and values.get("published") is None:
        values["published"] = datetime.combine(date.fromisoformat(said.issued), time(), zone)
    title = values.get("title") or said.subject
    if said.subject and fold(said.subject) in fold(title):
        values |= {"title": title, "particulars": replace(said, subject="")}
