"""Report frequent queries, queries without results, and proposals to improve them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from indexer.commands.data import existing_data
from indexer.commands.output import print_json, wants_json
from indexer.commands.user import curator
from indexer.errors import FilesUnreachableError, NotFoundError, UsageError
from indexer.lexicon.own import own_lexicon
from indexer.query_log.proposals import proposals
from indexer.query_log.report import Report, frequent, report
from indexer.query_log.store import Proposal, QueryLog
from indexer.replication.queries import take_in
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.suggest.completion import SuggestionReader

_FREQUENT = 2_000
"""Number of queries with results among which a replacement that differs in one word is searched."""
_PHRASES = 5
"""Number of the most frequent phrases tried as the meaning of an abbreviation."""
_Mended = Mapping[str, Proposal | None]
"""Queries without results -> their proposals; queries that have results by now are left out."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu report``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("accept",),
        help="add a proposal of the last report to the local dictionary",
    )
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="number of the proposal")
    parser.add_argument(
        "--days", type=int, default=30, metavar="N", help="number of days covered (default: 30)"
    )
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="most lines of each list (default: 20)"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the report and remember its proposals, or write one of them to the local dictionary.

    Where several machines share the work, the writer does this, with the searches of all of them.
    """
    if options.days < 1 or options.limit < 1:
        raise UsageError("--days and --limit must be at least 1")
    if settings.role != "alone":
        _take_in(settings)
    if options.action:
        return _accept(options, settings)
    found = report(existing_data(settings), options.days, options.limit)
    mended = _mended(found, settings)
    offered = list(dict.fromkeys(filter(None, mended.values())))
    numbers = {proposal: n for n, proposal in enumerate(offered, 1)}
    QueryLog(settings.data).propose(offered)
    if wants_json(options):
        print_json(_json(found, mended, numbers))
    else:
        print("\n".join(_lines(found, mended, numbers)))
    return 0


def _take_in(settings: Settings) -> None:
    """Take in what other machines handed in; raises NotWriterError and ReplacedError."""
    try:
        take_in(settings)
    except FilesUnreachableError as error:
        print(f"tracuu: recent searches of other machines are missing: {error}", file=sys.stderr)


def _accept(options: argparse.Namespace, settings: Settings) -> int:
    if options.number is None:
        raise UsageError("the number of the proposal is missing; run `tracuu report accept N`")
    offered = QueryLog(existing_data(settings)).proposals()
    if not 1 <= options.number <= len(offered):
        raise NotFoundError(
            f"the last report has no proposal {options.number}; run `tracuu report` to see them"
        )
    proposal, path = offered[options.number - 1], own_lexicon(settings)
    curator(settings).accept(proposal)
    if wants_json(options):
        print_json({"file": str(path), **proposal._asdict()})
    else:
        print(f"{path}: [{proposal.kind}] {proposal.form} = {proposal.meant}")
    return 0


def _mended(found: Report, settings: Settings) -> _Mended:
    service, reader = open_search(settings), SuggestionReader(settings.data)

    def corrected(text: str) -> tuple[int, str | None]:
        response = service.search(SearchRequest(text, size=1))
        return response.total, response.query.suggestion

    queries = [asked.text for asked in found.zero]
    successful = frequent(settings.data, found.days, _FREQUENT)
    return dict(
        proposals(queries, successful, corrected, lambda letters: reader.with_initials(letters, _PHRASES))
    )


def _json(found: Report, mended: _Mended, numbers: Mapping[Proposal, int]) -> dict[str, object]:
    zero = []
    for asked in found.zero:
        proposal = mended.get(asked.text)
        told = {"n": numbers[proposal], **proposal._asdict()} if proposal else None
        zero.append({**asdict(asked), "finds_now": asked.text not in mended, "proposal": told})
    return {**asdict(found), "zero_share": round(found.zero_share, 4), "zero": zero}


def _lines(found: Report, mended: _Mended, numbers: Mapping[Proposal, int]) -> Iterator[str]:
    if not found.searches:
        yield f"no searches were recorded in {found.days} days"
        return
    yield f"{found.searches:,} searches in {found.days} days, {found.zero_share:.1%} found nothing"
    yield "\nmost frequent queries:"
    yield from (f"  {asked.times:6,}  {asked.text}  ({asked.total:,} found)" for asked in found.top)
    if found.zero:
        yield "\nqueries without results:"
    for asked in found.zero:
        yield f"  {asked.times:6,}  {asked.text}{'' if asked.text in mended else '  (has results now)'}"
        if proposal := mended.get(asked.text):
            accept = f"tracuu report accept {numbers[proposal]}"
            yield f"          [{proposal.kind}] {proposal.form} = {proposal.meant}: {accept}"
    if found.clicks:
        followed = sum(n for _, n in found.clicks)
        yield "\nresults opened, by position (0 is pinned):"
        yield from (f"  {position:6}  {n:,}  ({n / followed:.0%})" for position, n in found.clicks)
    if found.slow:
        yield "\nslow:"
        yield from (f"  {slow.slowest_ms:6,.0f} ms  {slow.text}" for slow in found.slow)
