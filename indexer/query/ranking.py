"""All weights of the ranking, each with its origin and the measurement that supports it.

``python -m benchmarks.relevance`` gives the figures; no weight changes without them. *sim* marks figures from a simulation of
the same formulas, on the judged sets and on known-item searches in 6,000 news articles; all others were measured on the
product. The metric is nDCG@10 throughout.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights are factors of BM25 scores, unless they are said to be constants that are added to the score."""

    text: float = 1.0
    """Title and body as one text; the unit of all other weights."""

    title: float = 0.25
    """The title in addition to it. alqac is best at 0.1 to 0.2 (0.905 to 0.904, against 0.902 at 0.3), uit_regulations at 0.25
    to 0.4 (0.9375; 0.934 at 0.2), summaries as queries for news at 0.4 (0.915; 0.911 at 0.2), sim."""

    body: float = 1.0
    """Used only if ``in=body`` restricts the search to the body."""

    files: float = 0.4
    """Lower than the body by design; no judged set contains attachments yet."""

    pairs: float = 0.6
    """Folded pairs of neighbours in addition to syllables: 0.851 -> 0.903 on alqac, flat between 0.6 and 0.8."""

    function_word: float = 0.5
    """The weight of a function word relative to other words. Questions contain words that are rare in regulations, so BM25
    overrates them: uit_regulations 0.9300 -> 0.9330, alqac 0.9025 -> 0.9035; flat between 0.4 and 0.6."""

    reading: float = 0.5
    """The weight of another form relative to what was typed; all of its syllables together count no more than the typed ones.
    On 8,000 news articles, all of the first 20 results for "csgt" then contain that spelling, instead of 8; uit_regulations
    0.9365 -> 0.9373, alqac unchanged."""

    day_of_year: float = 1.0
    """Constant for a day without a year in an article of the requested year; it affects ranking only, not matching."""

    missing_tone: float = 0.25
    """Constant, in the close reading, for a syllable whose tone is missing or added (``đương`` for ``đường``): less than
    BM25 gives for exact accents, more than the zero for other accents."""

    whole_title: float = 4.0
    """Constant, in the close reading, for a title that contains all words of the query except function words: everyday
    questions 0.701 -> 0.708 (``benchmarks.questions``; 3 to 6 alike), laws by name 0.871 -> 0.889."""

    own_number: float = 100.0
    """Constant: the document that bears the requested number comes first, above any sum of word scores."""

    cited_number: float = 20.0
    """Constant: articles that cite it come next."""

    likeliest: float = 10.0
    """Additional constant for the likeliest of several documents that a number may mean: available here, and most cited."""

    day_of_issue: float = 15.0
    """Additional constant for a document whose date or year of issue was typed with its number."""

    def of_field(self, field: str) -> float:
        """Return the weight of one of the engine's text fields."""
        return {"text": self.text, "title": self.title, "body": self.body, "files": self.files}[field]


WEIGHTS = Weights()

RECENCY_STEPS = 4
"""Half-lives over which recency decreases in steps; older articles get no bonus."""
