"""Converts a JSON object in the contract's input format to an ``Article``; shared by JSONL, sidecars and HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from indexer.errors import ItemError
from indexer.model import Article, Attachment, Particulars
from indexer.settings import Settings
from indexer.sources.attachments import Locate, attachment_of, nowhere
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import is_misspelt, mentions_audience, misspelt_reason, read_audience
from indexer.sources.dates import read_moment
from indexer.sources.defaults import Defaults
from indexer.sources.field_map import FieldMap
from indexer.sources.html_values import HTML_KEYS, HtmlText, put_html, read_html
from indexer.sources.mentioned import Mentioned, written
from indexer.sources.record_particulars import is_given, particulars_of, put_particulars
from indexer.sources.staff_files import StaffFiles
from indexer.sources.text import display_line, title_from
from indexer.sources.values import (
    Said,
    check_extra,
    kind_of,
    read_block,
    read_category,
    read_id,
    read_line,
    read_sources,
    read_url,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The result for a record: the article, the parts left out, and the parts that were interpreted."""

    article: Article
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Part -> reason."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Part -> how it was interpreted."""

    @property
    def problems(self) -> list[str]:
        """A sentence for each part that was left out."""
        return [f"{part} was left out: {reason}" for part, reason in self.left_out.items()]


class UnreadRecord(ItemError):
    """A record that cannot be used, with its id if that could be read."""

    def __init__(self, message: str, errors: Mapping[str, str], id: str | None, staff: bool) -> None:
        """``staff`` tells whether it says, or may say, that its article is staff-only."""
        super().__init__(message, errors)
        self.id = id
        self.staff = staff


