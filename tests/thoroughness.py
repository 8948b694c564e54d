"""How much a run tests: a sample of similar cases, or everything (``make test-all``), or of one engine (``make test-cluster``)."""

from __future__ import annotations

import os

ALL = os.environ.get("TRACUU_TESTS") == "all"
CLUSTER = os.environ.get("TRACUU_TESTS") == "cluster"
