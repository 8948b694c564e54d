"""What is said of all articles of a source, or of a folder, where an article does not say it itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.model import Article, Audience
from indexer.sources.audience import read_audience


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for articles that have none of their own."""

    audience: Audience = "public"
    sources: tuple[str, ...] = ()
    category: str | None = None

    def filled(self, article: Article, audience: Audience | None = None) -> Article:
        """Return ``article`` with these where it has none; ``audience`` is what it says of that itself."""
        return replace(
            article,
            audience=audience or self.audience,
            sources=article.sources or self.sources,
            category=article.category or self.category,
        )

    def refined(self, values: Mapping[str, object]) -> tuple[Defaults, list[str]]:
        """Return these with ``values`` (``audience``, ``source``, ``category``) above them, and what is wrong with those.

        Where anything is wrong, the audience is staff: what could not be read may have said so.
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
