"""Parses text into a query tree, using the grammar of Whoosh's query parser.

Whoosh's defaults do not suit Vietnamese administration (``38-CT/TW`` would become "38 and not CT/TW"), so the plugins are
chosen one by one, and its syntax tree is read instead of its queries. Anything that cannot be parsed is searched for as plain
words.
"""

from __future__ import annotations

import functools
import re
import warnings
from dataclasses import replace
from typing import Any

from indexer.query import tree
from indexer.query.dates import read_period, read_range
from indexer.query.spelling import FIELDS, mend

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 is frozen and compiles with SyntaxWarnings.
    from whoosh.qparser import QueryParser, plugins, syntax

MAX_CHARACTERS = 512
"""Maximum length of a query in characters; longer queries find nothing more and cost more."""

_PLAIN_WORD = re.compile(r"[^\W_][\w.,/%-]*")
_OPERATORS = frozenset(("and", "or", "not", "to"))
_MIN_PREFIX = 2
_Leaf = tree.Word | tree.Quoted | tree.Prefix | tree.Fuzzy | tree.Label


@functools.lru_cache(maxsize=1)
def _parser() -> Any:
    names = "|".join(FIELDS)
    chosen = [
        plugins.WhitespacePlugin(),
        plugins.PhrasePlugin(),
        plugins.GroupPlugin(),
        plugins.PrefixPlugin(),
        plugins.FuzzyTermPlugin(),
        plugins.RangePlugin(),
        plugins.FieldsPlugin(expr=rf"(?<![^\s(\-])(?P<text>{names}):", remove_unknown=False),
        plugins.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None),
    ]
    return QueryParser(None, schema=None, plugins=chosen)


def parse(text: str) -> tree.Node:
    """Return the tree of ``text``; never raises, whatever the text.

    >>> parse("đất OR nhà")
    Or(nodes=(Word(text='đất', area=None), Word(text='nhà', area=None)), inline=False)
    """
    mended = mend(text)
    if len(mended) > MAX_CHARACTERS:
        return plain_words(text[:MAX_CHARACTERS])
    if all(_PLAIN_WORD.fullmatch(word) and word.lower() not in _OPERATORS for word in mended.split()):
        # Most queries are like this: the grammar would take half a millisecond to give the same result.
        return _simplify(_and(list(tree.words_in(mended))))
    try:
        return _simplify(_node(_parser().process(mended)))
    except Exception:  # Whoosh raises many kinds on malformed text; all mean "plain words".
        return plain_words(text)


def plain_words(text: str) -> tree.Node:
    """Return ``text`` as words that must all match, ignoring any operators."""
    return tree.And(tree.words_in(text))


def _node(node: Any) -> tree.Node | None:
    if isinstance(node, syntax.NotGroup):
        negated = _and(_nodes(node))
        return tree.Not(negated) if negated is not None else None
    if isinstance(node, syntax.OrGroup):
        children = _nodes(node)
        return tree.Or(tuple(children)) if children else None
    if isinstance(node, syntax.GroupNode):
        return _and(_join_short_prefixes(_nodes(node)))
    return _leaf(node)


def _nodes(group: Any) -> list[tree.Node]:
    # Brackets around an "or" form a separate group.
    several = len(group.nodes) > 1
    return [
        replace(made, inline=several and isinstance(child, syntax.OrGroup))
        if isinstance(made, tree.Or)
        else made
        for child, made in ((child, _node(child)) for child in group.nodes)
        if made is not None
    ]


def _and(nodes: list[tree.Node]) -> tree.Node | None:
    return None if not nodes else nodes[0] if len(nodes) == 1 else tree.And(tuple(nodes))


def _leaf(node: Any) -> tree.Node | None:
    field, area = node.fieldname, tree.AREAS.get(node.fieldname)
    if isinstance(node, syntax.RangeNode):
        if field == "date":
            return read_range(node.start, node.end)
        return plain_words(f"{node.start or ''} {node.end or ''}")
    text = str(node.text)
    if field is not None and area is None:
        return _field_value(field, text.strip('"'))
    leaf: _Leaf
    match node:
        case plugins.PhrasePlugin.PhraseNode():
            leaf = tree.Quoted(text, area)
        case plugins.PrefixPlugin.PrefixNode():
            leaf = tree.Prefix(text, area)
        case _ if text == "*":
            return tree.Everything()
        case plugins.FuzzyTermPlugin.FuzzyTermNode():
            leaf = tree.Fuzzy(text, area)
        case _:
            leaf = tree.Word(text, area)
    return _with_words(leaf)


def _field_value(field: str, text: str) -> tree.Node | None:
    if field in ("number", "cites"):
        return tree.NumberIs(text, field)
    if field in tree.LABELS:
        return _with_words(tree.Label(text, field))
    # An unreadable date is searched for as words, like anything malformed.
    return read_period(text, field) or plain_words(text)


def _with_words(leaf: _Leaf) -> _Leaf | None:
    """Return ``leaf``, None if its text consists of signs only."""
    return leaf if leaf.syllables else None


def _join_short_prefixes(nodes: list[tree.Node]) -> list[tree.Node]:
    """Join a prefix of one letter to the word before it; without one, it becomes a word."""
    joined: list[tree.Node] = []
    for node in nodes:
        if isinstance(node, tree.Prefix) and len(node.text) < _MIN_PREFIX:
            before = joined[-1] if joined else None
            if isinstance(before, tree.Word) and before.area == node.area:
                node = tree.Prefix(node.text, node.area, before)
                joined.pop()
            else:
                node = tree.Word(node.text, node.area)
        joined.append(node)
    return joined


def _simplify(node: tree.Node | None) -> tree.Node:
    """Flatten nested conjunctions, so that neighbouring words can be recognised."""
    if node is None:
        return tree.EVERYTHING
    if isinstance(node, tree.And):
        flat: list[tree.Node] = []
        for child in map(_simplify, node.nodes):
            flat += child.nodes if isinstance(child, tree.And) else (child,)
        return tree.And(tuple(flat))
    if isinstance(node, tree.Or):
        return replace(node, nodes=tuple(map(_simplify, node.nodes)))
    if isinstance(node, tree.Not):
        return tree.Not(_simplify(node.node))
    return node
