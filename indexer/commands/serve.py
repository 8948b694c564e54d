"""Serve the web pages and the API."""

from __future__ import annotations

import argparse
import math
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace

from indexer.commands.given import given_settings
from indexer.role_settings import READING_ROLES
from indexer.settings import AUTO, Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu serve``."""
    usual = Settings()
    parser.add_argument("--host", help=f"address to listen on (default: {usual.host})")
    parser.add_argument("--port", help=f"port to listen on (default: {usual.port})")
    parser.add_argument(
        "--workers",
        dest="web_workers",
        metavar="N",
        help=f"number of web processes (default: {usual.web_workers})",
    )
    parser.add_argument(
        "--writer-command",
        metavar="COMMAND",
        help="command to keep running alongside (default: tracuu write; empty for none)",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM; SIGHUP reads the settings again."""
    # Only this command needs Flask and the server.
    from webui.serving.reloading import Operations
    from webui.serving.server import serve

    def beside(now: Settings) -> Mapping[str, str]:
        reads = now.role in READING_ROLES
        return {
            "writer": "" if reads else _writer(options, now),
            "publisher": _command("publish", options, now) if now.role == "writer" else "",
            "follower": _command("follow", options, now) if reads else "",
        }

    operations = Operations(lambda: given_settings(options), beside, _catch_up)
    return serve(settings, operations, quiet=getattr(options, "quiet", False))


def _catch_up(settings: Settings) -> None:
    # Not needed to serve, and heavy.
    from indexer.indexing.opening import open_pipeline

    # Another process may write for hours; until it is done, pages are served as before.
    with open_pipeline(replace(settings, lock_timeout=math.inf)):
        pass


def _writer(options: argparse.Namespace, settings: Settings) -> str:
    """Return the command of the writer: that of the settings, otherwise ``tracuu write`` with the options of this command."""
    return (
        _command("write", options, settings) if settings.writer_command == AUTO else settings.writer_command
    )


def _command(name: str, options: argparse.Namespace, settings: Settings) -> str:
    words = [
        sys.executable,
        "-m",
        "indexer",
        name,
        "--data",
        str(settings.data),
        "--engine",
        settings.engine,
        "--role",
        settings.role,
    ]
    if config := getattr(options, "config", None):
        words += ["--config", str(config)]
    if getattr(options, "quiet", False):
        words.append("--quiet")
    return shlex.join(words)
