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


class TaskAnswer(TypedDict):
    """A change that was accepted, and what became of it."""

    task: str
    url: str
    """Where to ask again."""
    article: str
    """Path of the article's page."""
    change: Literal["put", "delete"]
    status: Literal["accepted", "done", "failed"]
    """``done``: from now on searches know of it."""
    accepted: str
    """ISO 8601, UTC."""
    finished: str | None
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    """``unknown``: there was nothing to delete; ``superseded``: a later change was taken in its place."""
    problems: list[str]
    """Of a failed change why; else what is wrong with attachments, and what was read otherwise than it was written, while
    the article is found all the same."""
