"""Machines take over from each other at any moment, over a real store of objects: nothing acknowledged is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.settings import Settings
from tests.crashes.takeovers import WAYS, Takeovers
from tests.files.gateway import BUCKET, Gateway

_ROUNDS = 20


@pytest.mark.crash
def test_whoever_takes_over_has_everything_that_was_acknowledged(gateway: Gateway, tmp_path: Path) -> None:
    settings = Settings(
        workers=1, ocr=False, files=f"s3://{BUCKET}/takeovers/{tmp_path.name}", s3=gateway.settings()
    )
    rounds = Takeovers(tmp_path, settings, seed=23)
    for _ in range(_ROUNDS):
        rounds.round()
    rounds.finish()
    assert set(rounds.ways) == set(WAYS) and rounds.adopted and rounds.said["refused"]
