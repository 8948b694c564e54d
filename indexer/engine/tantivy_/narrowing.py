"""Rewrites clauses so that positions are examined in few articles.

The library evaluates an alternative by reading everything its branches match, 4,096 articles at a time, regardless of what else
must match: in ``All(Any(phrase, phrase), Term)``, every article with one of the phrases is examined. Therefore, each branch
with a phrase receives the requirements of the rest: ``Any(All(Term, phrase), All(Term, phrase))``, which matches the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.engine import clauses as c


def narrowed_clause(clause: c.Clause, needed: Sequence[c.Clause] = ()) -> c.Clause:
    """Return ``clause`` with its phrases evaluated only where all of ``needed`` match, which must match anyway.

    Only for clauses whose score is not used.
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
    """Return terms of which at least one occurs wherever ``clause`` matches; None if that is unknown."""
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
