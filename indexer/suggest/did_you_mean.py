""" "Did you mean": corrections are computed where they can matter, and shown only if the index supports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.engine.protocol import Foreseen, Snapshot
from indexer.errors import WordsUnreadError
from indexer.lexicon.lexicon import Lexicon
from indexer.suggest.accents import accented
from indexer.suggest.correction import corrections
from indexer.suggest.evidence import Evidence, neighbours_asked, side_by_side
from indexer.suggest.forms import Form
from indexer.suggest.looked_for import LookedFor
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary, VocabularyReader
from indexer.suggest.vouching import vouched_for
from indexer.suggest.weighing import Weighing
from indexer.suggest.written import as_written
from indexer.vietnamese.terms import SYLLABLE, terms_of

_MOST_TOKENS = 12
_LEAST_ALONE = 4
"""Minimum number of letters of a single word: "bus" and "tax" are one slip away from many syllables."""


class DidYouMean:
    """Suggests corrections of queries run on one commit of the index."""

    def __init__(self, snapshot: Snapshot, vocabularies: VocabularyReader, lexicon: Lexicon) -> None:
        """``lexicon``: what it contains is never treated as a slip; it also lists words that are never suggested."""
        self._snapshot = snapshot
        self._vocabularies = vocabularies
        self._lexicon = lexicon

    def foreseen(self, asked: LookedFor) -> Iterator[Foreseen]:
        """Yield what is asked to tell whether ``asked`` is in doubt; in vain if the titles of what it finds already tell."""
        typed = Typed(asked.syllables)
        forms = typed.forms
        if not 1 < len(forms) <= _MOST_TOKENS:
            return
        yield side_by_side(forms)
        yield from neighbours_asked(forms)

    def suggestion(
        self, asked: LookedFor, total: int, titles: Iterable[str], count: Callable[[str], int]
    ) -> str | None:
        """Return a better query than ``asked``, which matched ``total`` articles as meant, the best having these ``titles``.

        ``count`` runs another query and returns its number of articles.

        Only plain words are corrected, and only to a phrase of the index or to words whose neighbours all occur together more
        often than by chance. A query that meets this condition as typed is left alone. Accents are never merely added, since
        the same is found without them. A query with enough results is given few corrections.

        Raises WordsUnreadError while the first vocabulary is being read.
        """
        tokens = asked.syllables
        if not 0 < len(tokens) <= _MOST_TOKENS or (len(tokens) == 1 and len(tokens[0]) < _LEAST_ALONE):
            return None
        vocabulary = self._vocabularies.read(self._snapshot)
        if vocabulary is None:
            raise WordsUnreadError
        evidence = Evidence(self._snapshot, vocabulary)
        lexicon = self._lexicon
        typed = Typed(tokens, lexicon.recognised(tokens))
        if not _doubtful(typed, total, titles, vocabulary, evidence):
            return None
        weighing = Weighing(typed, total, vocabulary, evidence)
        for path in corrections(typed, vocabulary, evidence, weighing.found_enough):
            if len(tokens) == 1 and path[0].forms[0].folded[0] != typed.folded[0][0]:
                continue  # a word alone has no neighbours to tell by, and its first letter is seldom the slip
            found = vouched_for(typed, path, vocabulary, evidence)
            if found is None or typed.lacks_only_accents_of(found):
                continue
            corrected = _as_typed(tokens, found, self._snapshot)
            if lexicon.may_suggest(" ".join(corrected), " ".join(tokens)):
                if not weighing.allows(found, len(lexicon.recognised(found)) == len(found)):
                    return None
                text = " ".join(
                    _in_like_accents(asked.put_back(corrected), typed, vocabulary, self._snapshot)
                )
                return text if count(text) >= weighing.least(found) else None
        return None


def _doubtful(
    typed: Typed, total: int, titles: Iterable[str], vocabulary: Vocabulary, evidence: Evidence
) -> bool:
    """Tell whether a syllable is unknown, or the query does not occur as a whole.

    A query that finds articles and whose neighbours belong together is not in doubt. Checking the titles of the best articles
    takes a tenth of the time of a search. Two syllables that are far more frequent with other accents are in doubt even if some
    articles have them.
    """
    if not all(
        i in typed.fixed or vocabulary.knows(token, typed.accents) for i, token in enumerate(typed.tokens)
    ):
        return True
    forms = typed.forms
    if typed.accents and evidence.is_rare_in_these_accents(forms):
        return True
    return not (
        _in_any(forms, titles) or evidence.phrase(forms) or (total and evidence.belong_together(forms))
    )


def _in_any(forms: Sequence[Form], titles: Iterable[str]) -> bool:
    """Tell whether ``forms`` occur side by side in one of ``titles``."""
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


def _in_like_accents(
    words: Sequence[tuple[str, bool]], typed: Typed, vocabulary: Vocabulary, snapshot: Snapshot
) -> list[str]:
    """Add accents around a correction that brought some in: "giá vàng hôm nay" rather than "hom nay"."""
    texts = [text for text, _ in words]
    terms = [terms_of(text) for text in texts]
    around_bare = all(
        toned == folded for (toned, folded), (_, of_it) in zip(terms, words, strict=True) if not of_it
    )
    brought = any(toned != folded for (toned, folded), (_, of_it) in zip(terms, words, strict=True) if of_it)
    if typed.accents or not around_bare or not brought or not all(map(str.isalpha, texts)):
        return texts
    known = [toned if of_it else None for (toned, _), (_, of_it) in zip(terms, words, strict=True)]
    likeliest = as_written(accented([folded for _, folded in terms], known, vocabulary), snapshot)
    return [text if of_it else one for one, (text, of_it) in zip(likeliest, words, strict=True)]


def _as_typed(tokens: list[str], found: list[str], snapshot: Snapshot) -> list[str]:
    """Return ``found`` in the spelling of articles, except that unchanged syllables stay as typed."""
    written = as_written(found, snapshot)
    if len(tokens) != len(found):
        return written
    return [
        typed if terms_of(typed)[0] == one else shown.capitalize() if typed[:1].isupper() else shown
        for typed, one, shown in zip(tokens, found, written, strict=True)
    ]
