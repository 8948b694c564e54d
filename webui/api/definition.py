"""The API as data: what can be asked, with what, what comes back, and an example of each.

``webui.api.openapi`` makes the description for programs of it and ``api.html`` the one for people. Limits and choices are
those of ``indexer.contract.parameters``, which reads the parameters; tests hold the two to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from indexer.contract import types as t
from indexer.contract.parameters import (
    LARGEST_PAGE,
    LAST_RESULT,
    LONGEST_CURSOR,
    LONGEST_QUERY,
    LONGEST_VALUE,
    MOST_SUGGESTIONS,
    MOST_VALUES,
)
from indexer.contract.search_json import HIT_FIELDS
from indexer.keys import Scope
from indexer.model import Language
from indexer.search.related import MOST_RELATED
from indexer.search.request import Area, Sort

BASE = "/api/v1"
_DATE = r"^(none|[0-9]{4}(-[0-9]{2})?)$"
_DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_TEXT: Mapping[str, Any] = {"type": "string", "maxLength": LONGEST_VALUE}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``schema`` is JSON Schema, of one value where the parameter may be given several times."""

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str | int | None = None
    repeatable: bool = False
    divided: bool = False
    """Several values stand in one, divided by commas."""
    place: Literal["query", "path", "header"] = "query"


@dataclass(frozen=True, slots=True)
class Example:
    """A request that works on any index."""

    title: str
    url: str
    """Path and query behind :data:`BASE`."""
    shows: str
    """A Python expression over ``answer``, what is read of it."""
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    name: str
    """Of the view in the blueprint ``api``, and the ``operationId``."""
    method: Literal["get", "put", "delete"]
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: type
    """A type of :mod:`indexer.contract.types`."""
    status: int = 200
    refusals: tuple[int, ...] = ()
    """Statuses of problems beside those that every operation has."""
    takes: type | None = None
    scope: Scope | None = None
    """The scope that a key must have."""
    examples: tuple[Example, ...] = ()


def _choice(choices: object) -> dict[str, Any]:
    return {"type": "string", "enum": list(get_args(choices))}


