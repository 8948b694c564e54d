"""Every weight of the ranking, each with where it came from and which measurement holds it.

``python -m benchmarks.relevance`` gives the figures; no weight changes without them. *sim* marks
figures of a simulation of the same formulas on the judged sets and on known-item searches in 6,000
articles of the news; all others are of the product itself. nDCG@10 everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Factors of BM25 scores where nothing else is said, constants added to a score where it is."""

    text: float = 1.0
    """Title and body as one text; the unit of all others."""

    title: float = 0.25
    """The title on top of it. alqac is best at 0.1 to 0.2 (0.905 to 0.904, and 0.902 at 0.3), uit_regulations
    at 0.25 to 0.4 (0.9375; 0.934 at 0.2), summaries as queries for news at 0.4 (0.915; 0.911 at 0.2), sim."""

    body: float = 1.0
    """Only where ``in=body`` asks for it alone."""

    files: float = 0.4
    """Below the body, as the design asks; no judged set holds attachments yet."""

    pairs: float = 0.6
    """Folded pairs of neighbours beside syllables: 0.851 -> 0.903 on alqac, flat between 0.6 and 0.8."""

    function_word: float = 0.5
    """Share of a function word beside any other word. Questions hold words that regulations don't, so BM25
    thinks them rare and precious: uit_regulations 0.9300 -> 0.9330, alqac 0.9025 -> 0.9035; flat between 0.4 and 0.6."""

    reading: float = 0.5
    """Share of another form of what was typed, all its syllables together no more than those typed: on 8,000 news
    "csgt" has articles that write it so in all first 20 places instead of 8; uit_regulations 0.9365 -> 0.9373, alqac level."""

    day_of_year: float = 1.0
    """Constant for a day without a year in an article of the year asked for; ranks, never matches all words."""

    missing_tone: float = 0.25
    """Constant for a syllable that is there with its tone missing or added (``đương`` for ``đường``), in the
    all-words reading: below what BM25 gives for exact accents, above nothing, which other accents get."""

    whole_title: float = 4.0
    """Constant for a title that holds all words of the query, function words aside, in the all-words reading: everyday
    questions 0.701 -> 0.708 (``benchmarks.questions``; 3 to 6 alike), laws by their names 0.871 -> 0.889."""

    own_number: float = 100.0
    """Constant: the document that bears the number asked for comes first, above any sum of word scores."""

    cited_number: float = 20.0
    """Constant: then what cites it."""

    likeliest: float = 10.0
    """Constant on top for the likeliest of several documents that a number may mean: held, and cited most."""

    day_of_issue: float = 15.0
    """Constant on top for a document of the day or year of issue that was typed with its number."""

    def of_field(self, field: str) -> float:
        """Return the weight of one of the engine's fields of words."""
        return {"text": self.text, "title": self.title, "body": self.body, "files": self.files}[field]


WEIGHTS = Weights()

RECENCY_STEPS = 4
"""Half-lives over which recency is graded; older articles get none."""
