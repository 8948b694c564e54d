"""Every weight of the ranking, one line each saying where it came from and what holds it.

``tracuu evaluate`` on a judged set gives the figures; no weight changes without them.
"""

from __future__ import annotations

FIELD_WEIGHTS = {"text": 1.0, "title": 0.2, "body": 1.0, "files": 0.4}
"""Score per field. ``text`` is title and body; ``title`` comes on top of it: 0.1 to 0.25 are level
on alqac (0.903) and 0.25 is best on uit_regulations (0.931 against 0.922 with 0). ``files`` lies
below the body as the design asks; no judged set holds attachments yet."""

PAIRS = 0.6
"""Folded pairs beside syllables: 0.851 -> 0.903 nDCG@10 on alqac, flat between 0.6 and 0.8."""

OWN_NUMBER = 40.0
"""The document that bears the number asked for comes first, above any sum of word scores."""

CITED_NUMBER = 20.0
"""Then what cites it."""

RECENCY_STEPS = 4
"""Half-lives over which recency is graded; older articles get none."""
