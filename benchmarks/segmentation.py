"""``python -m benchmarks.segmentation [ARTICLES]``: segmentation compared with pyvi on the bodies of the news, and analysis as
a whole.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable

from benchmarks.corpus import records
from benchmarks.tables import table
from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import term_streams
from indexer.vietnamese.words import raw_segmenter, word_streams

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer

_TURN = 500
"""Number of articles that each side processes in turn."""


def section(limit: int | None = None) -> str:
    """Return the table; ``limit`` is the number of bodies, all of them by default."""
    segmenter = raw_segmenter()
    bodies: list[str] = []
    characters = differences = articles = 0
    taken = {"Tra Cứu": 0.0, "pyvi": 0.0, "streams": 0.0, "words": 0.0}

    def turn() -> None:
        nonlocal characters, differences, articles
        ours = _timed(taken, "Tra Cứu", segmenter.segment, bodies)
        theirs = _timed(taken, "pyvi", ViTokenizer.tokenize, bodies)
        _timed(taken, "streams", lambda text: term_streams(nfc(text)).text, bodies)
        _timed(taken, "words", lambda text: word_streams(chunks_of(nfc(text))).words, bodies)
        differences += sum(one != other for one, other in zip(ours, theirs, strict=True))
        characters += sum(map(len, bodies))
        articles += len(bodies)
        bodies.clear()

    for record in records(only_bodies=True, limit=limit):
        bodies.append(record["body"])
        if len(bodies) == _TURN:
            turn()
    turn()
    rates = {name: characters / seconds for name, seconds in taken.items()}
    rows = [
        ("pyvi 0.1.1", f"{rates['pyvi']:,.0f}", "–"),
        ("Tra Cứu, the same output", f"{rates['Tra Cứu']:,.0f}", "–"),
        ("faster", f"{rates['Tra Cứu'] / rates['pyvi']:.1f}×", "8×"),
        (f"outputs that differ, of {articles:,}", str(differences), "0"),
        (
            "analysis in all (normalise, fold, syllables, pairs, words)",
            f"{characters / (taken['streams'] + taken['words']):,.0f}",
            "1,500,000",
        ),
    ]
    return (
        f"## Words (`python -m benchmarks.segmentation`): {characters / 1e6:.0f} million characters, one process\n\n"
        + table(("", "characters/s", "target"), rows)
    )


def _timed(taken: dict[str, float], name: str, run: Callable[[str], str], texts: list[str]) -> list[str]:
    start = time.perf_counter()
    results = list(map(run, texts))
    taken[name] += time.perf_counter() - start
    return results


if __name__ == "__main__":
    print(section(int(sys.argv[1]) if len(sys.argv) > 1 else None))
