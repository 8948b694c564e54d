"""Default values of a source or folder for articles that do not state their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.model import Article, Audience
from indexer.sources.audience import read_audience


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for articles without their own."""

    audience: Audience = "public"
    sources: tuple[str, ...] = ()
    category: str | None = None

    def filled(self, article: Article, audience: Audience | None = None) -> Article:
        """Return ``article`` completed with these defaults; ``audience`` is what the article itself states."""
        return replace(
            article,
            audience=audience or self.audience,
            sources=article.sources or self.sources,
            category=article.category or self.category,
        )

    def refined(self, values: Mapping[str, object]) -> tuple[Defaults, list[str]]:
        """Return these defaults overridden by ``values`` (``audience``, ``source``, ``category``), and the errors in those.

        With any error, the audience becomes staff, because the unreadable part may have said so.
        """
        wrong = [
            f"{key!a} is not a known key; use audience, source or category"
            for key in values
            if key not in ("audience", "source", "category")
        ]
        audience, reason = read_audience(values.get("audience"), self.audience)
        wrong += [reason] if reason else []
        named = values.get("source", list(self.sources))
        sources = named if isinstance(named, list) else [named]
        if not all(isinstance(one, str) and one.strip() for one in sources):
            wrong.append("source must be a string or a list of strings")
            sources = []
        category = values.get("category", self.category)
        if category is not None and not isinstance(category, str):
            wrong.append("category must be a string")
            category = None
        return (
            Defaults(
                "staff" if wrong else audience, tuple(" ".join(str(one).split()) for one in sources), category
            ),
            wrong,
        )
