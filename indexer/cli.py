"""The command line: global options, the commands, and how errors become exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from indexer import __version__
from indexer.commands import (
    backup,
    citations,
    directive,
    directives,
    doctor,
    evaluate,
    extract,
    index,
    keys,
    pin,
    pins,
    rebuild,
    reextract,
    related,
    remove,
    report,
    restore,
    search,
    segment,
    serve,
    show,
    stats,
    suggest,
    unpin,
    verify,
    write,
)
from indexer.commands.output import print_json
from indexer.errors import StorageError, TraCuuError, UsageError
from indexer.settings import ENGINES, Settings, load_settings

COMMANDS = (
    index,
    search,
    suggest,
    related,
    show,
    remove,
    reextract,
    directive,
    directives,
    extract,
    citations,
    segment,
    evaluate,
    serve,
    write,
    keys,
    report,
    pin,
    unpin,
    pins,
    stats,
    doctor,
    verify,
    rebuild,
    backup,
    restore,
)
_INTERRUPTED = 130
"""What shells expect of a program ended by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (see the contract)."""
    _utf8_output()
    try:
        options = _parser().parse_args(arguments)
        flags = {name: getattr(options, name, None) for name in Settings.__dataclass_fields__}
        settings = load_settings(getattr(options, "config", None), flags)
        if settings.data.exists() and not settings.data.is_dir():
            raise StorageError(f"{settings.data} is a file, not a directory; choose another --data")
        code: int = options.run(options, settings)
        sys.stdout.flush()
        return code
    except TraCuuError as error:
        _say(str(error))
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            print_json({"error": str(error)})
        return error.exit_code
    except KeyboardInterrupt:
        _say("stopped; what was accepted is kept")
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader left (`tracuu search x | head`): nothing more to say, and nowhere to say it.
        _drop_output()
        return 0
    except OSError as error:
        _say(
            f"{error.filename or 'the output'} can't be used: {error.strerror or error}; mend that and run it again"
        )
        _drop_output()
        return StorageError.exit_code


def _say(what: str) -> None:
    with suppress(OSError):  # nobody can be told
        print(f"tracuu: {what}", file=sys.stderr)


def _drop_output() -> None:
    """Let what is not written yet go nowhere, rather than fail once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _utf8_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{message}; see `{self.prog} --help`")


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = _Parser(prog="tracuu", description="Full-text search for Vietnamese portals.", parents=[common])
    parser.add_argument("--version", action="version", version=f"tracuu {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Parser)
    for module in COMMANDS:
        name = module.__name__.rpartition(".")[2]
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary, parents=[_common()])
        module.add_options(command)
        command.set_defaults(run=module.run)
    return parser


def _common() -> _Parser:
    """Options accepted before or after the command's name; SUPPRESS keeps the two from clashing."""
    options = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("everywhere")
    group.add_argument("--data", type=Path, metavar="DIR", help="data directory (index_data)")
    group.add_argument("--engine", choices=ENGINES, help="search engine (tantivy)")
    group.add_argument("--config", type=Path, metavar="FILE", help="settings (tracuu.toml)")
    group.add_argument("--lock-timeout", type=float, metavar="SECONDS", help="wait for another writer")
    group.add_argument("--quiet", action="store_true", help="no progress")
    group.add_argument("--json", action="store_true", help="print exactly one JSON document")
    return options