def _number(highest: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": highest, "default": default}


_LANG = Parameter("lang", "Language of labels and interpretation.", {**_choice(Language), "default": "vi"})
_QUERY = Parameter(
    "q",
    "What is looked for, in the query language of the search box; nothing or `*` finds everything.",
    {"type": "string", "maxLength": LONGEST_QUERY},
    "kế hoạch",
)
_SLUG = Parameter(
    "id",
    "The article's address, the end of its `url`: the id itself where that is 1 to 120 characters of `A-Za-z0-9._~-`, not begun by `~`"
    " (nor `.` or `..`), else `~` and the first 24 hexadecimal digits of the SHA-256 of the id in UTF-8.",
    {"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,128}$"},
    place="path",
)


def _facet(name: str, what: str) -> Parameter:
    described = f"Only articles of this {what}; any of several, at most {MOST_VALUES}."
    return Parameter(name, described, _TEXT, repeatable=True)


SEARCH = Operation(
    "search",
    "get",
    "/search",
    "Search articles and their attachments",
    f"""One page of the articles that hold all the words, with counts by facet. Pages end at the first
{LAST_RESULT:,} results; to read all of them send `cursor=*`, then the `next_cursor` of each answer with the same
parameters until it is null: each article comes once, whatever is added meanwhile, by date, without facets.""",
    (
        _QUERY,
        _facet("source", "source"),
        _facet("category", "category"),
        _facet("type", "type of document"),
        _facet("issuer", "issuing body"),
        _facet("file_type", "type of attachment (`pdf`, `docx`, …)"),
        Parameter(
            "date",
            f"Year `YYYY` or month `YYYY-MM` of publication, or `none` (undated); as for the facets before, at most {MOST_VALUES}.",
            {"type": "string", "pattern": _DATE},
            repeatable=True,
        ),
        Parameter("from", "Published on or after `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.", {"type": "string", "pattern": _DAY}),
        Parameter("to", "Published on or before it.", {"type": "string", "pattern": _DAY}),
        Parameter("in", "Where the words must stand.", {**_choice(Area), "default": "all"}),
        Parameter("sort", "Order; by relevance where there are words, else the newest first.", _choice(Sort)),
        Parameter("page", f"Page from 1; `page × size` is at most {LAST_RESULT:,}.", _number(LAST_RESULT, 1)),
        Parameter("size", "Articles a page.", _number(LARGEST_PAGE, 10)),
        Parameter("strict", "`1`: accents as they were typed.", {"type": "string", "enum": ["0", "1"], "default": "0"}),
        _LANG,
        Parameter(
            "cursor",
            "Read on: `*` from the start, then each answer's `next_cursor`. Not with `page`, nor with `sort=relevance`.",
            {"type": "string", "maxLength": LONGEST_CURSOR},
        ),
        Parameter(
            "fields",
            "Fields of hits that are answered, divided by commas; the id always is.",
            {"type": "string", "enum": list(HIT_FIELDS)},
            divided=True,
        ),
    ),
    t.SearchAnswer,
    examples=(
        Example("Search", "/search?q=ke+hoach&size=5", '[hit["title"]["text"] for hit in answer["hits"]]'),
        Example(
            "Ids and days only, the newest first",
            "/search?q=ke+hoach&sort=newest&fields=id,published",
            '[(hit["id"], hit["published"]) for hit in answer["hits"]]',
        ),
        Example("Read on from the start", "/search?cursor=*&size=100&fields=title", 'answer["next_cursor"]'),
    ),
)  # fmt: skip
SUGGEST = Operation(
    "suggest",
    "get",
    "/suggest",
    "Ways to go on typing",
    """Document numbers, phrases of titles, and titles that begin as `q` does, with the number of articles that have them as
they are written. A search reads more loosely, so its `total` may differ.""",
    (
        replace(_QUERY, description="What was typed so far; nothing gives no suggestions.", example="kế h"),
        Parameter("limit", "How many at most.", _number(MOST_SUGGESTIONS, 8)),
        _LANG,
    ),
    t.SuggestAnswer,
    examples=(Example("Suggestions", "/suggest?q=ke+h", '[one["text"] for one in answer["suggestions"]]'),),
)
ARTICLE = Operation(
    "article",
    "get",
    "/articles/{id}",
    "One article with its text",
    "All that is known of an article. The `ETag` is its version, which `If-Match` of a change names.",
    (_SLUG,),
    t.ArticleAnswer,
    refusals=(404,),
    examples=(Example("Article", "/articles/{id}", 'answer["title"]'),),
)
RELATED = Operation(
    "related",
    "get",
    "/articles/{id}/related",
    "Articles related to one",
    "Articles that cite the same, cite it, are cited by it or speak of the same, the best first, and its copies.",
    (_SLUG, Parameter("limit", "How many at most.", _number(MOST_RELATED, 10))),
    t.RelatedAnswer,
    refusals=(404,),
    examples=(
        Example("Related", "/articles/{id}/related?limit=3", '[one["id"] for one in answer["related"]]'),
    ),
)
DIRECTIVE = Operation(
    "directive",
    "get",
    "/directives/{number}",
    "What is known of a document",
    "Who cites a document and how, what it cites, and whether it still holds; its number in any spelling.",
    (
        Parameter(
            "number",
            "The number, as `38-CT/TW` or the slug `38-ct-tw`.",
            {"type": "string", "minLength": 1},
            "38-ct-tw",
            place="path",
        ),
        Parameter(
            "year", "Of issue, among documents with one number.", {"type": "integer", "minimum": 1, "maximum": 2999}
        ),
        Parameter("place", "Of issue, of numbers that every province has.", {"type": "string"}),
    ),
    t.DirectiveAnswer,
    refusals=(404,),
    examples=(Example("Document", "/directives/{number}", 'answer["cited_by"]["total"]'),),
)  # fmt: skip
_CONDITIONS = (
    Parameter(
        "If-Match",
        "Only if the article still has this version, its `ETag`; `*`: only if there is one.",
        {"type": "string"},
        place="header",
    ),
    Parameter("If-None-Match", "`*`: only if there is no such article.", {"type": "string"}, place="header"),
)
PUT = Operation(
    "put_article",
    "put",
    "/articles/{id}",
    "Put an article",
    """Puts an article in place of the one at this address, if any. The answer comes when the change is safely stored;
searches know of it within seconds, when the task is done. The same body again changes nothing.""",
    (_SLUG, *_CONDITIONS),
    t.TaskAnswer,
    status=202,
    refusals=(404, 412),
    takes=t.ArticleInput,
    scope="write",
    examples=(
        Example(
            "Put an article",
            "/articles/bai-1",
            'answer["url"]',
            {"title": "Lịch tiếp công dân tháng 12", "published": "2025-12-01", "source": "lamgiang.example"},
        ),
    ),
)
DELETE = Operation(
    "delete_article",
    "delete",
    "/articles/{id}",
    "Delete an article",
    "Takes the article at this address out of index, catalog and stored files; where there is none, nothing happens.",
    (_SLUG, *_CONDITIONS),
    t.TaskAnswer,
    status=202,
    refusals=(404, 412),
    scope="write",
    examples=(Example("Delete an article", "/articles/bai-1", 'answer["status"]'),),
)
TASK = Operation(
    "task",
    "get",
    "/tasks/{task}",
    "What became of a change",
    "Known for a week after it is done.",
    (Parameter("task", "Its number.", {"type": "integer", "minimum": 1}, 1, place="path"),),
    t.TaskAnswer,
    refusals=(404,),
    scope="write",
    examples=(Example("Task", "/tasks/1", 'answer["status"]'),),
)
OPERATIONS = (SEARCH, SUGGEST, ARTICLE, RELATED, DIRECTIVE, PUT, DELETE, TASK)
TYPES = tuple(value for value in vars(t).values() if hasattr(value, "__required_keys__"))
"""All types of :mod:`indexer.contract.types`."""


API = "/api/"


PROBLEM_JSON = "application/problem+json"
