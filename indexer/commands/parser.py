"""The command line: the options of every command. A command's module is imported when the command is called."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer import __version__
from indexer.commands import COMMANDS, WRITING, module_of
from indexer.errors import UsageError
from indexer.role_settings import ROLES
from indexer.settings import ENGINES, Settings


class Parser(argparse.ArgumentParser):
    """Accepts options before or after a command's name; wrong usage raises an error instead of ending the process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        group = self.add_argument_group("options of every command")

        def add(name: str, **meaning: Any) -> None:
            # Without a default, so that a value given before the command's name is not reset after it.
            group.add_argument(name, default=argparse.SUPPRESS, **meaning)

        usual = Settings()
        add("--data", metavar="DIR", help=f"data directory (default: {usual.data})")
        add("--engine", choices=ENGINES, help=f"search engine (default: {usual.engine})")
        add("--role", choices=ROLES, help=f"role among several machines (default: {usual.role})")
        add("--config", type=Path, metavar="FILE", help="settings file (default: tracuu.toml)")
        add("--lock-timeout", metavar="SECONDS", help="seconds to wait for another writer")
        add("--quiet", action="store_true", help="don't show progress")
        add("--json", action="store_true", help="print exactly one JSON document")

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raise UsageError, which names the help to read."""
        raise UsageError(f"{message}; run `{self.prog} --help` for usage")

    def actions(self) -> list[argparse.Action]:
        """Return the options and arguments added so far."""
        return list(self._actions)


class CommandParser(Parser):
    """The options of one command: those common to all, until :meth:`load` adds its own."""

    def __init__(self, *, command: str, **options: Any) -> None:
        super().__init__(**options)
        self._waiting: str | None = command

    def load(self) -> None:
        """Import the command's module and add its options, once."""
        if self._waiting is not None:
            module = import_module(module_of(self._waiting))
            self.set_defaults(run=module.run, needs_settings=True, writes=self._waiting in WRITING)
            self._waiting = None
            module.add_options(self)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Load the command, since it was called, and parse."""
        self.load()
        return super().parse_known_args(args, namespace)


class CommandLine(Parser):
    """The whole command line."""

    def __init__(self) -> None:
        super().__init__(prog="tracuu", description="Full-text search for Vietnamese portals.")
        self.add_argument("--version", action="version", version=f"tracuu {__version__}")
        adding = self.add_subparsers(
            title="commands", required=True, metavar="COMMAND", parser_class=CommandParser
        )
        self._commands = {
            name: adding.add_parser(name, help=summary, description=summary, command=name)
            for name, summary in COMMANDS.items()
        }

    def load(self) -> Iterator[tuple[str, CommandParser]]:
        """Yield every command with all its options, for documentation; this imports all modules."""
        for name, parser in self._commands.items():
            parser.load()
            yield name, parser
