"""The body of a pushed article: validated on arrival, and parsed again by the writer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.errors import ItemError
from indexer.model import Article
from indexer.push.task import PushKind
from indexer.settings import Settings
from indexer.sources.audience import TAKEN_AS
from indexer.sources.record import RecordReader, by_field
from indexer.sources.strict_json import depth_of, parse_json
from indexer.sources.values import read_id
from indexer.stored.article import slug_of

_DEEPEST = 32
"""Maximum nesting of lists and objects: an article has three levels, and unknown data is kept but need not be arbitrary."""
_DELETE = "delete"


class PushReading(NamedTuple):
    """A pushed article, a digest of its content, and the parts that were interpreted."""

    article: Article
    digest: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the article ``id``: it is replaced by ``body``, or deleted if there is no body."""

    kind: PushKind
    id: str
    slug: str
    digest: bytes = b""
    body: bytes = b""
    article: Article | None = None


def read_push(body: bytes, slug: str, settings: Settings) -> PushReading:
    """Return the article at the address ``slug`` described by ``body`` (JSON).

    The id may be left out if it equals the slug. Raises ItemError if the body is not an article, belongs to another address, or
    contains anything that would have to be left out, since the client can correct it.
    """
    record = _record(body)
    if isinstance(record, dict) and record.get("id") is None:
        record["id"] = slug
    return _reading(record, slug, settings)


def read_change(body: bytes, settings: Settings) -> Change:
    """Return the change requested by ``body``: an article with its ``id``, or ``{"delete": "id"}``; raises ItemError as
    :func:`read_push`.
    """
    record = _record(body)
    if isinstance(record, dict) and _DELETE in record:
        if len(record) > 1:
            raise ItemError(
                f"{_DELETE!r} can't be combined with other fields; send the article on a line of its own"
            )
        id = read_id(record[_DELETE], {})
        return Change("delete", id, slug_of(id))
    reading = _reading(record, None, settings)
    id = reading.article.id
    return Change("put", id, slug_of(id), reading.digest, body, reading.article)


def _record(body: bytes) -> Any:
    if not body.strip():
        raise ItemError("the body is empty; send the article as JSON")
    record = parse_json(body)
    if depth_of(record, _DEEPEST) > _DEEPEST:
        raise ItemError(f"the JSON is nested more than {_DEEPEST} levels deep")
    return record


def _reading(record: Any, slug: str | None, settings: Settings) -> PushReading:
    """Return the article in ``record`` at ``slug``; None means the address given by its id."""
    reading = RecordReader(settings, ours=True).read(record)
    # The article is refused, so nothing is interpreted.
    wrong = {part: reason.removesuffix(f".{TAKEN_AS}") for part, reason in by_field(reading.left_out).items()}
    own = slug_of(reading.article.id)
    if slug is not None and own != slug:
        wrong["id"] = f"article {reading.article.id[:80]!r} belongs at the address {own}, not {slug[:130]}"
    if wrong:
        raise ItemError("; ".join(wrong.values()), wrong)
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=True).encode()
    digest = hashlib.blake2b(canonical, digest_size=16).digest()
    notes = tuple(f"{part}: {note}" for part, note in reading.notes.items())
    return PushReading(reading.article, digest, notes)
