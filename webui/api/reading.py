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
    f"""One page of the articles that hold all the words, with counts by facet. Pages end at the first
{LAST_RESULT:,} results; to read all of them send `cursor=*`, then the `next_cursor` of each answer with the same
parameters until it is null: each article comes once, whatever is added meanwhile, by date, without facets.""",
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
            f"Year `YYYY` or month `YYYY-MM` of publication, or `{UNDATED}` (undated); as for the facets before, at most"
            f" {MOST_VALUES}.",
            {"type": "string", "pattern": _DATE},
            repeatable=True,
        ),
        Parameter("from", "Published on or after `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.", {"type": "string", "pattern": _DAY}),
        Parameter("to", "Published on or before it.", {"type": "string", "pattern": _DAY}),
        Parameter("in", "Where the words must stand.", {**choice(Area), "default": "all"}),
        Parameter("sort", "Order; by relevance where there are words, else the newest first.", choice(Sort)),
        # Without a default: generated clients send those, and with a cursor a page is an error.
        Parameter("page", f"Page from 1, the first without it; `page × size` is at most {LAST_RESULT:,}.", number(LAST_RESULT)),
        Parameter("size", "Articles a page.", number(LARGEST_PAGE, 10)),
        Parameter("strict", "`1`: accents as they were typed.", {"type": "string", "enum": ["0", "1"], "default": "0"}),
        Parameter(
            "reading",
            "How articles answer: `exact`, every word as a word with its accents as typed; `close`, every syllable somewhere; `some`,"
            " some of the words. Without it exact, or close where nothing is.",
            choice(Reading),
        ),
        LANG,
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
    SearchAnswer,
    tag="search",
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
        replace(QUERY, description="What was typed so far; nothing gives no suggestions.", example="kế h"),
        Parameter("limit", "How many at most.", number(MOST_SUGGESTIONS, 8)),
        LANG,
    ),
    SuggestAnswer,
    tag="search",
    examples=(Example("Suggestions", "/suggest?q=ke+h", '[one["text"] for one in answer["suggestions"]]'),),
)
ARTICLE = Operation(
    "article",
    "get",
    "/articles/{id}",
    "One article with its text",
    "All that is known of an article. The `ETag` is its version, which `If-Match` of a change names.",
    (SLUG,),
    ArticleAnswer,
    refusals=(404,),
    examples=(Example("Article", "/articles/{id}", 'answer["title"]'),),
)
RELATED = Operation(
    "related",
    "get",
    "/articles/{id}/related",
    "Articles related to one",
    "Articles that cite the same, cite it, are cited by it or speak of the same, the best first, and its copies.",
    (SLUG, Parameter("limit", "How many at most.", number(MOST_RELATED, 10))),
    RelatedAnswer,
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
        Parameter("kind", "Type, of numbers that two types may have: `55/2010/QH12` is a law and a resolution.", {"type": "string"}),
    ),
    DirectiveAnswer,
    refusals=(404,),
    tag="documents",
    examples=(Example("Document", "/directives/{number}", 'answer["cited_by"]["total"]'),),
)  # fmt: skip
_FILE = Parameter(
    "n", "Number of the attachment, from 0.", {"type": "integer", "minimum": 0, "maximum": 9999}, place="path"
)
FILE = Operation(
    "file",
    "get",
    "/articles/{id}/files/{n}",
    "An attachment as a download",
    "The bytes of an attachment, as its own type, with its name in `Content-Disposition`; 404 where they are missing.",
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
    "The text of an attachment",
    "All its pages in one text, with what it is divided into; 404 where none of it could be read.",
    (SLUG, _FILE),
    FileTextAnswer,
    refusals=(404,),
    tag="files",
)
PICTURE = Operation(
    "picture",
    "get",
    "/articles/{id}/files/{n}/pages/{page}/picture",
    "A page of an attachment as a picture",
    "The page as it looks, for PDF and scans; 404 for formats without pages.",
    (
        SLUG,
        _FILE,
        Parameter("page", "From 1.", {"type": "integer", "minimum": 1, "maximum": 9999}, place="path"),
    ),
    None,
    refusals=(404,),
    media_type="image/webp",
    tag="files",
)
