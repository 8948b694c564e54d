"""Serve the pages and the API."""

from __future__ import annotations

import argparse

from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu serve``."""
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8000)")
    parser.add_argument("--workers", dest="web_workers", type=int, metavar="N", help="processes (2)")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM."""
    # Only this command needs Flask and the server.
    from webui.server import serve

    return serve(settings, quiet=getattr(options, "quiet", False))
