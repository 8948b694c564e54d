"""The operations of those who look after the site: pins, lexicon, report."""

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
    "If-Match", "Only if it is still what had this `ETag`.", {"type": "string"}, place="header"
)
PINS = Operation(
    "pins", "get", "/pins", "What is pinned", "The articles that come first for a query, of all queries.", (), PinsAnswer,
    scope="curate", tag="curation",
)  # fmt: skip
PIN = Operation(
    "put_pin", "put", "/pins", "Pin articles to a query",
    "In place of what was pinned to it; without ids it is taken back. Only articles that everybody sees can be pinned.",
    (_IF_MATCH,), PinsAnswer, takes=(PinInput,), scope="curate", tag="curation", refusals=(404, 412),
)  # fmt: skip
LEXICON = Operation(
    "lexicon", "get", "/lexicon", "The site's own lexicon", "Its `ETag` is what a change has to name.", (), LexiconAnswer,
    scope="curate", tag="curation",
)  # fmt: skip
PUT_LEXICON = Operation(
    "put_lexicon", "put", "/lexicon", "Replace the site's own lexicon",
    "`If-Match` with the `ETag` of what was read is needed (else 428), so that two who edit it don't lose one another's work.",
    (_IF_MATCH,), LexiconAnswer, takes=(LexiconInput,), scope="curate", tag="curation", refusals=(412, 428),
)  # fmt: skip
REPORT = Operation(
    "report", "get", "/report", "What is searched", "What is asked most, what finds nothing, what is slow, what is followed.",
    (Parameter("days", "How far back.", number(MOST_DAYS, 30)), Parameter("limit", "Lines of each list.", number(MOST_LISTED, 20))),
    ReportAnswer, scope="curate", tag="curation",
)  # fmt: skip
ACCEPT = Operation(
    "accept_proposal", "post", "/report/proposals", "Accept a proposal of the report",
    "Writes one of the `proposals` into the site's own lexicon; 404 where the last report has no such one.",
    (), ProposalAnswer, takes=(ProposalInput,), scope="curate", tag="curation", refusals=(404,),
)  # fmt: skip
