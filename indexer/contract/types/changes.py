"""An article as programs put it, and what became of the change."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict


class AttachmentInput(TypedDict):
    """An attachment of a pushed article: its bytes inline, or where to fetch them."""

    name: NotRequired[str]
    """Needed unless the address ends with it."""
    base64: NotRequired[str]
    """The bytes."""
    url: NotRequired[str]
    """Public http or https address of the bytes, at most 3 redirects away; fetched once the push is accepted."""
    media_type: NotRequired[str]


class ParticularsInput(TypedDict):
    """What is known of the document that an article is; what is left out is read from the document, where it says so."""

    subject: NotRequired[str | None]
    """What it is about; the article's title where that is not given."""
    signer: NotRequired[str | None]
    position: NotRequired[str | None]
    """Of the signer."""
    field: NotRequired[str | None]
    issued: NotRequired[str | None]
    """ISO 8601, a day, as are the next two."""
    effective: NotRequired[str | None]
    expires: NotRequired[str | None]
    status: NotRequired[str | None]
    """Legal status in the words of the source."""


class ArticleInput(TypedDict):
    """An article to put. Title or body are needed; unknown keys are kept and shown nowhere."""

    id: NotRequired[str]
    """Needed where the address is not the id itself: any text up to 512 characters."""
    title: NotRequired[str]
    title_html: NotRequired[str]
    """In place of ``title``, where that is HTML."""
    body: NotRequired[str]
    """Plain text, paragraphs divided by line ends."""
    body_html: NotRequired[str]
    """In place of ``body``: its text is kept, and documents that it links to are attachments."""
    summary: NotRequired[str]
    summary_html: NotRequired[str]
    published: NotRequired[str | None]
    """ISO 8601, a day or a moment."""
    updated: NotRequired[str | None]
    source: NotRequired[str | list[str]]
    category: NotRequired[str | None]
    url: NotRequired[str | None]
    """Its address at its source."""
    attachments: NotRequired[list[AttachmentInput | str]]
    """A bare text is the name of a file that is not there."""
    audience: NotRequired[Literal["public", "staff"]]
    number: NotRequired[str | None]
    type: NotRequired[str | None]
    issuer: NotRequired[str | None]
    particulars: NotRequired[ParticularsInput]
    """Of the document that the article is, beside number, type and issuer."""


class DeleteInput(TypedDict):
    """An article to delete."""

    delete: str
    """Its id, in any letters."""


class BulkCounts(TypedDict):
    """How many lines of a bulk became what."""

    lines: int
    """All of them."""
    waiting: int
    indexed: int
    unchanged: int
    removed: int
    unknown: int
    superseded: int
    failed: int


class LineAnswer(TypedDict):
    """What became of one line of a bulk."""

    line: int
    """From 1, empty lines counted."""
    task: str
    id: str | None
    """Of the article; null where the line names none that can be read."""
    article: str | None
    """Path of its page."""
    change: Literal["put", "delete"]
    status: Literal["accepted", "done", "failed"]
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    problems: list[str]


class TaskAnswer(TypedDict):
    """A change that was accepted, or many together, and what became of it."""

    task: str
    url: str
    """Where to ask again."""
    article: str | None
    """Path of the article's page; null of a bulk."""
    change: Literal["put", "delete", "bulk"]
    status: Literal["accepted", "done", "failed"]
    """``done``: from now on searches know of it. A bulk has ``failed`` where any of its lines has; the others are found."""
    accepted: str
    """ISO 8601, UTC."""
    finished: str | None
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    """``unknown``: there was nothing to delete; ``superseded``: a later change was taken in its place."""
    problems: list[str]
    """Of a failed change why; else what is wrong with attachments, and what was read otherwise than it was written, while
    the article is found all the same. Of a bulk, of its first failed lines."""
    counts: NotRequired[BulkCounts]
    """Of a bulk only."""
    lines: NotRequired[list[LineAnswer]]
    """Of a bulk only: one page of the answers to its lines, in order."""
    next_cursor: NotRequired[str | None]
    """With ``lines``: the cursor of the next page, null at the end."""


class TaskListAnswer(TypedDict):
    """One page of what was pushed, the newest first."""

    tasks: list[TaskAnswer]
    """Without the lines of bulks."""
    next_cursor: str | None
    """The cursor of the next page, null at the end."""
