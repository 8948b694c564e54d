"""The own lexicon as tables, and what is wrong with it."""

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
    """One line: a form and what it stands for."""

    form: str
    meant: Sequence[str]


def lexicon_rows(tables: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """Return the tables that have lines, in the order of the menu."""
    return [
        (
            name,
            [Row(form, [meant] if isinstance(meant, str) else meant) for form, meant in tables[name].items()],
        )
        for name in desk_words.TABLES
        if tables.get(name)
    ]


def lexicon_lines(before: str, after: str) -> Sequence[Line]:
    """Return what one text of a lexicon has that another has not, as an editor reads it; its lines where that tells nothing."""
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
    """What is wrong, for people; ``told`` is what the program says."""

    said: str
    told: str


def what_is_wrong(error: TraCuuError) -> Wrong:
    """Return what is wrong with a lexicon, or with a change of it."""
    told = str(error)
    if place := _LINE.search(told):
        said = gettext("Dòng %(line)s, cột %(column)s viết chưa đúng.", line=place[1], column=place[2])
    elif _END in told:
        said = gettext("Cuối văn bản viết chưa đúng: còn thiếu gì đó.")
    elif table := _NONE.search(told):
        said = gettext("Không có bảng tên [%(name)s].", name=table[1])
    elif form := _OF.search(told):
        said = gettext(
            "Dòng %(form)s viết chưa đúng: thiếu nghĩa, hoặc có nhiều nghĩa ở bảng chỉ nhận một nghĩa.",
            form=form[1],
        )
    elif isinstance(error, StorageError):
        said = gettext("Không ghi được tệp. Hãy báo người quản trị.")
    else:
        said = gettext("Không làm được thay đổi này.")
    return Wrong(said, told)
