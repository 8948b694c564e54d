"""What the portal publishes: articles of the demo portal, and the bytes of their files."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from indexer.model import Article
from indexer.settings import Settings
from indexer.sources.folder import FolderSource

PORTAL = Path(__file__).resolve().parents[2] / "demo" / "portal"


@dataclass(frozen=True)
class Story:
    """An article as all looks show it."""

    number: int
    article: Article
    files: tuple[tuple[str, bytes], ...]

    @property
    def slug(self) -> str:
        return self.article.id.rpartition("/")[2]

    @property
    def section(self) -> str:
        return self.article.id.partition("/")[0]

    @property
    def category(self) -> str:
        return self.article.category or ""

    @property
    def source(self) -> str:
        return self.article.sources[0] if self.article.sources else ""

    @property
    def teaser(self) -> str:
        return escape(self.article.body[:110].rpartition(" ")[0]) + "…"

    @property
    def title(self) -> str:
        return escape(self.article.title)

    def paragraphs(self, tag: str = "p") -> str:
        """The text as elements of one kind, with line breaks within paragraphs."""
        parts = self.article.body.split("\n\n")
        return "\n".join(f"<{tag}>{escape(part).replace(chr(10), '<br>')}</{tag}>" for part in parts)


def stories(number: int | None = None) -> list[Story]:
    """All articles, or a reproducible sample of ``number`` of which some have files."""
    found = list(_all())
    if number is None:
        return found
    chosen = random.Random(7).sample(found, number)
    with_files = [one for one in found if one.files and one not in chosen][: max(2, number // 6)]
    return sorted(
        {one.number: one for one in (*chosen[len(with_files) :], *with_files)}.values(),
        key=lambda s: s.number,
    )


def _all() -> Iterator[Story]:
    articles = (one for one in FolderSource(PORTAL, Settings()).items() if isinstance(one, Article))
    for number, article in enumerate(articles, 101):
        # A crawler takes copies of one text as one page if their addresses end alike.
        files = tuple((one.name, one.path.read_bytes()) for one in article.attachments if one.path)
        yield Story(number, article, files)


def by_section(of: Sequence[Story]) -> dict[str, list[Story]]:
    """Sections in order of their names, newest articles first."""
    found: dict[str, list[Story]] = {}
    for story in sorted(
        of, key=lambda s: (s.section, -(s.article.published.timestamp() if s.article.published else 0))
    ):
        found.setdefault(story.section, []).append(story)
    return found


def paged(of: Sequence[Story], size: int) -> list[list[Story]]:
    """The pages of a list."""
    return [list(of[start : start + size]) for start in range(0, len(of), size)] or [[]]
