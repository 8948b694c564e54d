"""Did you mean: a correction is looked for where it can matter, and shown only if the index vouches for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from indexer.engine.protocol import Snapshot
from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.suggest.correction import corrections
from indexer.suggest.evidence import Evidence
from indexer.suggest.forms import Form
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary, VocabularyReader
from indexer.suggest.vouching import vouched_for
from indexer.suggest.written import as_written
from indexer.vietnamese.terms import SYLLABLE, terms_of

_MOST_TOKENS = 12
_LEAST_ALONE = 4
"""Letters of a word that stands alone: "bus" and "tax" are one slip from many syllables."""


class DidYouMean:
    """Suggests corrections of queries that were asked of one commit of the index."""

    def __init__(self, snapshot: Snapshot, vocabularies: VocabularyReader, lexicon: Lexicon) -> None:
        """``lexicon``: what it knows is no slip, whatever it looks like; some words it never lets us suggest."""
        self._snapshot = snapshot
        self._vocabularies = vocabularies
        self._lexicon = lexicon

    def suggestion(
        self, node: tree.Node, total: int, titles: Iterable[str], count: Callable[[str], int]
    ) -> str | None:
        """Return a better query than ``node``, which found ``total`` articles, the best with these ``titles``.

        ``count`` tries another query and returns how many articles it finds.

        Only plain words are corrected, and only into a phrase of the index, or words any two neighbours of which
        it holds together more often than chance. What it holds so as typed is left alone, accents are never merely
        added, since without them the same is found, and what changes nothing but accents must find more.
        """
        tokens = _lone_syllables(node)
        if not tokens or (len(tokens) == 1 and len(tokens[0]) < _LEAST_ALONE):
            return None
        vocabulary = self._vocabularies.read(self._snapshot)
        evidence = Evidence(self._snapshot, vocabulary)
        lexicon = self._lexicon
        typed = Typed(tokens, lexicon.recognised(tokens))
        if not _doubtful(typed, total, titles, vocabulary, evidence):
            return None
        for path in corrections(typed, vocabulary, evidence):
            if len(tokens) == 1 and path[0].forms[0].folded[0] != typed.folded[0][0]:
                continue  # a word alone has no neighbours to tell by, and its first letter is seldom the slip
            found = vouched_for(typed, path, vocabulary, evidence)
            if found is None or typed.lacks_only_accents_of(found):
                continue
            text = " ".join(found)
            if lexicon.may_suggest(text, " ".join(tokens)):
                same_letters = [terms_of(one)[1] for one in found] == typed.folded
                better = count(text) > (total if same_letters else 0)
                return " ".join(_as_typed(tokens, found, self._snapshot)) if better else None
        return None


def _doubtful(
    typed: Typed, total: int, titles: Iterable[str], vocabulary: Vocabulary, evidence: Evidence
) -> bool:
    """Tell whether a syllable is unknown, or the whole stands nowhere side by side.

    Nor is in doubt what finds articles and has neighbours that belong together. That the whole stands in a title of the
    best articles is seen at a tenth of the cost of a search.
    """
    if not all(
        i in typed.fixed or vocabulary.knows(token, typed.accents) for i, token in enumerate(typed.tokens)
    ):
        return True
    forms = typed.forms
    return not (
        _in_any(forms, titles) or evidence.phrase(forms) or (total and evidence.belong_together(forms))
    )


def _lone_syllables(node: tree.Node) -> list[str]:
    """Return the syllables of a query of nothing but plain words of one syllable each, as typed; else none."""
    found: list[str] = []
    for part in tree.parts_of(node):
        if not isinstance(part, tree.Word) or part.area or part.number or len(part.syllables) != 1:
            return []
        found.append(part.text[part.syllables[0].start : part.syllables[0].end])
    return found if len(found) <= _MOST_TOKENS else []


def _in_any(forms: Sequence[Form], titles: Iterable[str]) -> bool:
    """Tell whether ``forms`` stand side by side in one of ``titles``."""
    for title in titles:
        terms = [terms_of(token) for token in SYLLABLE.findall(title)]
        for start in range(len(terms) - len(forms) + 1):
            run = terms[start : start + len(forms)]
            if all(
                form.toned in (None, toned) and form.folded == folded
                for form, (toned, folded) in zip(forms, run, strict=True)
            ):
                return True
    return False


def _as_typed(tokens: list[str], found: list[str], snapshot: Snapshot) -> list[str]:
    """Return ``found`` as articles write it, but unchanged syllables as they were typed."""
    written = as_written(found, snapshot)
    if len(tokens) != len(found):
        return written
    return [
        typed if terms_of(typed)[0] == one else shown.capitalize() if typed[:1].isupper() else shown
        for typed, one, shown in zip(tokens, found, written, strict=True)
    ]
