"""Print the completion script for a shell."""

from __future__ import annotations

import argparse

import shtab

from indexer.commands.parser import CommandLine
from indexer.settings import Settings

_SHELLS = ("bash", "zsh", "fish")
_PATHS = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "PATH": shtab.FILE}
"""Placeholder of a path in the help -> what the shell completes there."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu completion``."""
    parser.add_argument("shell", choices=_SHELLS)
    # The script is part of the start-up of a shell, so settings in the current folder must not break it.
    parser.set_defaults(needs_settings=False)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print a script for the shell to source; docs/operating.md says where to put it."""
    line = CommandLine()
    for parser in (line, *(parser for _, parser in line.load())):
        for action in parser.actions():
            if isinstance(action.metavar, str) and action.metavar in _PATHS:
                action.complete = _PATHS[action.metavar]  # type: ignore[attr-defined]
    print(shtab.complete(line, options.shell))
    return 0
