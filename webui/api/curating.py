"""The operations for editors: pins, local dictionary, report."""

from __future__ import annotations

from indexer.contract.types.curation import (
    LexiconAnswer,
    LexiconInput,
    PinInput,
    PinsAnswer,
    ProposalAnswer,
    ProposalInput,
    ReportAnswer,
)
from webui.api.operation import Operation, Parameter
from webui.api.parameters import number

MOST_DAYS, MOST_LISTED = 3650, 1000
_IF_MATCH = Parameter(
    "If-Match",
    "Make the change only if the current `ETag` is still this one.",
    {"type": "string"},
    place="header",
)
PINS = Operation(
    "pins", "get", "/pins", "List the pins",
    "Returns all queries with pinned articles. Pinned articles come first when somebody searches for that query.", (), PinsAnswer,
    scope="curate", tag="curation",
)  # fmt: skip
PIN = Operation(
    "put_pin", "put", "/pins", "Pin articles to a query",
    "Replaces the articles pinned to the query; an empty list of ids removes them. Only public articles can be pinned.",
    (_IF_MATCH,), PinsAnswer, takes=(PinInput,), scope="curate", tag="curation", refusals=(404, 412),
)  # fmt: skip
LEXICON = Operation(
    "lexicon", "get", "/lexicon", "Read the local dictionary", "Send its `ETag` as `If-Match` to change it.", (), LexiconAnswer,
    scope="curate", tag="curation",
)  # fmt: skip
PUT_LEXICON = Operation(
    "put_lexicon", "put", "/lexicon", "Replace the local dictionary",
    "Requires `If-Match` with the `ETag` of the dictionary you read (otherwise 428), so that two editors don't overwrite each other.",
    (_IF_MATCH,), LexiconAnswer, takes=(LexiconInput,), scope="curate", tag="curation", refusals=(412, 428),
)  # fmt: skip
REPORT = Operation(
    "report", "get", "/report", "Report on searches",
    "Returns the most frequent queries, queries without results, slow queries, and clicks by position.",
    (Parameter("days", "Number of days.", number(MOST_DAYS, 30)), Parameter("limit", "Most lines per list.", number(MOST_LISTED, 20))),
    ReportAnswer, scope="curate", tag="curation",
)  # fmt: skip
ACCEPT = Operation(
    "accept_proposal", "post", "/report/proposals", "Accept a proposal of the report",
    "Adds one of the `proposals` to the local dictionary; 404 if the last report has no such proposal.",
    (), ProposalAnswer, takes=(ProposalInput,), scope="curate", tag="curation", refusals=(404,),
)  # fmt: skip
