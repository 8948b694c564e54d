"""``_folder.toml``: defaults for all articles in a folder and below it."""

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
    """Return whether a file of this name is, or was meant to be, the settings of a folder (``_folder.toml.txt``)."""
    own = posixpath.basename(name).casefold()
    return own in (FILE_NAME, "folder.toml", "folders.toml") or own.startswith(("_folder.", "_folders."))


class FolderSettings:
    """Reads the settings of folders and collects the errors in them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, folder: Path, above: Defaults) -> Defaults:
        """Return the defaults of ``folder``, whose parent has the defaults ``above``."""
        for path in _settings_in(folder):
            above = self.refined(above, str(path), path)
        return above

    def refined(self, above: Defaults, name: str, place: Path | str) -> Defaults:
        """Return ``above`` overridden by the file at ``place``, called ``name``; a string is the reason why it cannot be read."""
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
        # This concerns no article, so it does not prevent pruning.
        self.problems.append(Problem(name, f"{reason}. {_STAFF}", id=name))


class FolderDefaults:
    """The defaults of every folder, each inheriting from its parent.

    Unreadable settings mean staff-only.
    """

    def __init__(self, root: Path, given: Defaults, found: Iterable[tuple[str, Path | str]] = ()) -> None:
        """``found`` maps paths of such files, relative to ``root``, to their location, or to the reason why they cannot be read.

        Folders above ``root`` count, too: the audience of a folder applies to everything in it.
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
        """The errors in the settings requested so far."""
        return self._settings.problems

    def of(self, folder: str) -> Defaults:
        """Return the defaults of ``folder``, relative to the root; ``""`` is the root itself."""
        if folder not in self._known:
            self._known[folder] = self._own(folder, self.of(posixpath.dirname(folder)))
        return self._known[folder]

    def _own(self, folder: str, above: Defaults) -> Defaults:
        # Files that cannot be read, or have another name, come last, so that they decide.
        for name, place in sorted(self._found.get(folder, ()), key=lambda one: _is_wrong(*one)):
            above = self._settings.refined(above, name, place)
        return above


def _is_wrong(name: str, place: Path | str) -> bool:
    return isinstance(place, str) or posixpath.basename(name).casefold() != FILE_NAME


def _settings_in(folder: Path) -> list[Path]:
    """Return possible settings files in a parent folder, the correctly named one first."""
    try:
        names = [path.name for path in folder.iterdir() if is_folder_settings(path.name)]
    except OSError:  # a folder that may be passed through, and not be looked into
        names = [FILE_NAME] if os.access(folder / FILE_NAME, os.F_OK) else []
    return [folder / name for name in sorted(names, key=lambda name: (name.casefold() != FILE_NAME, name))]
