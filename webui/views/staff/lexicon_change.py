"""A change to the local lexicon as sent by a form: a new line, a removed line, a whole text, or an earlier state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.errors import NotFoundError, UsageError
from indexer.lexicon.lines import with_line, without_line
from indexer.lexicon.loading import read_tables
from webui.views.staff.asking import journal, number

_FIELDS = ("op", "table", "form", "meant", "text", "n")


@dataclass(frozen=True, slots=True)
class LexiconChange:
    """A requested change, to be applied to the current text."""

    op: str
    """``line``, ``remove``, ``undo``, or ``text`` for a whole text."""
    table: str = ""
    form: str = ""
    meant: str = ""
    """Meanings, one per line."""
    text: str = ""
    n: str = ""
    """For ``undo``: the number of the journal entry whose preceding text is to be restored."""

    def done_to(self, current: str) -> str:
        """Return the new text; raises UsageError, SettingsError or NotFoundError."""
        if self.op == "line":
            meant = [line.strip() for line in self.meant.splitlines() if line.strip()]
            return with_line(current, self.table, self.form, meant or [""])
        if self.op == "remove":
            return without_line(current, self.table, self.form)
        if self.op == "undo":
            change = journal().change(number("n", 0, 1 << 60, {"n": self.n}))
            if change is None or change.kind != "lexicon":
                raise NotFoundError("there is no such change")
            return change.before
        if self.op != "text":
            raise UsageError("there is no such change")
        read_tables(self.text, "the lexicon")
        return self.text

    @property
    def fields(self) -> Mapping[str, str]:
        """The form fields that repeat this request."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}


def read_change(sent: Mapping[str, str]) -> LexiconChange:
    """Return the change requested by a form."""
    given = {name: sent.get(name, "") for name in _FIELDS}
    # Browsers send CR LF at line ends.
    given = {name: value.replace("\r\n", "\n") for name, value in given.items()}
    return LexiconChange(**{**given, "form": " ".join(given["form"].split())})
