"""Clauses put so that positions are looked at in few articles match what they matched before."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import clauses as c
from indexer.engine.tantivy_.narrowing import narrowed_clause

TERMS = tuple(c.Term("text", letter) for letter in "abc")
PHRASES = tuple(c.Phrase("body", ((0, x), (2, y))) for x, y in ("ab", "bc", "ca"))
LEAVES: tuple[c.Clause, ...] = (*TERMS, *PHRASES)
ARTICLES = [frozenset(held) for n in range(len(LEAVES) + 1) for held in combinations(LEAVES, n)]

CLAUSES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: c.All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: c.Any(tuple(parts))),
        inner.map(c.Not),
        inner.map(c.Constant),
    ),
    max_leaves=10,
)


def matches(clause: c.Clause, article: frozenset[c.Clause]) -> bool:
    match clause:
        case c.All(parts):
            return all(matches(part, article) for part in parts)
        case c.Any(parts):
            return any(matches(part, article) for part in parts)
        case c.Not(inner):
            return not matches(inner, article)
        case c.Constant(inner, _):
            return matches(inner, article)
        case _:
            return clause in article


@given(CLAUSES)
def test_the_same_articles_match(clause: c.Clause) -> None:
    narrowed = narrowed_clause(clause)
    assert [matches(narrowed, one) for one in ARTICLES] == [matches(clause, one) for one in ARTICLES]


def test_each_alternative_with_a_phrase_takes_what_the_rest_needs() -> None:
    a, b, _ = TERMS
    here, there, _ = PHRASES
    asked = c.All((a, c.Any((c.All((b, here)), there))))
    assert narrowed_clause(asked) == c.All((a, c.Any((c.All((a, b, here)), c.All((a, there))))))


def test_words_of_several_fields_need_one_of_their_pairs() -> None:
    a, b, other = TERMS
    here, there, _ = PHRASES
    word = c.Any((c.All((a, here)), c.All((b, here))))
    second = c.Any((c.All((other, there)), there))
    narrowed = narrowed_clause(c.All((word, second)))
    assert isinstance(narrowed, c.All)
    assert narrowed.clauses[0] == word  # the second may hold its phrase anywhere, so nothing is known of it
    either = c.Any((a, b))
    assert narrowed.clauses[1] == c.Any((c.All((either, other, there)), c.All((either, there))))
