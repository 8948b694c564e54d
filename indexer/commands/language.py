"""The language of what a command prints: ``--lang``, or else the locale, or else English.

JSON is for programs, so it never depends on the locale: without ``--lang`` it is Vietnamese, as over HTTP.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping
from typing import get_args

from indexer.commands.output import wants_json
from indexer.commands.wording import WORDINGS, Wording
from indexer.model import Language

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name the locale of messages, the strongest first (POSIX, 8.2)."""
_VIETNAMESE = re.compile(r"vi(?![A-Za-z])", re.IGNORECASE)


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--lang``."""
    parser.add_argument(
        "--lang",
        choices=get_args(Language),
        help="language of the output (default: that of the locale; with --json vi)",
    )


def language_of(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language to print in."""
    if options.lang is not None:
        chosen: Language = options.lang
        return chosen
    if wants_json(options):
        return "vi"
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "vi" if _VIETNAMESE.match(locale) else "en"


def wording_of(options: argparse.Namespace) -> Wording:
    """Return the words to print in."""
    return WORDINGS[language_of(options)]
