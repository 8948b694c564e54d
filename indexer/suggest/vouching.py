"""A correction with accents supported by the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from indexer.suggest.accents import accented, likely_forms, with_marks_of
from indexer.suggest.candidates import Candidate, forms_of
from indexer.suggest.evidence import Evidence
from indexer.suggest.forms import Form
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary
from indexer.vietnamese.terms import terms_of


def vouched_for(
    typed: Typed, path: Sequence[Candidate], vocabulary: Vocabulary, evidence: Evidence
) -> list[str] | None:
    """Return the syllables of ``path``, a correction of ``typed``, as they occur in the index; None if they do not.

    They must occur as a phrase, or all neighbours more often than by chance. If nothing was typed with accents, and the index
    does not have the likeliest ones, the syllables are returned without any.
    """
    likeliest = _accented(typed.tokens, path, vocabulary)
    if typed.accents:
        return _held(typed.tokens, path, likeliest, vocabulary, evidence)
    forms = forms_of(path)
    if not _stand_by_themselves(forms, vocabulary, evidence):
        return None
    for held in (evidence.is_phrase, evidence.belong_together):
        if held(forms):
            return [_text(form) for form in likeliest] if held(likeliest) else [form.folded for form in forms]
    return None


def _accented(tokens: Sequence[str], path: Sequence[Candidate], vocabulary: Vocabulary) -> list[Form]:
    """Return ``path`` with its likeliest accents."""
    known: list[str | None] = []
    for token, one in zip(tokens, path, strict=True):
        alone = len(one.forms) == 1 and one.forms[0].toned is None
        known += (
            [with_marks_of(token, one.forms[0].folded, vocabulary)]
            if alone
            else [form.toned for form in one.forms]
        )
    folded = [form.folded for form in forms_of(path)]
    return [Form(one, toned) for one, toned in zip(folded, accented(folded, known, vocabulary), strict=True)]


def _held(
    tokens: Sequence[str],
    path: Sequence[Candidate],
    likeliest: list[Form],
    vocabulary: Vocabulary,
    evidence: Evidence,
) -> list[str] | None:
    """Return ``path`` with those accents of the changed syllables with which it occurs in most articles."""
    bare = list(_bare(tokens, path, vocabulary))
    evidence.foresee(chain([likeliest], (_with(likeliest, *one) for one in bare)))
    best, most = likeliest, evidence.phrase(likeliest)
    for one in bare:
        tried = _with(best, *one)
        if (articles := evidence.phrase(tried)) > most:
            best, most = tried, articles
    if not _stand_by_themselves(best, vocabulary, evidence):
        return None
    if evidence.is_phrase(best) or evidence.belong_together(best):
        return [_text(form) for form in best]
    return None


def _bare(
    tokens: Sequence[str], path: Sequence[Candidate], vocabulary: Vocabulary
) -> Iterator[tuple[int, Form]]:
    """Yield the index of each syllable of ``path`` that may have any accents, with each likely form of it."""
    syllables = ((token, form) for token, one in zip(tokens, path, strict=True) for form in one.forms)
    for at, (token, form) in enumerate(syllables):
        if form.toned is None:
            for toned in likely_forms(token, form.folded, vocabulary):
                yield at, Form(form.folded, toned)


def _with(forms: Sequence[Form], at: int, form: Form) -> list[Form]:
    return [*forms[:at], form, *forms[at + 1 :]]


def _stand_by_themselves(forms: Sequence[Form], vocabulary: Vocabulary, evidence: Evidence) -> bool:
    """Tell whether ``forms`` are more than two neighbours, or a word or fixed phrase: "sổ không" is neither."""
    return len(forms) != 2 or vocabulary.is_word(*forms) or evidence.are_bound(forms)


def _text(form: Form) -> str:
    return form.toned or terms_of(form.folded)[1]
