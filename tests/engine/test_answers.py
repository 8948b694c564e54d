"""What the answers of the nodes mean to a writer."""

from __future__ import annotations

import pytest

from indexer.engine.opensearch_.answers import is_passing


@pytest.mark.parametrize(
    ("status", "kind", "passing"),
    [
        (429, "rejected_execution_exception", True),
        (503, "unavailable_shards_exception", True),
        (500, "node_closed_exception", True),
        (404, "shard_not_in_primary_mode_exception", True),
        (404, "index_shard_closed_exception", True),
        (404, "index_not_found_exception", False),
        (400, "mapper_parsing_exception", False),
        (403, "cluster_block_exception", False),
    ],
)
def test_a_change_is_sent_again_if_only_its_shard_is_not_ready(status: int, kind: str, passing: bool) -> None:
    assert is_passing({"status": status, "error": {"type": kind, "reason": ""}}) == passing
