"""The command line: it runs one command and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from indexer.commands.given import given_settings
from indexer.commands.output import print_json
from indexer.commands.parser import CommandLine
from indexer.errors import StorageError, TraCuuError
from indexer.settings import Settings

_INTERRUPTED = 130
"""The exit code that shells expect of a program ended by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (see the contract)."""
    _utf8_output()
    try:
        options = CommandLine().parse_args(arguments)
        if not options.needs_settings:
            return int(options.run(options, Settings()))
        settings = given_settings(options)
        if settings.data.exists() and not settings.data.is_dir():
            raise StorageError(f"{settings.data} is a file, not a directory; choose another --data")
        shared = options.writes and settings.role != "alone"
        if shared:
            # Only machines that share an object store need it.
            from indexer.replication.membership import writing_term

            writing_term(settings)
        code: int = options.run(options, settings)
        if shared:
            from indexer.upkeep.publishing import publish_now

            # Done means that it is not lost with this machine.
            publish_now(settings)
        sys.stdout.flush()
        return code
    except TraCuuError as error:
        _say(str(error))
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            print_json({"error": str(error)})
        return error.exit_code
    except KeyboardInterrupt:
        _say("interrupted; accepted articles are kept")
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader left (`tracuu search x | head`): there is nothing more to say, and nowhere to say it.
        _drop_output()
        return 0
    except OSError as error:
        _say(
            f"{error.filename or 'the output'} can't be used: {error.strerror or error}; fix that and run the command again"
        )
        _drop_output()
        return StorageError.exit_code


def _say(what: str) -> None:
    with suppress(OSError):  # nobody can be told
        print(f"tracuu: {what}", file=sys.stderr)


def _drop_output() -> None:
    """Discard unwritten output instead of failing again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _utf8_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
