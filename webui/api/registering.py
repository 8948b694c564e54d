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

_ANY = f"any of several, at most {MOST_VALUES}."
_TEXT = {"type": "string", "maxLength": LONGEST_VALUE}

DIRECTIVES = Operation(
    "directives",
    "get",
    "/directives",
    "The register of documents",
    f"""One page of the documents that articles bear or cite: by type, year, issuer and status, with counts. One document in two
spellings is one entry. Pages end at the first {LAST_RESULT:,} documents.""",
    (
        Parameter(
            "q",
            "Words of number, subject, title or issuer, accents aside; all must be there.",
            {"type": "string", "maxLength": LONGEST_QUERY},
        ),
        Parameter("type", f"Type of document; {_ANY}", _TEXT, repeatable=True),
        Parameter(
            "year",
            f"Year of the number, else of issue; `{UNDATED}` where nothing tells; {_ANY}",
            {"type": "string", "pattern": rf"^({UNDATED}|[0-9]{{4}})$"},
            repeatable=True,
        ),
        Parameter("issuer", f"Issuing body, in any spelling; {_ANY}", _TEXT, repeatable=True),
        Parameter(
            "status", f"Legal status; {_ANY}", {"type": "string", "enum": list(STATUSES)}, repeatable=True
        ),
        Parameter(
            "kept", f"Where the text is; {_ANY}", {"type": "string", "enum": list(KEPT)}, repeatable=True
        ),
        Parameter(
            "scope",
            "Documents that articles bear, that are only cited, or both.",
            {**choice(Scope), "default": "held"},
        ),
        Parameter("sort", "Order.", {**choice(RegisterSort), "default": "newest"}),
        Parameter("page", f"Page from 1; `page × size` is at most {LAST_RESULT:,}.", number(LAST_RESULT, 1)),
        Parameter("size", "Documents a page.", number(LARGEST_PAGE, 20)),
        LANG,
    ),
    RegisterAnswer,
    tag="documents",
    examples=(
        Example(
            "Documents most cited that are not here",
            "/directives?scope=missing&sort=cited&size=5",
            '[(one["label"], one["cited_by"]) for one in answer["documents"]]',
        ),
    ),
)
