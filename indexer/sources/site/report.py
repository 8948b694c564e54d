"""What a run over a site came to: counts, and for each reason to leave something out how often and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from indexer.sources.site.visit import Became, End, Visit

_EXAMPLES = 5
_MOST_REASONS = 200


@dataclass(frozen=True, slots=True)
class Left:
    """Pages, or attachments, that were left for one reason."""

    became: Became
    reason: str
    number: int
    examples: tuple[str, ...]
    """Addresses of some of them."""


@dataclass(slots=True)
class Report:
    """Of one run."""

    counts: Counter[Became] = field(default_factory=Counter)
    reasons: dict[tuple[Became, str], int] = field(default_factory=dict)
    examples: dict[tuple[Became, str], list[str]] = field(default_factory=dict)
    end: End | None = None
    resumed: bool = False
    """Whether it went on with a run that was stopped."""

    def add(self, visit: Visit) -> None:
        """Count a visit."""
        self.counts[visit.became] += 1
        if not visit.reason:
            return
        key = (visit.became, visit.reason)
        if key not in self.reasons and len(self.reasons) >= _MOST_REASONS:
            key = (visit.became, "other reasons")
        self.reasons[key] = self.reasons.get(key, 0) + 1
        shown = self.examples.setdefault(key, [])
        if len(shown) < _EXAMPLES:
            shown.append(visit.address)

    @property
    def whole(self) -> bool:
        """Whether all was visited."""
        return self.end is not None and not self.end.reason

    @property
    def stopped(self) -> str:
        """Why not all was visited, empty where it was."""
        return self.end.reason if self.end else "fetching was interrupted"

    @property
    def left(self) -> list[Left]:
        """What became no article, by reasons; the most frequent one first."""
        order = sorted(self.reasons, key=lambda one: (-self.reasons[one], one))
        return [Left(*one, self.reasons[one], tuple(self.examples[one])) for one in order]

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "pages": {str(became): self.counts[became] for became in Became},
            "whole": self.whole,
            "stopped": self.stopped,
            "resumed": self.resumed,
            "requests": self.end.requests if self.end else None,
            "received_bytes": self.end.received if self.end else None,
            "left": [
                {"became": str(one.became), "reason": one.reason, "number": one.number, "examples": list(one.examples)}
                for one in self.left
            ],
        }  # fmt: skip
