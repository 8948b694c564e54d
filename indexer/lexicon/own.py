"""The operator's own lexicon: where it is, and how a line gets into it.

It is changed by :mod:`indexer.curation.curator` alone.
"""

from __future__ import annotations

from pathlib import Path

from indexer.disk import durable
from indexer.errors import StorageError, UsageError
from indexer.lexicon.lines import with_line
from indexer.lexicon.loading import read_own, read_tables
from indexer.settings import Settings

FILE_NAME = "lexicon.toml"


def own_lexicon(settings: Settings) -> Path:
    """Return the file of the setting ``lexicon``, else the one in the data directory, whether it is there or not."""
    return Path(settings.lexicon) if settings.lexicon else settings.data / FILE_NAME


def own_text(path: Path) -> str:
    """Return the lexicon at ``path`` as it is written, empty where there is none; raises StorageError."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} can't be read: {error}; fix its permissions or its encoding") from error


def replace_own(path: Path, text: str) -> None:
    """Let the lexicon at ``path`` be ``text``, TOML; raises SettingsError naming what is wrong in it, StorageError."""
    read_tables(text, "the lexicon")
    with durable.storage_errors(path, "written"):
        durable.write(path, text.encode())


def with_form(path: Path, table: str, form: str, meant: str) -> str:
    """Return the text of the lexicon at ``path`` with ``form = meant`` in ``table``; all else stays as it is written.

    Raises UsageError where the table has the form already, SettingsError where the file can't be read, StorageError.
    """
    text = own_text(path)
    if text and form in read_own(path).get(table, {}):
        raise UsageError(f"{path} already has {form!r} in [{table}]; change it there")
    return with_line(text, table, form, meant)
