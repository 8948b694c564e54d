"""One JSON object of the contract's input -> ``Article``; the JSONL, sidecar and HTTP sources share it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from indexer.errors import ItemError
from indexer.model import Article, Attachment, Audience
from indexer.settings import Settings
from indexer.sources.attachments import attachment_of, web_address
from indexer.sources.dates import moment_of
from indexer.sources.text import display_line, display_text, has_control, title_from

MAX_ID = 512
"""Characters of an id, by the contract."""

_KINDS = {bool: "true or false", int: "a number", float: "a number", dict: "an object", list: "a list"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record gave: the article, and which parts of it were left out, each with its reason."""

    article: Article
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        """A sentence for each part that was left out."""
        return [f"{part} was left out: {reason}" for part, reason in self.left_out.items()]


class RecordReader:
    """Reads records under one set of settings; ``folder`` is where attachment paths start, if anywhere."""

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self._zone = settings.zone
        self._field_map = dict(settings.field_map)
        self._folder = folder.resolve() if folder else None
        self._max_bytes = settings.max_file_mb * 2**20

    def read(self, record: object) -> Reading:
        """Return the article that ``record`` (parsed JSON) describes.

        A part that can be left out (an attachment that may not be read, an address that is
        none) is a problem beside the article. Raises ItemError where the record as a whole
        can't be trusted: no object, bad id, wrong types, no date where one should be, no text.
        """
        left_out: dict[str, str] = {}
        values = self._values(record, left_out)
        if "id" not in values:
            raise ItemError("the record has no id")
        text = values.setdefault("title", "") or values.get("summary") or values.get("body")
        if not text:
            raise ItemError("the record has neither title nor body")
        values["title"] = values["title"] or title_from(text)
        return Reading(Article(**values), left_out)

    def override(self, article: Article, record: object) -> Reading:
        """Return ``article`` with what ``record`` says instead; its ``null`` empties a value.

        Raises ItemError as :meth:`read` does; ids and titles can't be emptied.
        """
        left_out: dict[str, str] = {}
        values = self._values(record, left_out)
        if not values.get("title", "-"):
            del values["title"]
        return Reading(replace(article, **values), left_out)

    def _values(self, record: object, left_out: dict[str, str]) -> dict[str, Any]:
        """Return the fields of Article that ``record`` gives, read and checked; ItemError names all that are bad."""
        if not isinstance(record, dict):
            raise ItemError(f"a record must be an object, not {_kind(record)}")
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for key, value in self._mapped(record).items():
            try:
                if key in _READERS:
                    values[_FIELDS.get(key, key)] = _READERS[key](key, value)
                elif key in ("published", "updated"):
                    values[key] = self._moment(key, value)
                elif key == "url":
                    values[key] = _url(value, left_out)
                elif key == "attachments":
                    values[key] = self._attachments(value, left_out)
                else:
                    extra[key] = value
            except ItemError as error:
                wrong[key] = str(error)
        if wrong:
            wrong |= by_field(left_out)
            raise ItemError("; ".join(wrong.values()), wrong)
        if extra:
            _check_extra(extra)
            values["extra"] = extra
        return values

    def _mapped(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return ``record`` with foreign names replaced; one fills ours only where it is empty."""
        if not self._field_map:
            return record
        mapped = dict(record)
        for foreign, ours in self._field_map.items():
            if foreign in record and mapped.get(ours) in (None, "", []):
                mapped.pop(foreign, None)
                mapped[ours] = record[foreign]
        return mapped

    def _moment(self, name: str, value: object) -> datetime | None:
        text = _text(name, value)
        try:
            return moment_of(text, self._zone) if text else None
        except ValueError as error:
            raise ItemError(f"{name}: {error}") from None

    def _attachments(self, value: object, left_out: dict[str, str]) -> tuple[Attachment, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise ItemError(f"attachments must be a list, not {_kind(value)}")
        found = []
        for n, entry in enumerate(value):
            try:
                found.append(attachment_of(entry, self._folder, self._max_bytes))
            except ItemError as error:
                left_out[f"attachments[{n}]"] = str(error)
        return tuple(found)


def by_field(left_out: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons of :attr:`Reading.left_out` as sentences that name their part, as those of bad fields do."""
    return {part: f"{part}: {reason}" for part, reason in left_out.items()}


def check_id(value: object) -> str:
    """Return ``value`` if it can be an id; raises ItemError saying why not."""
    if not isinstance(value, str):
        raise ItemError("the record has no id" if value is None else f"id must be text, not {_kind(value)}")
    if not value.strip():
        raise ItemError("id is empty")
    if len(value) > MAX_ID:
        raise ItemError(f"id has {len(value)} characters; at most {MAX_ID} are allowed")
    if has_control(value):
        raise ItemError(f"id {value[:80]!a} holds a control character or half a surrogate pair")
    return value


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ItemError(f"{name} must be text, not {_kind(value)}")
    return value


def _block(name: str, value: object) -> str:
    return display_text(_text(name, value), name)


def _title(name: str, value: object) -> str:
    return display_line(_text(name, value), name)


def _line(name: str, value: object) -> str | None:
    return display_line(_text(name, value), name) or None


def _sources(name: str, value: object) -> tuple[str, ...]:
    lines = [_line(name, entry) for entry in (value if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(line for line in lines if line))


def _audience(_: str, value: object) -> Audience:
    if value is None or value == "public":
        return "public"
    if value == "staff":
        return "staff"
    raise ItemError(f"audience {str(value)[:40]!a} is unknown; it is public or staff")


def _url(value: object, left_out: dict[str, str]) -> str | None:
    text = _text("url", value).strip()
    url = web_address(text) if text else None
    if text and url is None:
        left_out["url"] = f"{text[:80]!a} is no http or https address, only such can be linked"
    return url


_READERS: dict[str, Callable[[str, object], Any]] = {
    "id": lambda _, value: check_id(value), "title": _title, "summary": _block, "body": _block,
    "source": _sources, "category": _line, "audience": _audience,
    "number": _line, "type": _line, "issuer": _line,
}  # fmt: skip
"""How the values that need nothing but themselves are read."""
_FIELDS = {"source": "sources"}
"""Keys whose field of Article has another name."""


def _check_extra(extra: Mapping[str, Any]) -> None:
    """Refuse what could not be written down again."""
    try:
        json.dumps(extra, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise ItemError("the record holds half a surrogate pair; write the whole character") from None
    except (ValueError, TypeError, RecursionError) as error:
        raise ItemError(f"the record holds a value that JSON can't hold: {error}") from None


def _kind(value: object) -> str:
    return "null" if value is None else _KINDS.get(type(value), "text")
