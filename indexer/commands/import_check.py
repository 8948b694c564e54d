"""Preview the first articles of a path or source as they would be indexed, with all warnings; writes nothing."""

from __future__ import annotations

import argparse
from typing import Any

from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.tally import Tally
from indexer.errors import UsageError
from indexer.indexing.analysis import stored_article
from indexer.indexing.preview import preview
from indexer.indexing.sampled import SampledSource
from indexer.model import Article, Attachment
from indexer.settings import Settings
from indexer.sources.opening import open_named, open_source

_WORDS = 25
"""Number of characters of a body that are shown."""
_UNUSED_SHOWN = 40


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu import-check``."""
    parser.add_argument(
        "place",
        metavar="PATH|NAME",
        help="a path as for `tracuu index`, or the name of a source in the settings",
    )
    parser.add_argument(
        "--first", type=int, default=10, metavar="N", help="number of articles to show (default: 10)"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read all of it; exit 1 if anything cannot be used, as when indexing."""
    named = settings.sources.get(options.place)
    if named and named.kind == "site":
        raise UsageError(
            f"this source is a live site; run `tracuu sync {named.name} --dry-run` to see what it would bring in"
        )
    source = SampledSource(
        open_named(named, settings) if named else open_source(options.place, settings), options.first
    )
    tally, progress = Tally(dry=True), Progress(options)
    for outcome in preview(settings, source, None):
        tally.add(outcome)
        progress.show(source.number, source.progress())
    progress.end()
    shown = [_shown(article, settings) for article in source.first]
    if wants_json(options):
        result = tally.result()
        del result["gone"]
        print_json(
            {"articles": source.number, "first": shown, "unused": dict(source.unused.most_common()), **result}
        )
        return tally.exit_code
    for number, one in enumerate(shown, 1):
        _print(number, one)
    print(f"{source.number} articles")
    if source.unused:
        keys = ", ".join(f"{key} ({times})" for key, times in source.unused.most_common(_UNUSED_SHOWN))
        print(f"unused keys: {keys}{' …' if len(source.unused) > _UNUSED_SHOWN else ''}")
    tally.show()
    return tally.exit_code


def _shown(article: Article, settings: Settings) -> dict[str, Any]:
    """Return how an article would be indexed, without reading its attachments."""
    stored = stored_article(article, (), (), settings.zone)
    updated = article.updated.astimezone(settings.zone).isoformat() if article.updated else None
    return {
        "id": article.id,
        "title": stored.title,
        "published": stored.published_at or stored.published,
        "updated": updated,
        "audience": stored.audience,
        "url": stored.url,
        "source": list(stored.sources),
        "category": stored.category,
        "number": list(stored.numbers),
        "type": list(stored.type),
        "issuer": list(stored.issuer),
        "attachments": [{"name": one.name, "from": _origin(one)} for one in article.attachments],
        "summary": _start(stored.summary),
        "body": _start(stored.body),
    }


def _origin(file: Attachment) -> str:
    """Return where the bytes of an attachment would be read from."""
    if file.path is not None:
        return str(file.path)
    return "the record" if file.content is not None else file.url or "nowhere"


def _start(text: str) -> str:
    words = text.split(None, _WORDS)
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _print(number: int, one: dict[str, Any]) -> None:
    print(f"{number}. {one['title']}")
    print(f"   id: {one['id']}")
    for key in ("published", "updated", "audience", "url", "source", "category", "number", "type", "issuer"):
        if value := one[key]:
            print(f"   {key}: {', '.join(value) if isinstance(value, list) else value}")
    for file in one["attachments"]:
        print(f"   attachment: {file['name']} ({file['from']})")
    for key in ("summary", "body"):
        if one[key]:
            print(f"   {key}: {one[key]}")
