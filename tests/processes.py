"""Processes that tests start beside their own: forked from one that has already imported what they need."""

from __future__ import annotations

import multiprocessing

BESIDE = multiprocessing.get_context("forkserver")
BESIDE.set_forkserver_preload(
    [
        "indexer.cli",
        *(f"indexer.commands.{name}" for name in ("backup", "rebuild", "restore")),
        "indexer.engine.tantivy_",
        "indexer.engine.whoosh_",
        "indexer.vietnamese.words",
        "tests.upkeep.collection",
    ]
)
