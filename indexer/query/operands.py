"""The operands of operators and fields: whole words, however many syllables they have.

The parser knows only syllables: it reads ``dân số OR công dân`` as ``dân (số OR công) dân``, and ``-trung quốc`` as "without
``trung``". Here, the operands are extended to the words of the index and the names of the lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.lexicon.lexicon import LONGEST, Lexicon, letters_of
from indexer.query import tree
from indexer.query.cut import words_of_run
from indexer.query.frequencies import Statistics

_Operator = Literal["or", "not", "field"]
_Size = Callable[[Sequence[tree.Word]], int]


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring syllables, or one other node, and the operator that applies to the first word."""

    nodes: list[tree.Node]
    operator: _Operator | None = None

    @property
    def syllables(self) -> list[tree.Word]:
        return [node for node in self.nodes if isinstance(node, tree.Word) and _is_syllable(node)]


def whole_operands(node: tree.Node, lexicon: Lexicon, statistics: Statistics) -> tree.Node:
    """Return ``node`` with its operators applied to whole words; groups in brackets stay as they are."""

    def first(run: Sequence[tree.Word]) -> int:
        near = run[:LONGEST]
        beginnings = (near[:size] for size in range(len(near), 1, -1))
        return max(_name_size(beginnings, lexicon), len(next(words_of_run(near, statistics)).syllables))

    def last(run: Sequence[tree.Word]) -> int:
        near = run[-LONGEST:]
        *_, word = words_of_run(near, statistics)
        return max(
            _name_size((near[-size:] for size in range(len(near), 1, -1)), lexicon), len(word.syllables)
        )

    match node:
        case tree.And() if any(isinstance(one, tree.Or | tree.Not) or _has_field(one) for one in node.nodes):
            return tree.And(tuple(_joined(_runs(node.nodes), first, last)))
        case _:
            return node


def _runs(nodes: Sequence[tree.Node]) -> list[_Run]:
    """Return the content of ``nodes`` from left to right."""
    runs: list[_Run] = []

    def add(node: tree.Node, operator: _Operator | None = None) -> None:
        if operator is None and _is_plain(node) and runs and _is_syllable(runs[-1].nodes[-1]):
            runs[-1].nodes.append(node)
        else:
            runs.append(_Run([node], operator))

    for node in nodes:
        match node:
            case tree.Or(inline=True):
                for n, operand in enumerate(node.nodes):
                    add(operand, "or" if n else None)
            case tree.Not() if _is_plain(node.node):
                add(node.node, "not")
            case _:
                add(node, "field" if _has_field(node) else None)
    return runs


def _joined(runs: Sequence[_Run], first: _Size, last: _Size) -> Iterator[tree.Node]:
    found: list[tree.Node] = []
    size = 0
    """Number of nodes at the end of ``found`` that a following operator takes."""
    for run in runs:
        words = run.syllables
        taken = first(words) if words and run.operator else 1
        operand, rest = run.nodes[:taken], run.nodes[taken:]
        match run.operator:
            case "or" if found:
                before = found[-size:]
                del found[-size:]
                if len(before) == 1 and isinstance(before[0], tree.Or) and before[0].inline:
                    found.append(replace(before[0], nodes=(*before[0].nodes, _one(operand))))
                else:
                    found.append(tree.Or((_one(before), _one(operand)), inline=True))
            case "not":
                found.append(tree.Not(_excluded(operand)))
            case "field":
                area = words[0].area
                found += (replace(word, area=area) for word in words[:taken])
            case _:
                rest = run.nodes
        found += rest
        size = last([word for word in rest if isinstance(word, tree.Word)]) if rest and words else 1
    yield from found


def _one(nodes: Sequence[tree.Node]) -> tree.Node:
    return nodes[0] if len(nodes) == 1 else tree.And(tuple(nodes))


def _excluded(nodes: Sequence[tree.Node]) -> tree.Node:
    """Return the node to exclude: a word of several syllables as a word, not each syllable anywhere."""
    if len(nodes) == 1:
        return nodes[0]
    return tree.Quoted(" ".join(node.text for node in nodes if isinstance(node, tree.Word)))


def _is_syllable(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and len(node.syllables) == 1 and node.number is None


def _is_plain(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and _is_syllable(node) and node.area is None


def _has_field(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and _is_syllable(node) and node.area is not None


def _name_size(runs: Iterable[Sequence[tree.Word]], lexicon: Lexicon) -> int:
    """Return the length of the lexicon name at the start of the first of ``runs``, 1 if there is none."""
    return next((len(run) for run in runs if _is_name(run, lexicon)), 1)


def _is_name(words: Sequence[tree.Word], lexicon: Lexicon) -> bool:
    typed = [word.syllables[0] for word in words]
    text = " ".join(word.text for word in words)
    return lexicon.may_know(" ".join(s.folded for s in typed), letters_of(text)) and bool(
        lexicon.senses(typed, text, mixed_case=True)
    )
