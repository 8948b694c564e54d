"""The display form of an article: once in the catalog (the truth), once in the index (for hits).

Both hold the same bytes, compressed JSON, so a snippet never disagrees with its hit and an
article is packed once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from indexer.errors import DamagedError
from indexer.model import FileState, Particulars, Problem, Signature, SignatureStatus
from indexer.stored.compression import compressed, decompressed
from indexer.stored.extraction import problem_from_json, problem_to_json

_PLAIN_SLUG = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]{1,120}")


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """What an article does with one document that it cites; once for each relation and subject."""

    key: str
    number: str
    relation: str = "according_to"
    """One of :data:`indexer.directives.citations.RELATIONS`."""
    subject: str | None = None
    """Key of the document that stands in the relation; None for the article itself."""
    part: bool = False
    date: str | None = None
    """ISO day of issue, where the text gives it."""
    sentence: str | None = None
    """The sentence that says so."""
    kind: str | None = None
    """Vietnamese name of the type, where the number leaves it to the words before."""
    place: str | None = None
    """Where it was issued, of numbers that every province or district has."""
    file: int | None = None
    page: int | None = None
    """Attachment and its page where the first mention stands; None for the article's own text."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """All that is shown of an article. ``published`` is a civil day ``YYYY-MM-DD`` or None."""

    id: str
    slug: str
    title: str
    summary: str = ""
    body: str = ""
    published: str | None = None
    published_at: str | None = None
    """The moment, ISO 8601 with its offset in the configured zone; None where the source gives a day only."""
    updated: str | None = None
    """When its source changed it last, as the source says: such a moment, or a day where it gives no time."""
    sources: tuple[str, ...] = ()
    category: str | None = None
    url: str | None = None
    audience: str = "public"
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    citations: tuple[StoredCitation, ...] = ()
    files: tuple[StoredFile, ...] = ()
    particulars: Particulars = field(default_factory=Particulars)
    force: tuple[str, str, str] | None = None
    """From which ISO day the document that it is holds, until which, and the sentence of its own that says so; see
    :class:`indexer.directives.force.Force`."""

    @property
    def address(self) -> str:
        """The path of its page."""
        return f"/articles/{self.slug}"

    @property
    def text(self) -> str:
        """What is searched beside title and files: summary, body, and what the source says of the document.

        Its status is left out: found by its words it would look like a finding of ours.
        """
        said = self.particulars
        if said == Particulars():
            return f"{self.summary}\n{self.body}" if self.summary else self.body
        lines = [said.subject, self.summary, self.body]
        if said.signer:
            lines.append(f"Người ký: {', '.join(filter(None, [said.signer, said.position]))}")
        if said.field:
            lines.append(f"Lĩnh vực: {said.field}")
        return "\n".join(filter(None, lines))

    @property
    def cited(self) -> dict[str, str]:
        """Key -> number or name of the documents that it cites."""
        return {citation.key: citation.number for citation in self.citations}

    @property
    def cites(self) -> tuple[str, ...]:
        """The numbers and names of the documents that it cites, each once."""
        return tuple(self.cited.values())


def pack(article: StoredArticle) -> bytes:
    """Return the stored bytes of ``article``; empty values are left out."""
    values = {
        f.name: value
        for f in dataclasses.fields(article)
        if (value := getattr(article, f.name)) and f.name not in ("slug", "files", "citations", "particulars")
    }
    if article.particulars != Particulars():
        said = dataclasses.asdict(article.particulars)
        values["particulars"] = {name: value for name, value in said.items() if value}
    if article.citations:
        values["citations"] = [_row(citation) for citation in article.citations]
    if article.files:
        values["files"] = [_file(file) for file in article.files]
    return compressed(json.dumps(values, ensure_ascii=False).encode())


def unpack(stored: bytes) -> StoredArticle:
    """Return the article that :func:`pack` made ``stored`` of; raises DamagedError where it did not."""
    try:
        values: dict[str, Any] = json.loads(decompressed(stored))
    except ValueError as error:
        raise DamagedError(f"a stored article is damaged ({error}); run `tracuu verify`") from error
    for name in ("sources", "type", "issuer", "numbers"):
        values[name] = tuple(values.get(name, ()))
    values["citations"] = tuple(
        StoredCitation(**dict(zip(_COLUMNS, row, strict=False))) for row in values.get("citations", ())
    )
    values["files"] = tuple(
        StoredFile(
            **{
                **file,
                "state": FileState(file["state"]),
                "problems": tuple(map(problem_from_json, file["problems"])),
                "signatures": tuple(
                    Signature(**{**one, "status": SignatureStatus(one["status"])})
                    for one in file.get("signatures", ())
                ),
            }
        )
        for file in values.get("files", ())
    )
    values["particulars"] = Particulars(**values.get("particulars", {}))
    if "force" in values:
        values["force"] = tuple(values["force"])
    values.setdefault("title", "")
    # Whom it is for has always been written; where it can't be read, it is for staff.
    values["audience"] = "public" if values.get("audience") == "public" else "staff"
    values["slug"] = slug_of(values["id"])
    return StoredArticle(**values)


def _file(file: StoredFile) -> dict[str, Any]:
    values = dataclasses.asdict(file) | {"problems": [problem_to_json(one) for one in file.problems]}
    for name in ("signatures", "pages"):
        if not values[name]:
            del values[name]
    return values


_COLUMNS = tuple(f.name for f in dataclasses.fields(StoredCitation))
_DEFAULTS = tuple(f.default for f in dataclasses.fields(StoredCitation))


def _row(citation: StoredCitation) -> list[Any]:
    """Return the values of ``citation`` without the last ones that say nothing."""
    row = [getattr(citation, name) for name in _COLUMNS]
    while row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return row


def slug_of(id: str) -> str:
    """Return the stable address of an article: the id itself where it is one, else a digest of it."""
    if _PLAIN_SLUG.fullmatch(id) and not id.startswith("~"):
        return id
    return "~" + hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment as it is kept in the catalog and in the index."""

    name: str
    n: int
    state: FileState
    media_type: str
    size: int | None = None
    """Bytes; None where the file is missing."""
    sha256: str | None = None
    problems: tuple[Problem, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: int | None = None
    """None for formats without pages, or where it could not be read."""

    @property
    def own_name(self) -> str:
        """Its name without the archive and the folders that it lies in."""
        return self.name.rpartition("/")[2]
