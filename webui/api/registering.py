"""The operation that reads the register of documents."""

from __future__ import annotations

from indexer.contract.limits import LARGEST_PAGE, LAST_RESULT, LONGEST_QUERY, LONGEST_VALUE, MOST_VALUES
from indexer.contract.types.register import RegisterAnswer
from indexer.directives.legal_status import STATUSES
from indexer.model import UNDATED
from indexer.register.entry import KEPT
from indexer.search.register.request import RegisterSort, Scope
from webui.api.operation import Example, Operation, Parameter
from webui.api.parameters import LANG, choice, number

_ANY = f"may be repeated, at most {MOST_VALUES} times, to match any of the values."
_TEXT = {"type": "string", "maxLength": LONGEST_VALUE}

DIRECTIVES = Operation(
    "directives",
    "get",
    "/directives",
    "List documents",
    f"""Returns one page of the register: documents that articles contain or cite, with counts by type, year, issuer and status.
A document whose number is spelled in two ways is one entry. Paging ends after {LAST_RESULT:,} documents.""",
    (
        Parameter(
            "q",
            "Words of the number, subject, title or issuer; all of them must match, ignoring accents.",
            {"type": "string", "maxLength": LONGEST_QUERY},
        ),
        Parameter("type", f"Type of document; {_ANY}", _TEXT, repeatable=True),
        Parameter(
            "year",
            f"Year in the number, or else of issue; `{UNDATED}` if neither is known; {_ANY}",
            {"type": "string", "pattern": rf"^({UNDATED}|[0-9]{{4}})$"},
            repeatable=True,
        ),
        Parameter("issuer", f"Issuing body, in any spelling; {_ANY}", _TEXT, repeatable=True),
        Parameter(
            "status", f"Legal status; {_ANY}", {"type": "string", "enum": list(STATUSES)}, repeatable=True
        ),
        Parameter(
            "kept",
            f"Where the text is stored; {_ANY}",
            {"type": "string", "enum": list(KEPT)},
            repeatable=True,
        ),
        Parameter(
            "scope",
            "`held`: documents that articles here contain; `missing`: documents that are only cited; `all`: both.",
            {**choice(Scope), "default": "held"},
        ),
        Parameter("sort", "Order of the documents.", {**choice(RegisterSort), "default": "newest"}),
        Parameter(
            "page",
            f"Number of the page, from 1; `page × size` must be at most {LAST_RESULT:,}.",
            number(LAST_RESULT, 1),
        ),
        Parameter("size", "Documents per page.", number(LARGEST_PAGE, 20)),
        LANG,
    ),
    RegisterAnswer,
    tag="documents",
    examples=(
        Example(
            "Most cited documents that are missing here",
            "/directives?scope=missing&sort=cited&size=5",
            '[(one["label"], one["cited_by"]) for one in answer["documents"]]',
        ),
    ),
)
