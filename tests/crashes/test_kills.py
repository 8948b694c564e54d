"""A few rounds of what `make crash` does by the hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crashes.rounds import STAGES, Rounds

_KILLS = 3


@pytest.mark.crash
def test_every_promise_is_kept_whatever_is_killed(tmp_path: Path) -> None:
    rounds = Rounds(tmp_path, seed=8)
    with rounds.reading():
        while rounds.kills.total() < _KILLS:
            rounds.round(STAGES[rounds.number % len(STAGES)])
    assert rounds.reader.seen["searches"] > 100
