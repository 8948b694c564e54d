"""The body of a pushed article: checked when it comes, and read again by the writer."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from indexer.errors import ItemError
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources.record import RecordReader, by_field
from indexer.sources.strict_json import depth_of, parse_json
from indexer.stored.article import slug_of

_DEEPEST = 32
"""Lists and objects in each other: an article has three, and what is unknown is kept but need not be a program."""


class PushReading(NamedTuple):
    """A pushed article, a digest of what its body says, and what of it was read otherwise than it is written."""

    article: Article
    digest: bytes
    notes: tuple[str, ...] = ()


def read_push(body: bytes, slug: str, settings: Settings) -> PushReading:
    """Return the article at the address ``slug`` that ``body`` (JSON) describes.

    The id may be left out where the slug is it. Raises ItemError where the body is no article, is one of another address, or
    anything in it would have to be left out: who pushes can mend it.
    """
    if not body.strip():
        raise ItemError("the body is empty; send the article in it, as JSON")
    record = parse_json(body)
    if depth_of(record, _DEEPEST) > _DEEPEST:
        raise ItemError(f"the JSON is nested more than {_DEEPEST} deep")
    if isinstance(record, dict) and record.get("id") is None:
        record["id"] = slug
    reading = RecordReader(settings, ours=True).read(record)
    wrong = by_field(reading.left_out)
    own = slug_of(reading.article.id)
    if own != slug:
        wrong["id"] = f"the article {reading.article.id[:80]!r} has the address {own}, not {slug[:130]}"
    if wrong:
        raise ItemError("; ".join(wrong.values()), wrong)
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=True).encode()
    digest = hashlib.blake2b(canonical, digest_size=16).digest()
    return PushReading(
        reading.article, digest, tuple(f"{part}: {note}" for part, note in reading.notes.items())
    )
