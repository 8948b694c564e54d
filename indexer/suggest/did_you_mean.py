"""Did you mean: a correction is looked for where it can matter, and shown only if it finds more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from indexer.engine import clauses as c
from indexer.engine.fields import WHOLE_TEXT, pairs_field
from indexer.engine.protocol import EngineRequest, Snapshot
from indexer.query import tree
from indexer.query.values import STAFF
from indexer.suggest.accents import restore
from indexer.suggest.correction import correct
from indexer.suggest.vocabulary import Vocabulary, VocabularyReader
from indexer.vietnamese.terms import SYLLABLE, Syllable, terms_of, usual_spelling

_RARE_SHARE = 1 / 500
"""Share of the articles up to which two neighbours may be a slip."""
_MOST_TOKENS = 12
_LEAST_ALONE = 4
"""Letters of a word that stands alone: "bus" and "tax" are one slip from many syllables."""


class DidYouMean:
    """Suggests corrections of queries that were asked of one commit of the index."""

    def __init__(
        self, snapshot: Snapshot, vocabularies: VocabularyReader, known: Callable[[str], bool]
    ) -> None:
        """``known``: whether a token is an abbreviation, which is no slip whatever it looks like."""
        self._snapshot = snapshot
        self._vocabularies = vocabularies
        self._known = known

    def suggestion(
        self, node: tree.Node, total: int, titles: Iterable[str], count: Callable[[str], int]
    ) -> str | None:
        """Return a better query than ``node``, which found ``total`` articles, the best with these ``titles``.

        ``count`` tries another query and returns how many articles it finds.

        Only plain words are corrected, and only into what finds more; accents are restored where none
        were typed and all are sure.
        """
        words = _lone_syllables(node)
        tokens = [word.text[syllable.start : syllable.end] for word, syllable in words]
        if not words or (len(tokens) == 1 and len(tokens[0]) < _LEAST_ALONE):
            return None
        folded = [syllable.folded for _, syllable in words]
        vocabulary = self._vocabularies.read(self._snapshot)
        if self._suspicious(folded, titles, vocabulary):
            found = correct(tokens, vocabulary, self._pairs, self._phrase, self._known)
            if found is not None:
                text = " ".join(_as_typed(tokens, found))
                better = self._phrase([terms_of(s)[1] for s in found]) > self._phrase(folded)
                return text if (count(text) if better or not total else 0) else None
        if total:
            restored = restore(tokens, vocabulary)
            return " ".join(map(usual_spelling, restored)) if restored else None
        return None

    def _pairs(self, pairs: Sequence[str]) -> list[int]:
        return self._snapshot.frequencies(pairs_field(WHOLE_TEXT), pairs)

    def _phrase(self, folded: Sequence[str]) -> int:
        """Return in how many public articles the syllables stand side by side."""
        if len(folded) == 1:
            return self._snapshot.frequencies(WHOLE_TEXT, folded)[0]
        terms = tuple((2 * i + 1, term) for i, term in enumerate(folded))
        match = c.any_of(tuple(c.Phrase(area, terms) for area in ("title", "body")))
        return self._snapshot.search(EngineRequest(match, filters={"audience": c.Not(STAFF)}, limit=0)).total

    def _suspicious(self, folded: list[str], titles: Iterable[str], vocabulary: Vocabulary) -> bool:
        """Tell whether a syllable is unknown, or two neighbours hardly ever stand together and the whole never does.

        That the whole stands in a title of the best articles is seen at a tenth of the cost of a search.
        """
        if not all(map(vocabulary.articles, folded)):
            return True
        together = self._pairs(["_".join(pair) for pair in pairwise(folded)])
        rare = any(articles <= self._snapshot.count() * _RARE_SHARE for articles in together)
        return rare and not (_in_any(folded, titles) or self._phrase(folded))


def _lone_syllables(node: tree.Node) -> list[tuple[tree.Word, Syllable]]:
    """Return the words of a query of nothing but plain words of one syllable each, with it; else none."""
    found: list[tuple[tree.Word, Syllable]] = []
    for part in tree.parts_of(node):
        if not isinstance(part, tree.Word) or part.area or part.number or len(part.syllables) != 1:
            return []
        found.append((part, part.syllables[0]))
    return found if len(found) <= _MOST_TOKENS else []


def _in_any(folded: list[str], titles: Iterable[str]) -> bool:
    """Tell whether the syllables stand side by side in one of ``titles``."""
    looked_for = f" {' '.join(folded)} "
    return any(
        looked_for in f" {' '.join(terms_of(token)[1] for token in SYLLABLE.findall(title))} "
        for title in titles
    )


def _as_typed(tokens: list[str], found: list[str]) -> list[str]:
    """Give unchanged syllables the case they were typed in."""
    if len(tokens) != len(found):
        return list(map(usual_spelling, found))
    return [
        typed if terms_of(typed)[0] == one else shown.capitalize() if typed[:1].isupper() else shown
        for typed, one in zip(tokens, found, strict=True)
        for shown in (usual_spelling(one),)
    ]
