"""The display form of an article: stored in the catalog, which is authoritative, and in the index, for hits.

Both contain the same bytes, compressed JSON, so a snippet never contradicts its hit, and each article is packed only once.
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
    """The relation of an article to a document that it cites; one entry for each relation and subject."""

    key: str
    number: str
    relation: str = "according_to"
    """One of :data:`indexer.directives.citations.RELATIONS`."""
    subject: str | None = None
    """Key of the document that has the relation; None for the article itself."""
    part: bool = False
    date: str | None = None
    """ISO date of issue, if stated in the text."""
    sentence: str | None = None
    """The sentence that states the relation."""
    kind: str | None = None
    """Vietnamese name of the type, if the number leaves it out."""
    place: str | None = None
    """Place of issue, for numbers that every province or district has."""
    file: int | None = None
    page: int | None = None
    """Attachment and page of the first mention; None for the article's own text."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """Everything that is shown of an article. ``published`` is a date ``YYYY-MM-DD`` or None."""

    id: str
    slug: str
    title: str
    summary: str = ""
    body: str = ""
    published: str | None = None
    published_at: str | None = None
    """The time of publication, ISO 8601 with the offset of the configured zone; None if the source gives only a date."""
    updated: str | None = None
    """The last change according to the source: such a time, or a date if it gives no time."""
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
    """For a document, the ISO dates from and until which it is in force, and its own sentence stating that; see
    :class:`indexer.directives.force.Force`."""

    @property
    def address(self) -> str:
        """The path of its page."""
        return f"/articles/{self.slug}"

    @property
    def text(self) -> str:
        """The searchable text besides title and files: summary, body, and what the source says about the document.

        The source's legal status is left out: if found by its words, it would look like a finding of this program.
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
        """The numbers and names of the documents that it cites, without duplicates."""
        return tuple(self.cited.values())


def pack(article: StoredArticle) -> bytes:
    """Return the bytes of ``article`` for storage, without empty values."""
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
    """Return the article that :func:`pack` stored as ``stored``; raises DamagedError for anything else."""
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
    # The audience has always been stored; if it is unreadable, the article is staff-only.
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
    """Return the values of ``citation`` without empty ones at the end."""
    row = [getattr(citation, name) for name in _COLUMNS]
    while row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return row


def slug_of(id: str) -> str:
    """Return the permanent address of an article: the id itself if it is suitable, otherwise a digest of it."""
    if _PLAIN_SLUG.fullmatch(id) and not id.startswith("~"):
        return id
    return "~" + hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment as stored in the catalog and in the index."""

    name: str
    n: int
    state: FileState
    media_type: str
    size: int | None = None
    """Size in bytes; None if the file is missing."""
    sha256: str | None = None
    problems: tuple[Problem, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: int | None = None
    """None for formats without pages, or if it could not be read."""

    @property
    def own_name(self) -> str:
        """Its name without the archive and folders that contain it."""
        return self.name.rpartition("/")[2]
