"""Writes the man page from the options of the commands: ``make man`` puts it into ``docs/tracuu.1``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from indexer import __version__
from indexer.commands import COMMANDS
from indexer.commands.parser import CommandLine, Parser

_AROUND = """\
.SH EXIT STATUS
0: done. 1: done, but some items failed. 2: wrong use. 3: the index, the data directory or the address is not available.
.SH ENVIRONMENT
Each setting may be given as a variable, \\fBTRACUU_DATA\\fR for \\fBdata\\fR; options go before variables, variables before the file.
.SH FILES
.TP
.I tracuu.toml
Settings, read from the working directory unless \\fB\\-\\-config\\fR names another file.
.TP
.I index_data
The data directory unless \\fB\\-\\-data\\fR names another."""


def man_page() -> str:
    """Return the page in roff; it does not depend on the version of Python."""
    line = CommandLine()
    parsers = dict(line.load())
    everywhere = {option for action in line.actions() for option in action.option_strings}
    text = [
        f'.TH TRACUU 1 "" "Tra Cứu {_plain(__version__)}" "User Commands"',
        ".SH NAME",
        "tracuu \\- full\\-text search for Vietnamese portals",
        ".SH SYNOPSIS",
        ".B tracuu",
        "[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...",
        ".SH OPTIONS",
        "Before or after the name of the command, and all but \\fB\\-\\-version\\fR with every command:",
        *_described(line, set()),
        ".SH COMMANDS",
    ]
    for name, summary in COMMANDS.items():
        text += [f".SS {name}", _plain(summary), *_described(parsers[name], everywhere)]
    return "\n".join([*text, _AROUND, ""])


def _described(parser: Parser, known: set[str]) -> Iterator[str]:
    """Yield a paragraph for each option or argument of ``parser`` that is not ``known``."""
    for action in parser.actions():
        if isinstance(action, argparse._SubParsersAction) or known.intersection(action.option_strings):
            continue
        named = ", ".join(f"\\fB{_plain(option)}\\fR" for option in action.option_strings)
        values = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
        if action.nargs != 0:
            named += f" \\fI{_plain(str(values))}\\fR" + ("..." if action.nargs in ("+", "*") else "")
        yield from (".TP", named.strip(), _plain((action.help or _UNSAID).replace("%%", "%")))


def _plain(text: str) -> str:
    """Return ``text`` escaped for roff; no line of it begins like a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


_UNSAID = "\\&"
"""The help of options whose names say everything."""


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(man_page())
