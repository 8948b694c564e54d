"""PURE: one line of a lexicon changed in its text, all else as it is written, comments too."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from indexer.errors import UsageError
from indexer.lexicon.loading import TABLES, read_tables

LISTS = ("synonyms", "renamed", "never_suggested")
"""Tables in which a form stands for several others."""
_HEAD = re.compile(r"[ \t]*\[([^\[\]]+)\]")
_LONGEST_ENTRY = 200
"""Lines of one entry that is written over several."""


def with_line(text: str, table: str, form: str, meant: str | Sequence[str]) -> str:
    """Return ``text`` with ``form = meant`` in ``table``, in place of the line that it has for ``form``.

    Raises SettingsError where the text is no lexicon, UsageError where such a line can't be written into it.
    """
    tables = _tables(text)
    if table not in TABLES:
        raise UsageError(f"a lexicon has no table {table!r}; use one of {', '.join(TABLES)}")
    several = [meant] if isinstance(meant, str) else list(meant)
    value: Any = several if table in LISTS or len(several) != 1 else several[0]
    # Basic strings of TOML are those of JSON, but for one control character.
    key, written = (json.dumps(one, ensure_ascii=False).replace("\x7f", "\\u007f") for one in (form, value))
    line = f"{key} = {written}\n"
    lines = _lines(text)
    if form in tables.get(table, {}):
        start, end = _place(lines, table, form)
        lines[start:end] = [line]
    elif (head := _head(lines, table)) is not None:
        lines.insert(head + 1, line)
    else:
        lines += [*([] if not lines or not lines[-1].strip() else ["\n"]), f"[{table}]\n", line]
    return _checked("".join(lines), {**tables, table: {**tables.get(table, {}), form: value}}, form)


def without_line(text: str, table: str, form: str) -> str:
    """Return ``text`` without the line for ``form`` in ``table``; raises SettingsError, UsageError."""
    tables = _tables(text)
    if form not in tables.get(table, {}):
        raise UsageError(f"[{table}] has no line for {form!r}")
    lines = _lines(text)
    start, end = _place(lines, table, form)
    del lines[start:end]
    rest = {one: meant for one, meant in tables[table].items() if one != form}
    return _checked("".join(lines), {**tables, table: rest}, form)


def _tables(text: str) -> dict[str, Any]:
    return read_tables(text, "the lexicon")


def _lines(text: str) -> list[str]:
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def _head(lines: Sequence[str], table: str) -> int | None:
    """Return the index of the line that begins ``table``."""
    return next(
        (i for i, line in enumerate(lines) if (m := _HEAD.match(line)) and _name(m[1]) == table), None
    )


def _name(written: str) -> str:
    return written.strip().strip("\"'")


def _place(lines: Sequence[str], table: str, form: str) -> tuple[int, int]:
    """Return where the entry for ``form`` begins and ends; raises UsageError where it is written in another way."""
    head = _head(lines, table)
    if head is not None:
        for start, end, entry in _entries(lines, head + 1):
            if form in entry:
                return start, end
    raise UsageError(
        f"{form!r} in [{table}] is not on a line of its own; change it in the text of the lexicon"
    )


def _entries(lines: Sequence[str], start: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield where each entry from ``start`` to the next table begins and ends, and what it is."""
    while start < len(lines) and not _HEAD.match(lines[start]):
        for end in range(start + 1, min(start + _LONGEST_ENTRY, len(lines)) + 1):
            try:
                entry = tomllib.loads("".join(lines[start:end]))
            except (tomllib.TOMLDecodeError, RecursionError):
                continue
            yield start, end, entry
            break
        else:
            return
        start = end


def _checked(text: str, expected: dict[str, Any], form: str) -> str:
    """Return ``text`` where it says just what it should; else a person has to write it."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    if {n: t for n, t in found.items() if t} != {n: t for n, t in expected.items() if t}:
        raise UsageError(f"{form!r} can't be written as a line here; change it in the text of the lexicon")
    read_tables(text, "the lexicon")
    return text
