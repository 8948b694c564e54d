"""The operations that read: searches, articles, documents."""

from __future__ import annotations

from dataclasses import replace

from indexer.contract.limits import LARGEST_PAGE, LAST_RESULT, LONGEST_CURSOR, MOST_SUGGESTIONS, MOST_VALUES
from indexer.contract.search_json import HIT_FIELDS
from indexer.contract.types.articles import ArticleAnswer, FileTextAnswer, RelatedAnswer
from indexer.contract.types.directives import DirectiveAnswer
from indexer.contract.types.search import SearchAnswer
from indexer.contract.types.suggestions import SuggestAnswer
from indexer.model import UNDATED
from indexer.search.related import MOST_RELATED
from indexer.search.request import Area, Reading, Sort
from webui.api.operation import Example, Operation, Parameter
from webui.api.parameters import LANG, QUERY, SLUG, choice, facet, number

_DATE = rf"^({UNDATED}|[0-9]{{4}}(-[0-9]{{2}})?)$"
_DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"

SEARCH = Operation(
    "search",
    "get",
    "/search",
    "Search articles and their attachments",
    f"""Returns one page of the articles that match the query, with counts by facet. Paging ends after {LAST_RESULT:,}
results. To read all of them, however many, send `cursor=*`, then the `next_cursor` of each response with the same parameters, until it
is null. Each article is returned exactly once, in order of date, whatever is added in the meantime; facets are omitted.""",
    (
        QUERY,
        facet("source", "source"),
        facet("category", "category"),
        facet("type", "type of document"),
        facet("issuer", "issuing body"),
        facet("status", "legal status of a document (`Hết hiệu lực toàn bộ`, `Chưa rõ`, …)"),
        facet("file_type", "type of attachment (`pdf`, `docx`, …)"),
        Parameter(
            "date",
            f"Year `YYYY` or month `YYYY-MM` of publication, or `{UNDATED}` for articles without a date. May be repeated, at"
            f" most {MOST_VALUES} times, to match any of the values.",
            {"type": "string", "pattern": _DATE},
            repeatable=True,
        ),
        Parameter("from", "Published on or after `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.", {"type": "string", "pattern": _DAY}),
        Parameter("to", "Published on or before this date, in the same forms.", {"type": "string", "pattern": _DAY}),
        Parameter("in", "The part of the article to search.", {**choice(Area), "default": "all"}),
        Parameter("sort", "Order of the results. Default: relevance if the query has words, otherwise newest.", choice(Sort)),
        # Without a default, because generated clients send defaults, and a page together with a cursor is an error.
        Parameter("page", f"Number of the page, 1 by default; `page × size` must be at most {LAST_RESULT:,}.", number(LAST_RESULT)),
        Parameter("size", "Articles per page.", number(LARGEST_PAGE, 10)),
        Parameter("strict", "`1`: match accents exactly as typed.", {"type": "string", "enum": ["0", "1"], "default": "0"}),
        Parameter(
            "reading",
            "How strictly articles must match. `exact`: every word, with its accents as typed; `close`: every syllable, anywhere;"
            " `some`: some of the words. Default: exact, or close if nothing matches exactly.",
            choice(Reading),
        ),
        LANG,
        Parameter(
            "cursor",
            "`*` for the first page, then the `next_cursor` of each response. Can't be combined with `page` or `sort=relevance`.",
            {"type": "string", "maxLength": LONGEST_CURSOR},
        ),
        Parameter(
            "fields",
            "Fields to return for each hit, separated by commas; the id is always returned.",
            {"type": "string", "enum": list(HIT_FIELDS)},
            divided=True,
        ),
    ),
    SearchAnswer,
    tag="search",
    examples=(
        Example("Search", "/search?q=ke+hoach&size=5", '[hit["title"]["text"] for hit in answer["hits"]]'),
        Example(
            "Ids and dates only, newest first",
            "/search?q=ke+hoach&sort=newest&fields=id,published",
            '[(hit["id"], hit["published"]) for hit in answer["hits"]]',
        ),
        Example("Read all results", "/search?cursor=*&size=100&fields=title", 'answer["next_cursor"]'),
    ),
)  # fmt: skip
SUGGEST = Operation(
    "suggest",
    "get",
    "/suggest",
    "Complete a query",
    """Returns document numbers, phrases and titles that start with `q`, each with the number of articles that contain it
exactly as written. A search matches more loosely, so its `total` may differ.""",
    (
        replace(
            QUERY, description="The text typed so far; an empty text gives no suggestions.", example="kế h"
        ),
        Parameter("limit", "Maximum number of results.", number(MOST_SUGGESTIONS, 8)),
        LANG,
    ),
    SuggestAnswer,
    tag="search",
    examples=(
        Example("Complete a query", "/suggest?q=ke+h", '[one["text"] for one in answer["suggestions"]]'),
    ),
)
ARTICLE = Operation(
    "article",
    "get",
    "/articles/{id}",
    "Read an article",
    "Returns an article with its text. The `ETag` is its version; send it as `If-Match` when you change the article.",
    (SLUG,),
    ArticleAnswer,
    refusals=(404,),
    examples=(Example("Read an article", "/articles/{id}", 'answer["title"]'),),
)
RELATED = Operation(
    "related",
    "get",
    "/articles/{id}/related",
    "List related articles",
    "Returns articles that cite this one, are cited by it, cite the same documents or have the same subject, and its copies.",
    (SLUG, Parameter("limit", "Maximum number of results.", number(MOST_RELATED, 10))),
    RelatedAnswer,
    refusals=(404,),
    examples=(
        Example(
            "List related articles",
            "/articles/{id}/related?limit=3",
            '[one["id"] for one in answer["related"]]',
        ),
    ),
)
DIRECTIVE = Operation(
    "directive",
    "get",
    "/directives/{number}",
    "Read a document",
    """Returns who cites a document and how, what it cites, and whether it is in force. Accepts any spelling of the number. Lists
have limits, which their types state; the site has all citing articles at `/directives/{number}/citing.json`.""",
    (
        Parameter(
            "number",
            "The number, such as `38-CT/TW`, or its slug, `38-ct-tw`.",
            {"type": "string", "minLength": 1},
            "38-ct-tw",
            place="path",
        ),
        Parameter(
            "year", "Year of issue, if several documents have this number.", {"type": "integer", "minimum": 1, "maximum": 2999}
        ),
        Parameter("place", "Place of issue, for numbers that every province uses.", {"type": "string"}),
        Parameter("kind", "Type, for numbers shared by two types: `55/2010/QH12` is both a law and a resolution.", {"type": "string"}),
    ),
    DirectiveAnswer,
    refusals=(404,),
    tag="documents",
    examples=(Example("Read a document", "/directives/{number}", 'answer["cited_by"]["total"]'),),
)  # fmt: skip
_FILE = Parameter(
    "n", "Number of the attachment, from 0.", {"type": "integer", "minimum": 0, "maximum": 9999}, place="path"
)
FILE = Operation(
    "file",
    "get",
    "/articles/{id}/files/{n}",
    "Download an attachment",
    "Returns the bytes of an attachment with its media type, and its name in `Content-Disposition`; 404 if the file is missing.",
    (SLUG, _FILE),
    None,
    refusals=(404,),
    media_type="application/octet-stream",
    tag="files",
)
TEXT = Operation(
    "file_text",
    "get",
    "/articles/{id}/files/{n}/text",
    "Read the text of an attachment",
    "Returns the text of all pages and its table of contents; 404 if no text could be read.",
    (SLUG, _FILE),
    FileTextAnswer,
    refusals=(404,),
    tag="files",
)
PICTURE = Operation(
    "picture",
    "get",
    "/articles/{id}/files/{n}/pages/{page}/picture",
    "Get a picture of a page",
    """Returns a picture of one page of a PDF or scan; 404 for formats without pages. Nothing is marked in it: the page of the
site, the same address without `/api/v1` and `/picture`, with `?q=…`, shows it with the matching words boxed.""",
    (
        SLUG,
        _FILE,
        Parameter(
            "page",
            "Number of the page, from 1.",
            {"type": "integer", "minimum": 1, "maximum": 9999},
            place="path",
        ),
    ),
    None,
    refusals=(404,),
    media_type="image/webp",
    tag="files",
)
