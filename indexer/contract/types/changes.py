"""Articles as programs put them, and the results of changes."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict


class AttachmentInput(TypedDict):
    """An attachment of a pushed article: its bytes inline, or the address to fetch them from."""

    name: NotRequired[str]
    """Required unless the address ends with it."""
    base64: NotRequired[str]
    """The bytes. They count as Base64, a third larger, towards the limits of the body."""
    url: NotRequired[str]
    """Public http or https address of the bytes, with at most 3 redirects; fetched after the push is accepted."""
    media_type: NotRequired[str]


class ParticularsInput(TypedDict):
    """Information about the document in an article. Omitted fields are read from the document itself where possible."""

    subject: NotRequired[str | None]
    """Subject; the article's title if omitted."""
    signer: NotRequired[str | None]
    position: NotRequired[str | None]
    """Position of the signer."""
    field: NotRequired[str | None]
    issued: NotRequired[str | None]
    """ISO 8601 date, like the next two."""
    effective: NotRequired[str | None]
    expires: NotRequired[str | None]
    status: NotRequired[str | None]
    """Legal status in the words of the source."""


class ArticleInput(TypedDict):
    """An article to put. A title or a body is required. Unknown keys are preserved, but shown nowhere."""

    id: NotRequired[str]
    """Required if the address is not the id itself, and by `POST`; any text of up to 512 characters."""
    title: NotRequired[str]
    title_html: NotRequired[str]
    """Instead of ``title``, if the title is HTML."""
    body: NotRequired[str]
    """Plain text, with a line break between paragraphs."""
    body_html: NotRequired[str]
    """Instead of ``body``: its text is stored, and the documents it links to become attachments."""
    summary: NotRequired[str]
    summary_html: NotRequired[str]
    published: NotRequired[str | None]
    """ISO 8601 date, or date and time. Other unambiguous forms are taken too, days before months (``22/11/2024 10:00``): the task
    then has a note among its ``problems``."""
    updated: NotRequired[str | None]
    source: NotRequired[str | list[str]]
    category: NotRequired[str | None]
    url: NotRequired[str | None]
    """Its address at the source."""
    attachments: NotRequired[list[AttachmentInput | str]]
    """A plain string is the name of a file that is not sent."""
    audience: NotRequired[Literal["public", "staff"]]
    number: NotRequired[str | None]
    type: NotRequired[str | None]
    issuer: NotRequired[str | None]
    particulars: NotRequired[ParticularsInput]
    """More about the document in the article, besides number, type and issuer."""


class DeleteInput(TypedDict):
    """An article to delete."""

    delete: str
    """Its id."""


class BulkCounts(TypedDict):
    """Number of lines of a bulk by result."""

    lines: int
    """Number of all lines."""
    waiting: int
    indexed: int
    unchanged: int
    removed: int
    unknown: int
    superseded: int
    failed: int


class LineAnswer(TypedDict):
    """The result of one line of a bulk."""

    line: int
    """Number of the line, from 1; empty lines count."""
    task: str
    id: str | None
    """Id of the article; null if the line has no readable id."""
    article: str | None
    """Path of its page."""
    change: Literal["put", "delete"]
    status: Literal["accepted", "done", "failed"]
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    problems: list[str]


class TaskAnswer(TypedDict):
    """A change that was accepted, or many changes together, and the result."""

    task: str
    url: str
    """Address of this task, to ask again."""
    article: str | None
    """Path of the article's page; null for a bulk."""
    change: Literal["put", "delete", "bulk"]
    status: Literal["accepted", "done", "failed"]
    """``done``: searches now reflect the change. A bulk has ``failed`` if any of its lines has; its other lines take effect."""
    accepted: str
    """ISO 8601, UTC."""
    finished: str | None
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    """``unknown``: there was nothing to delete; ``superseded``: a later change replaced this one."""
    problems: list[str]
    """Why a change failed. For other changes: problems with attachments, and values that were not taken as written; the article is
    found nevertheless. For a bulk: the problems of its first failed lines."""
    counts: NotRequired[BulkCounts]
    """For a bulk only."""
    lines: NotRequired[list[LineAnswer]]
    """For a bulk only: one page of the results of its lines, in order."""
    next_cursor: NotRequired[str | None]
    """With ``lines``: the cursor of the next page; null at the end."""


class TaskListAnswer(TypedDict):
    """One page of tasks, newest first."""

    tasks: list[TaskAnswer]
    """Without the lines of bulks."""
    next_cursor: str | None
    """The cursor of the next page; null at the end."""
