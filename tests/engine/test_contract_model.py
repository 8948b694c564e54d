"""Random collections and clauses: every engine finds what a brute-force evaluator finds."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import clauses as c
from indexer.engine.protocol import Engine, Entry
from indexer.model import UNDATED
from tests.engine.entries import FACTORIES, MakeEngine, ask, drop, entry, factory, ids
from tests.thoroughness import ALL

WORDS = ("hòa", "hoà", "hoa", "bình", "binh", "ủy", "uy", "ban")
TERMS = ("=hoà", "hoa", "=hoa", "=bình", "binh", "=uỷ", "uy", "ban", "=ban", "không")
SOURCES = ("báo", "bao", "cổng")
TEXT_FIELDS = ("title", "body", "text")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
days = st.none() | st.sampled_from((20231231, 20240101, 20240115, 20240201))
entries = st.builds(
    lambda id, title, body, day, source: entry(id, body, title, day=day, source=tuple(source)),
    st.sampled_from("abcdefgh"),
    texts,
    texts,
    days,
    st.lists(st.sampled_from(SOURCES), max_size=2, unique=True),
)
changes = st.lists(st.lists(entries | st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=3)
"""Batches of entries to put and ids to delete."""

phrases = st.builds(
    lambda field, terms: c.Phrase(field, tuple((2 * at + (t[0] != "="), t) for at, t in enumerate(terms))),
    st.sampled_from(("title", "body")),
    st.lists(st.sampled_from(TERMS), min_size=2, max_size=3),
)
fields = st.sampled_from(TEXT_FIELDS)
leaves: st.SearchStrategy[c.Clause] = st.one_of(
    st.builds(c.Term, fields, st.sampled_from(TERMS)),
    st.builds(c.Term, st.just("source"), st.sampled_from(SOURCES)),
    st.builds(c.Term, st.just("text_pairs"), st.sampled_from(("hoa_binh", "uy_ban", "ban_ban"))),
    phrases,
    st.builds(c.Prefix, fields, st.sampled_from(("h", "=", "bin", "uy", "x"))),
    st.builds(c.Fuzzy, fields, st.sampled_from(("ho", "han", "yu", "binhh", "=hoa"))),
    st.builds(c.DayRange, st.just(20240101), st.sampled_from((20240101, 20240131, 99991231))),
    st.sampled_from((c.Undated(), c.Everything(), c.Nothing())),
)


def _nested(inner: st.SearchStrategy[c.Clause]) -> st.SearchStrategy[c.Clause]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(c.All, several),
        st.builds(c.Any, several),
        st.builds(c.Not, inner),
        st.builds(c.Boost, inner, st.sampled_from((0.5, 2.0))),
        st.builds(c.Constant, inner, st.sampled_from((0.0, 3.0))),
    )


clauses = st.recursive(leaves, _nested, max_leaves=6)


def terms_of(one: Entry, field: str) -> list[str]:
    """Return the terms of a field of the model, in their order."""
    if field in ("title", "body"):
        return str(getattr(one, field).text).split()
    if field == "text":
        return [*one.title.text.split(), *one.body.text.split()]
    if field == "text_pairs":
        return [*one.title.pairs.split(), *one.body.pairs.split()]
    return list(one.keywords.get(field, ()))


def matches(one: Entry, clause: c.Clause) -> bool:
    """Tell whether ``clause`` matches, by reading its definition out loud."""
    match clause:
        case c.Term():
            return clause.term in terms_of(one, clause.field)
        case c.Phrase():
            terms = dict(enumerate(terms_of(one, clause.field)))
            return any(all(terms.get(start + at) == t for at, t in clause.terms) for start in range(-9, 20))
        case c.Prefix():
            return any(term.startswith(clause.prefix) for term in terms_of(one, clause.field))
        case c.Fuzzy():
            return any(one_edit_apart(clause.term, term) for term in terms_of(one, clause.field))
        case c.DayRange():
            return one.day is not None and clause.first <= one.day <= clause.last
        case c.Undated():
            return one.day is None
        case c.Everything():
            return True
        case c.Nothing():
            return False
        case c.All():
            return all(matches(one, part) for part in clause.clauses)
        case c.Any():
            return any(matches(one, part) for part in clause.clauses)
        case c.Not():
            return not matches(one, clause.clause)
        case c.Boost() | c.Constant():
            return matches(one, clause.clause)


def one_edit_apart(a: str, b: str) -> bool:
    """Make every edit of ``a`` that could give ``b``."""
    letters = set(b)
    cuts = [(a[:at], a[at:]) for at in range(len(a) + 1)]
    dropped = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    changed = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    added = {left + letter + right for left, right in cuts for letter in letters}
    return b in {a} | dropped | swapped | changed | added


def apply(engine: Engine, batches: Iterable[Iterable[Entry | str]]) -> dict[str, Entry]:
    """Commit batch by batch; return the collection that should be there."""
    model: dict[str, Entry] = {}
    for batch in batches:
        with engine.writer() as writer:
            for change in batch:
                if isinstance(change, Entry):
                    writer.put(change)
                    model[change.id] = change
                else:
                    writer.delete(change)
                    model.pop(change, None)
    return model


@pytest.mark.parametrize("name", FACTORIES)
def test_engines_agree_with_the_model(name: str) -> None:
    make = factory(name)

    # An index of a cluster takes a second to make.
    examples = 60 if name != "opensearch" else 20 if ALL else 5

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(changes, st.lists(clauses, min_size=3, max_size=6), clauses)
    def check(batches: list[list[Entry | str]], asked: list[c.Clause], kept: c.Clause) -> None:
        _check(make, batches, asked, kept)

    check()


def _check(make: MakeEngine, batches: list[list[Entry | str]], asked: list[c.Clause], kept: c.Clause) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = make(Path(folder) / "index", True)
        model = apply(engine, batches)
        assert engine.snapshot().count() == len(model)
        for clause in asked:
            expected = {id for id, one in model.items() if matches(one, clause)}
            assert ids(engine, clause) == expected
            found = ask(engine, clause, filters={"source": kept}, facets=("source", "month"))
            both = {id for id in expected if matches(model[id], kept)}
            assert found.total == len(both)
            assert dict(found.facets["source"]) == _count(model, expected, lambda one: one.keywords["source"])
            assert dict(found.facets["month"]) == _count(model, both, _month)
        engine.close()
        drop(Path(folder) / "index")


def _count(
    model: dict[str, Entry], ids: set[str], values: Callable[[Entry], tuple[str, ...]]
) -> dict[str, int]:
    return dict(Counter(value for id in ids for value in values(model[id])))


def _month(one: Entry) -> tuple[str, ...]:
    return (UNDATED,) if one.day is None else (f"{one.day // 10000}-{one.day // 100 % 100:02}",)


@pytest.mark.parametrize("name", FACTORIES)
def test_scores_agree_with_the_formula(name: str, tmp_path: Path) -> None:
    """BM25 with k1 = 1.2 and b = 0.75 and Lucene's idf, worked out by hand for three articles."""
    engine = factory(name)(tmp_path / "index", True)
    apply(engine, [[entry("a", "hòa bình"), entry("b", "hoa hoa hoa ban"), entry("c", "ủy ban")]])
    # "hoa" (folded) is in two of three; lengths in terms are 4, 8 and 4, their mean 16 / 3.
    # ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = 0.470004; times 2.2 f / (f + 1.2 (0.25 + 0.75 length / mean)).
    scores = {hit.id: hit.score for hit in ask(engine, c.Term("text", "hoa")).hits}
    assert scores == pytest.approx({"a": 0.523548, "b": 0.667102}, rel=1e-3)
    engine.close()
    drop(tmp_path / "index")
