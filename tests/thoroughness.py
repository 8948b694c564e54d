"""How much a run looks at: a sample of what is alike, or everything (``make test-all``)."""

from __future__ import annotations

import os

ALL = os.environ.get("TRACUU_TESTS") == "all"
