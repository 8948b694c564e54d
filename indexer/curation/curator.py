"""The one place that changes pins and the site's own lexicon, and notes what was done about queries; each change is in the journal.

Desk, API and commands all come here: one change at a time, and whoever has read an older version is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.curation.journal import Journal, Kind, Note, Via
from indexer.curation.pinned import written_pins
from indexer.curation.queries import QueryState, written
from indexer.errors import PreconditionError
from indexer.lexicon.own import own_lexicon, own_text, replace_own, with_form
from indexer.query_log.store import Proposal
from indexer.query_log.text import query_key
from indexer.search.pins import FILE_NAME as PINS
from indexer.search.pins import pin, pin_key, read_pins
from indexer.settings import Settings

Check = Callable[[], None]
"""Called when nobody else can change anything any more; what it raises keeps all as it is."""


def _unchecked() -> None:
    """Let every change through."""


class Curator:
    """Changes what people look after, in the name of ``who``. Raises StorageError beside what its methods say."""

    def __init__(self, settings: Settings, who: str, via: Via) -> None:
        self._pins: Path = settings.data / PINS
        self._lexicon = own_lexicon(settings)
        self._journal = Journal(settings.data)
        self._who, self._via = who, via

    def pin(self, query: str, ids: Sequence[str], check: Check = _unchecked) -> None:
        """Pin ``ids``, best first, to ``query`` in place of what was pinned to it; none unpins. Raises UsageError."""
        with self._journal.changing() as note:
            check()
            key = pin_key(query)
            before, after = written_pins(*read_pins(self._pins).get(key, ("", ()))), written_pins(query, ids)
            self._note_outside(note, "pins", key, before)
            pin(self._pins.parent, query, ids)
            if before != after:
                note(self._who, self._via, "pins", key, before, after)

    def replace_lexicon(self, text: str, check: Check = _unchecked) -> None:
        """Let the own lexicon be ``text``; raises SettingsError naming what is wrong in it."""
        with self._journal.changing() as note:
            check()
            self._replace_lexicon(note, text)

    def accept(self, proposal: Proposal) -> None:
        """Write a proposal into the own lexicon; raises UsageError where its form is there already, SettingsError."""
        with self._journal.changing() as note:
            self._replace_lexicon(note, with_form(self._lexicon, *proposal))

    def note_query(self, query: str, state: QueryState | None, remark: str, seen: int) -> None:
        """Note what was done about a query, None for nothing.

        ``seen`` is the number of the change that was read, 0 for none; raises PreconditionError where there is a newer one.
        """
        with self._journal.changing() as note:
            key = query_key(query)
            last = self._journal.last("query", key)
            if (last.n if last else 0) != seen:
                raise PreconditionError("the state of this query has changed since it was read")
            before, after = last.after if last else "", written(state, remark)
            if before != after:
                note(self._who, self._via, "query", key, before, after)

    def _replace_lexicon(self, note: Note, text: str) -> None:
        before = own_text(self._lexicon)
        self._note_outside(note, "lexicon", "", before)
        replace_own(self._lexicon, text)
        if before != text:
            note(self._who, self._via, "lexicon", "", before, text)

    def _note_outside(self, note: Note, kind: Kind, subject: str, found: str) -> None:
        """Note that a file is not what the journal says: somebody edited it by hand, or before there was a journal."""
        last = self._journal.last(kind, subject)
        known = last.after if last else ""
        if found != known:
            note("", "outside", kind, subject, known, found)
