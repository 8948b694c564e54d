"""The operator's own lexicon: its location, and adding a line to it.

Only :mod:`indexer.curation.curator` changes it.
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
    """Return the file named by the setting ``lexicon``, otherwise the one in the data directory, whether or not it exists."""
    return Path(settings.lexicon) if settings.lexicon else settings.data / FILE_NAME


def own_text(path: Path) -> str:
    """Return the text of the lexicon at ``path``, empty if it does not exist; raises StorageError."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} can't be read: {error}; fix its permissions or its encoding") from error


def replace_own(path: Path, text: str) -> None:
    """Replace the lexicon at ``path`` by ``text``, in TOML; raises SettingsError naming errors in it, or StorageError."""
    read_tables(text, "the lexicon")
    with durable.storage_errors(path, "written"):
        durable.write(path, text.encode())


def with_form(path: Path, table: str, form: str, meant: str) -> str:
    """Return the text of the lexicon at ``path`` with ``form = meant`` added to ``table``, otherwise unchanged.

    Raises UsageError if the table already has the form, SettingsError if the file is unreadable, StorageError.
    """
    text = own_text(path)
    if text and form in read_own(path).get(table, {}):
        raise UsageError(f"{path} already has {form!r} in [{table}]; change it there")
    return with_line(text, table, form, meant)
