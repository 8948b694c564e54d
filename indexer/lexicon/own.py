"""The operator's own lexicon: where it is, and how a line gets into it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from indexer.disk import durable
from indexer.disk.exclusive import changing
from indexer.errors import StorageError, UsageError
from indexer.lexicon.loading import read_own, read_tables
from indexer.settings import Settings

FILE_NAME = "lexicon.toml"
_LISTS = ("synonyms", "renamed")


def own_lexicon(settings: Settings) -> Path:
    """Return the file of the setting ``lexicon``, else the one in the data directory, whether it is there or not."""
    return Path(settings.lexicon) if settings.lexicon else settings.data / FILE_NAME


def add_form(path: Path, table: str, form: str, meant: str) -> None:
    """Add ``form = meant`` to a table of the lexicon at ``path``; all else in it stays as it is written.

    Raises UsageError where the table has the form already, SettingsError where the file can't be read, StorageError.
    """
    with changing(path):
        _add_form(path, table, form, meant)


def own_text(path: Path) -> str:
    """Return the lexicon at ``path`` as it is written, empty where there is none; raises StorageError."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} can't be read: {error}; mend its permissions or its encoding") from error


def replace_own(path: Path, text: str, check: Callable[[], None]) -> None:
    """Let the lexicon at ``path`` be ``text``, TOML; raises SettingsError naming what is wrong in it, StorageError.

    ``check`` is called when nobody else can change the file any more; what it raises keeps it as it is.
    """
    read_tables(text, "the lexicon")
    with changing(path):
        check()
        durable.write(path, text.encode())


def _add_form(path: Path, table: str, form: str, meant: str) -> None:
    text = own_text(path)
    if text and form in read_own(path).get(table, {}):
        raise UsageError(f"{path} has {form!r} in [{table}] already; change it there")
    # Basic strings of TOML are those of JSON; queries hold no control characters.
    written = json.dumps([meant] if table in _LISTS else meant, ensure_ascii=False)
    line = f"{json.dumps(form, ensure_ascii=False)} = {written}\n"
    if text and not text.endswith("\n"):
        text += "\n"
    head = re.search(rf"^\[{table}\][^\n]*\n", text, re.MULTILINE)
    if head:
        text = text[: head.end()] + line + text[head.end() :]
    else:
        text += f"[{table}]\n{line}"
    durable.write(path, text.encode())