class RecordReader:
    """Reads records with one set of settings; attachment paths, if any, are relative to ``folder``."""

    def __init__(
        self,
        settings: Settings,
        folder: Path | None = None,
        defaults: Defaults | None = None,
        ours: bool = False,
        staff_files: StaffFiles | None = None,
        locate: Locate = nowhere,
    ) -> None:
        """``defaults`` apply where a record has no value, or null.

        ``ours``: records may use our own names, whatever the field map says about others. ``locate`` finds copies of files
        given by address.
        """
        self._zone = settings.zone
        self._field_map = FieldMap(settings.field_map)
        self._folder = folder.resolve() if folder else None
        self._max_bytes = settings.max_file_mb * 2**20
        self._defaults = defaults or Defaults()
        self._ours = ours
        self._locate = locate
        self._staff_files = staff_files or StaffFiles()
        self.mentioned = Mentioned(settings.field_map)

    def read(self, record: object) -> Reading:
        """Return the article described by ``record`` (parsed JSON).

        Parts that can be left out (an unreadable attachment, an invalid address) become problems beside the article; an
        unreadable audience means staff. Raises UnreadRecord if the record as a whole cannot be trusted: not an object, bad id,
        wrong types, invalid date, no text.
        """
        left_out: Said = {}
        notes: Said = {}
        values = self._values(record, left_out, notes)
        audience = values.setdefault(AUDIENCE, self._defaults.audience)
        id = values.get("id")
        if id is None:
            raise UnreadRecord("the record has no id", {}, None, audience == "staff")
        put_particulars(values, self._zone)
        text = values.setdefault("title", "") or values.get("summary") or values.get("body")
        if not text:
            raise UnreadRecord("the record has neither a title nor a body", {}, id, audience == "staff")
        values["title"] = values["title"] or title_from(text)
        values["sources"] = values.get("sources") or self._defaults.sources
        values["category"] = values.get("category") or self._defaults.category
        return Reading(self._staff_files.withheld(Article(**values), self._folder, left_out), left_out, notes)

    def override(self, article: Article, record: object) -> Reading:
        """Return ``article`` with the values of ``record`` replaced; ``null`` clears a value.

        Raises UnreadRecord like :meth:`read`; ids and titles cannot be cleared.
        """
        left_out: Said = {}
        notes: Said = {}
        values = self._values(record, left_out, notes, article.particulars)
        if not values.get("title", "-"):
            del values["title"]
        article = self._staff_files.withheld(replace(article, **values), self._folder, left_out)
        return Reading(article, left_out, notes)

    def _values(
        self, record: object, left_out: Said, notes: Said, known: Particulars | None = None
    ) -> dict[str, Any]:
        """Return the Article fields given by ``record``, validated; UnreadRecord names all invalid ones."""
        if not isinstance(record, dict):
            staff = mentions_audience(written(record))
            raise UnreadRecord(f"a record must be an object, not {kind_of(record)}", {}, None, staff)
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        said: dict[str, Any] = {}
        mapped = self._field_map.filled_by(record)
        wrong: Said = {}
        html: dict[str, HtmlText] = {}
        for key, value in self._field_map.applied(record).items():
            try:
                if key in _READERS:
                    values[_FIELDS.get(key, key)] = _READERS[key](key, value)
                elif key in ("published", "updated"):
                    values[key] = self._moment(key, value, notes)
                elif key == AUDIENCE:
                    # What the misspelt key said before still applies.
                    audience, reason = read_audience(value, self._defaults.audience)
                    values[key] = "staff" if AUDIENCE in left_out else audience
                    left_out.update({key: reason} if reason else {})
                elif key == "id":
                    values[key] = read_id(value, notes)
                elif key == "category":
                    values[key] = read_category(value, notes)
                elif key == "url":
                    values[key] = read_url(value, left_out)
                elif key == "attachments":
                    values[key] = self._attachments(value, left_out)
                elif key in HTML_KEYS:
                    html[HTML_KEYS[key]] = read_html(text_of(key, value))
                elif key == "particulars" and isinstance(value, dict):
                    said |= {name: one for name, one in value.items() if is_given(name, one, True)}
                elif is_given(key, value, key in mapped):
                    said[key] = value
                elif is_misspelt(key):
                    values[AUDIENCE] = "staff"
                    left_out[AUDIENCE] = misspelt_reason(key)
                else:
                    extra[key] = value
            except ItemError as error:
                wrong[key] = str(error)
        if said:
            values["particulars"] = particulars_of(said, self._zone, left_out, known)
        put_html(values, html, self._folder, notes, self._locate)
        if reason := self._field_map.lacks_audience(record, self._ours):
            # The export may have renamed it: what was staff-only yesterday must not be public today.
            values[AUDIENCE] = "staff"
            left_out[AUDIENCE] = reason
        if extra:
            try:
                check_extra(extra)
            except ItemError as error:
                wrong["record"] = str(error)
            values["extra"] = extra
        if wrong:
            wrong |= by_field(left_out)
            staff = values.get(AUDIENCE, self._defaults.audience) == "staff"
            raise UnreadRecord("; ".join(wrong.values()), wrong, values.get("id"), staff)
        return values

    def _moment(self, name: str, value: object, notes: Said) -> datetime | None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        written = value if number else text_of(name, value)
        if written == "":
            return None
        try:
            moment, note = read_moment(written, self._zone)  # type: ignore[arg-type]
        except (ValueError, OverflowError) as error:
            raise ItemError(f"{name}: {error}") from None
        if note:
            notes[name] = note
        return moment

    def _attachments(self, value: object, left_out: Said) -> tuple[Attachment, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise ItemError(f"attachments must be a list, not {kind_of(value)}")
        found = []
        for n, entry in enumerate(value):
            try:
                found.append(attachment_of(entry, self._folder, self._max_bytes, self._locate))
            except ItemError as error:
                left_out[f"attachments[{n}]"] = str(error)
        return tuple(found)


def by_field(left_out: Mapping[str, str]) -> Said:
    """Return the reasons in :attr:`Reading.left_out` as sentences that name their part, like those for invalid fields."""
    return {part: f"{part}: {reason}" for part, reason in left_out.items()}


def _title(name: str, value: object) -> str:
    return display_line(text_of(name, value), name)


_READERS: dict[str, Callable[[str, object], Any]] = {
    "title": _title, "summary": read_block, "body": read_block, "source": read_sources,
    "number": read_line, "type": read_line, "issuer": read_line,
}  # fmt: skip
"""Readers of values that depend on nothing else."""
_FIELDS = {"source": "sources"}
"""Keys whose Article field has a different name."""
