"""``_folder.toml``: what a folder says of all articles in it, and below it."""

from __future__ import annotations

import os
import posixpath
import tomllib
from collections.abc import Iterable
from pathlib import Path

from indexer.errors import ItemError
from indexer.sources import Problem
from indexer.sources.bounded import read_bounded
from indexer.sources.defaults import Defaults

FILE_NAME = "_folder.toml"
_LARGEST = 64 * 2**10
_STAFF = "Everything it applies to is treated as staff-only"


def is_folder_settings(name: str) -> bool:
    """Whether a file of this name is, or was meant to be, a folder's settings (``_folder.toml.txt``)."""
    own = posixpath.basename(name).casefold()
    return own in (FILE_NAME, "folder.toml", "folders.toml") or own.startswith(("_folder.", "_folders."))


class FolderSettings:
    """Reads folders' settings, and keeps what was wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, folder: Path, above: Defaults) -> Defaults:
        """Return the defaults of ``folder`` in one that has ``above``."""
        for path in _settings_in(folder):
            above = self.refined(above, str(path), path)
        return above

    def refined(self, above: Defaults, name: str, place: Path | str) -> Defaults:
        """Return ``above`` with what the file at ``place`` says, which is called ``name``; as a text why it can't be read."""
        if isinstance(place, str):
            return self._broken(above, name, place)
        if _is_wrong(name, place):
            return self._broken(above, name, f"its name must be {FILE_NAME}")
        try:
            values = tomllib.loads(read_bounded(place, _LARGEST).decode("utf-8-sig"))
        except ItemError as error:
            return self._broken(above, name, str(error))
        except (ValueError, RecursionError) as error:
            return self._broken(above, name, f"it is not valid TOML: {error}")
        defaults, wrong = above.refined(values)
        if wrong:
            self._told(name, "; ".join(wrong))
        return defaults

    def _broken(self, above: Defaults, name: str, reason: str) -> Defaults:
        self._told(name, reason)
        return Defaults("staff", above.sources, above.category)

    def _told(self, name: str, reason: str) -> None:
        # No article is missing for it, so it keeps none from being pruned.
        self.problems.append(Problem(name, f"{reason}. {_STAFF}", id=name))


class FolderDefaults:
    """The defaults of every folder in a folder: its own, where it has none those of the one above, and so on.

    What can't be read means staff.
    """

    def __init__(self, root: Path, given: Defaults, found: Iterable[tuple[str, Path | str]] = ()) -> None:
        """``found`` are paths from ``root`` of files by that name: where they lie, or why they can't be read.

        Folders above ``root`` count, too: part of a folder is for those whom the whole of it is for.
        """
        self._settings = FolderSettings()
        above = given
        for folder in reversed(root.parents):
            above = self._settings.of(folder, above)
        self._found: dict[str, list[tuple[str, Path | str]]] = {}
        for name, place in found:
            self._found.setdefault(posixpath.dirname(name), []).append((name, place))
        self._known = {"": self._own("", above)}

    @property
    def problems(self) -> list[Problem]:
        """What was wrong with the settings that were asked for so far."""
        return self._settings.problems

    def of(self, folder: str) -> Defaults:
        """Return the defaults of ``folder``, a path from the root, ``""`` for the root itself."""
        if folder not in self._known:
            self._known[folder] = self._own(folder, self.of(posixpath.dirname(folder)))
        return self._known[folder]

    def _own(self, folder: str, above: Defaults) -> Defaults:
        # Whatever their order: one that can't be read, or goes by another name, has the last word.
        for name, place in sorted(self._found.get(folder, ()), key=lambda one: _is_wrong(*one)):
            above = self._settings.refined(above, name, place)
        return above


def _is_wrong(name: str, place: Path | str) -> bool:
    return isinstance(place, str) or posixpath.basename(name).casefold() != FILE_NAME


def _settings_in(folder: Path) -> list[Path]:
    """Return what may be settings in a folder above, the one by the right name first."""
    try:
        names = [path.name for path in folder.iterdir() if is_folder_settings(path.name)]
    except OSError:  # a folder that may be passed through, and not be looked into
        names = [FILE_NAME] if os.access(folder / FILE_NAME, os.F_OK) else []
    return [folder / name for name in sorted(names, key=lambda name: (name.casefold() != FILE_NAME, name))]
