"""Files -> the lexicon."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.lexicon.lexicon import Lexicon
from indexer.lexicon.places import place_names

TABLES = ("abbreviations", "renamed", "synonyms", "typed", "misspelled", "never_suggested")
_OF_ONE = ("typed", "misspelled")
"""Tables in which a form stands for one other."""
_SHIPPED = ("lexicon.toml", "spellings.toml", "misspellings.toml", "never_suggested.toml")


def load_lexicon(own: Path | None = None) -> Lexicon:
    """Return our lexicon with the operator's file on top; SettingsError names what is wrong in it."""
    return lexicon_with(read_own(own)) if own else _shipped()


def lexicon_with(own: dict[str, Any]) -> Lexicon:
    """Return our lexicon with the tables of one's own on top; takes a fifth of a second."""
    return Lexicon([*_shipped_tables(), own], place_names())


@functools.cache
def _shipped() -> Lexicon:
    """Ours alone never changes, and all its places take a fifth of a second to read."""
    return Lexicon(_shipped_tables(), place_names())


def _shipped_tables() -> list[dict[str, Any]]:
    folder = resources.files("indexer.lexicon")
    return [tomllib.loads(folder.joinpath(name).read_text("utf-8")) for name in _SHIPPED]


def read_own(path: Path) -> dict[str, Any]:
    """Return the tables of the file at ``path``; SettingsError names what is wrong in it."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"lexicon {path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"lexicon {path} is not valid TOML: {error}") from error
    return read_tables(text, f"lexicon {path}")


def read_tables(text: str, origin: str) -> dict[str, Any]:
    """Return the tables of a lexicon as TOML; SettingsError names what is wrong in it, and ``origin``."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{origin} is not valid TOML: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{origin} is not valid TOML: lists are nested too deeply") from error
    for name, table in tables.items():
        if name not in TABLES or not isinstance(table, dict):
            raise SettingsError(f"{origin}: no table [{name}] is known; use one of {', '.join(TABLES)}")
        for form, meant in table.items():
            texts = [meant] if isinstance(meant, str) and name in ("abbreviations", *_OF_ONE) else meant
            if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
                raise SettingsError(
                    f"{origin}: [{name}] {form!r} = {meant!r} must be a string or a list of strings"
                )
            if name in _OF_ONE and not isinstance(meant, str):
                raise SettingsError(f"{origin}: [{name}] {form!r} must be one string")
    return tables
