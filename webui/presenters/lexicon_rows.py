"""The own lexicon as tables, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import TraCuuError
from webui.context.translation import gettext
from webui.presenters import desk_words

_LINE = re.compile(r"at line (\d+), column (\d+)")
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
    elif table := _NONE.search(told):
        said = gettext("Không có bảng tên [%(name)s].", name=table[1])
    elif form := _OF.search(told):
        said = gettext(
            "Dòng %(form)s viết chưa đúng: thiếu nghĩa, hoặc có nhiều nghĩa ở bảng chỉ nhận một nghĩa.",
            form=form[1],
        )
    else:
        said = gettext("Không làm được thay đổi này.")
    return Wrong(said, told)
