"""How much a run looks at: a sample of what is alike, or everything (``make test-all``), or of one engine (``make test-cluster``)."""

from __future__ import annotations

import os

ALL = os.environ.get("TRACUU_TESTS") == "all"
CLUSTER = os.environ.get("TRACUU_TESTS") == "cluster"
