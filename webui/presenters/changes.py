"""The journal of changes, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.curation.journal import Change
from indexer.curation.pinned import read_pinned
from indexer.curation.queries import read
from webui.context.translation import gettext, ngettext
from webui.presenters import desk_words
from webui.presenters.desk_links import desk_url
from webui.presenters.formats import number
from webui.presenters.lexicon_rows import lexicon_lines
from webui.presenters.line_changes import Line, line_changes

_MOST_LINES = 40
"""Maximum number of lines shown for a change."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One entry of the journal."""

    change: Change
    subject: str
    """The query, or the folder of a backup; empty for the lexicon."""
    said: str
    """What was done, in one sentence; empty if the lines show it."""
    lines: Sequence[Line] = ()
    more: int = 0
    """Number of lines left out."""
    back: str = ""
    """The page where the previous state can be viewed and restored."""

    @property
    def who(self) -> str:
        """Who made the change."""
        return self.change.who or gettext("không rõ người sửa")


def change_view(change: Change) -> ChangeView:
    """Return a journal entry for display."""
    match change.kind:
        case "pins":
            return _pins(change)
        case "query":
            done = read(change)
            said = desk_words.STATES[done.state] if done.state else desk_words.NOTHING_DONE
            text = f"{said}: {done.remark}" if done.remark else said
            return ChangeView(
                change, change.subject, text, back=desk_url("/queries/one", [("q", change.subject)])
            )
        case "backup":
            return ChangeView(change, change.subject, _backed_up(json.loads(change.after)))
    lines = lexicon_lines(change.before, change.after)
    return ChangeView(change, "", "", lines[:_MOST_LINES], max(0, len(lines) - _MOST_LINES))


def _pins(change: Change) -> ChangeView:
    (old, before), (new, after) = read_pinned(change.before), read_pinned(change.after)
    lines = line_changes("\n".join(before), "\n".join(after))
    said = "" if after else gettext("Bỏ ghim")
    back = desk_url("/pins", [("q", new or old), ("draft", "1"), *(("id", id) for id in before)])
    return ChangeView(change, new or old, said, lines, back=back)


def _backed_up(held: dict[str, Any]) -> str:
    said = gettext(
        "%(articles)s bài, %(files)s tệp", articles=number(held["articles"]), files=number(held["files"])
    )
    if problems := held["problems"]:
        return f"{said}; " + ngettext("%(count)s tệp thiếu hoặc hỏng", problems, count=number(problems))
    return said
