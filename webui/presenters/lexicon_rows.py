"""The local lexicon as tables, and the errors found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import SettingsError, StorageError, TraCuuError
from indexer.lexicon.loading import read_tables
from webui.context.translation import gettext
from webui.presenters import desk_words
from webui.presenters.line_changes import Line, line_changes

_LINE = re.compile(r"at line (\d+), column (\d+)")
_END = "at end of document"
_NONE = re.compile(r"no table \[(.*?)\]")
_OF = re.compile(r"\[\w+\] (.*?)(?: = .*)? must be")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the lexicon: a form and its meanings."""

    form: str
    meant: Sequence[str]


def lexicon_rows(tables: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """Return the tables that have lines, in menu order."""
    return [
        (
            name,
            [Row(form, [meant] if isinstance(meant, str) else meant) for form, meant in tables[name].items()],
        )
        for name in desk_words.TABLES
        if tables.get(name)
    ]


def lexicon_lines(before: str, after: str) -> Sequence[Line]:
    """Return how one lexicon differs from another in terms of an editor; as changed lines of text if no entry differs."""
    old, new = _entries(before), _entries(after)
    if old is None or new is None or old == new:
        return line_changes(before, after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            found += [
                Line(entries is new, _entry(key, entries[key])) for entries in (old, new) if key in entries
            ]
    return found


def _entries(text: str) -> dict[tuple[str, str], Sequence[str]] | None:
    try:
        tables = read_tables(text, "the lexicon")
    except SettingsError:
        return None
    return {(name, row.form): row.meant for name, rows in lexicon_rows(tables) for row in rows}


def _entry(key: tuple[str, str], meant: Sequence[str]) -> str:
    table, form = key
    return f"{desk_words.TABLES[table][0]}: {form} → {'; '.join(meant)}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error for people; ``told`` is the message of the program."""

    said: str
    told: str


def what_is_wrong(error: TraCuuError) -> Wrong:
    """Return what is wrong with a lexicon, or with a change to it."""
    told = str(error)
    if place := _LINE.search(told):
        said = gettext("Dòng %(line)s, cột %(column)s chưa đúng.", line=place[1], column=place[2])
    elif _END in told:
        said = gettext("Phần cuối chưa đúng: còn thiếu nội dung.")
    elif table := _NONE.search(told):
        said = gettext("Không có bảng [%(name)s].", name=table[1])
    elif form := _OF.search(told):
        said = gettext(
            "Dòng %(form)s chưa đúng: thiếu nghĩa, hoặc có nhiều nghĩa trong khi bảng chỉ nhận một nghĩa.",
            form=form[1],
        )
    elif isinstance(error, StorageError):
        said = gettext("Không ghi được tệp. Hãy báo người quản trị.")
    else:
        said = gettext("Không thực hiện được thay đổi này.")
    return Wrong(said, told)
