"""One JSON object of the contract's input -> ``Article``; the JSONL, sidecar and HTTP sources share it."""

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
    """What a record gave: the article, which parts of it were left out, and which were read otherwise than written."""

    article: Article
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Part -> reason."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Part -> what was read as what."""

    @property
    def problems(self) -> list[str]:
        """A sentence for each part that was left out."""
        return [f"{part} was left out: {reason}" for part, reason in self.left_out.items()]


class UnreadRecord(ItemError):
    """A record that can't be used, with its id where that could be read."""

    def __init__(self, message: str, errors: Mapping[str, str], id: str | None, staff: bool) -> None:
        """``staff`` tells whether it says, or may say, that its article is for staff."""
        super().__init__(message, errors)
        self.id = id
        self.staff = staff


class RecordReader:
    """Reads records under one set of settings; ``folder`` is where attachment paths start, if anywhere."""

    def __init__(
        self,
        settings: Settings,
        folder: Path | None = None,
        defaults: Defaults | None = None,
        ours: bool = False,
        staff_files: StaffFiles | None = None,
        locate: Locate = nowhere,
    ) -> None:
        """``defaults`` stand where a record says nothing, be it by ``null``.

        ``ours``: records may be written in our names, whatever the field map has for those of others. ``locate`` finds copies
        of files that are named by their addresses.
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
        """Return the article that ``record`` (parsed JSON) describes.

        A part that can be left out (an attachment that may not be read, an address that is
        none) is a problem beside the article; an audience that can't be read is staff. Raises UnreadRecord where the
        record as a whole can't be trusted: no object, bad id, wrong types, no date where one should be, no text.
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
        """Return ``article`` with what ``record`` says instead; its ``null`` empties a value.

        Raises UnreadRecord as :meth:`read` does; ids and titles can't be emptied.
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
        """Return the fields of Article that ``record`` gives, read and checked; UnreadRecord names all that are bad."""
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
                    # What a misspelt key said before it stays.
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
            # The export may have renamed it: what was for staff yesterday must not be public today.
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
    """Return the reasons of :attr:`Reading.left_out` as sentences that name their part, as those of bad fields do."""
    return {part: f"{part}: {reason}" for part, reason in left_out.items()}


def _title(name: str, value: object) -> str:
    return display_line(text_of(name, value), name)


_READERS: dict[str, Callable[[str, object], Any]] = {
    "title": _title, "summary": read_block, "body": read_block, "source": read_sources,
    "number": read_line, "type": read_line, "issuer": read_line,
}  # fmt: skip
"""How the values that need nothing but themselves are read."""
_FIELDS = {"source": "sources"}
"""Keys whose field of Article has another name."""
