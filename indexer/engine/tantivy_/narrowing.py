"""What must match, put so that positions are looked at in few articles.

An alternative of the library reads all that its branches match, 4,096 articles at a time, whatever else has to match: in
``All(Any(phrase, phrase), Term)`` every article with one of the phrases is looked at. So each branch with a phrase takes
what the rest needs: ``Any(All(Term, phrase), All(Term, phrase))``. That matches the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.engine import clauses as c


def narrowed_clause(clause: c.Clause, needed: Sequence[c.Clause] = ()) -> c.Clause:
    """Return ``clause`` so that its phrases are looked for only where all of ``needed`` match, if these must match anyhow.

    Only for clauses whose score is not asked for.
    """
    match clause:
        case c.All():
            parts = list(_conjuncts(clause))
            needs = [_needs(part) for part in parts]
            return c.All(
                tuple(
                    narrowed_clause(
                        part, (*needed, *(need for j, need in enumerate(needs) if need and j != i))
                    )
                    for i, part in enumerate(parts)
                )
            )
        case c.Any(clauses) if _has_phrase(clause):
            return c.Any(tuple(_within(branch, needed) for branch in clauses))
        case c.Constant(inner, score):
            return c.Constant(narrowed_clause(inner, needed), score)
        case _:
            return clause


def _conjuncts(clause: c.Clause) -> Iterator[c.Clause]:
    if isinstance(clause, c.All):
        for part in clause.clauses:
            yield from _conjuncts(part)
    else:
        yield clause


def _within(branch: c.Clause, needed: Sequence[c.Clause]) -> c.Clause:
    narrowed = narrowed_clause(branch, needed)
    if not needed or (isinstance(branch, c.Any) and _has_phrase(branch)):
        return narrowed
    own = narrowed.clauses if isinstance(narrowed, c.All) else (narrowed,)
    return c.All((*(need for need in dict.fromkeys(needed) if need not in own), *own))


def _needs(clause: c.Clause) -> c.Clause | None:
    """Return terms of which one must stand in whatever ``clause`` matches; None where that can't be told."""
    terms = list(_alternatives(clause))
    if not terms or None in terms:
        return None
    return c.any_of(tuple(dict.fromkeys(term for term in terms if term)))


def _alternatives(clause: c.Clause) -> Iterator[c.Term | None]:
    match clause:
        case c.Term():
            yield clause
        case c.All(clauses):
            needs = (_needs(part) for part in clauses)
            yield next((need for need in needs if isinstance(need, c.Term)), None)
        case c.Any(clauses):
            for branch in clauses:
                yield from _alternatives(branch)
        case c.Constant(inner, _) | c.Boost(inner, _):
            yield from _alternatives(inner)
        case _:
            yield None


def _has_phrase(clause: c.Clause) -> bool:
    match clause:
        case c.Phrase():
            return True
        case c.All(clauses) | c.Any(clauses):
            return any(map(_has_phrase, clauses))
        case _:
            return False
