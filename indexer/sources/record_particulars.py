"""What a record says of the document that it is, beside number, type and issuer: who signed it, from when it is in force."""

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
"""Keys of a record that are of its document."""
_DAYS = ("issued", "effective", "expires")


def particulars_of(
    given: Mapping[str, object], zone: ZoneInfo, left_out: dict[str, str], known: Particulars | None = None
) -> Particulars:
    """Return ``known`` with what ``given`` says instead; ``null`` and empty text empty a value.

    A day that can't be read is noted in ``left_out`` and stays as it was.
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
    """Tell whether ``key`` of a record is of its document: all that a field map leads to, else text alone.

    In exports of other programs "status" and "field" often are something else: numbers, lists, "published".
    """
    if key not in KEYS or not (mapped or value is None or isinstance(value, str)):
        return False
    return mapped or key not in ("status", "field", "position")


def put_particulars(values: dict[str, Any], zone: ZoneInfo) -> None:
    """Let a record without a title have its subject for one, and the day of issue where it gives none of publication."""
    said = values.get("particulars")
    if said is None:
        return
    if said.issued and values.get("published") is None:
        values["published"] = datetime.combine(date.fromisoformat(said.issued), time(), zone)
    title = values.get("title") or said.subject
    if said.subject and fold(said.subject) in fold(title):
        values |= {"title": title, "particulars": replace(said, subject="")}
