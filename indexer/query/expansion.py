"""What was typed -> what it may also be called: abbreviations, names, dates, numerals, questions.

Only neighbouring plain words are read, never quoted text, and nothing is ever narrowed: whatever
matched before matches still.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from indexer.directives.number import number_of_key, parse_number
from indexer.directives.typed import NumberPattern, read_typed
from indexer.lexicon.lexicon import LONGEST, Lexicon, Sense, letters_of
from indexer.query import tree
from indexer.query.spelled import date_spellings
from indexer.vietnamese.letters import fold
from indexer.vietnamese.quantities import LARGEST_ROMAN, amount_term, is_counted, quantities, roman_value
from indexer.vietnamese.terms import syllables

Learned = Callable[[str], Sequence[str]]
"""The long forms that the indexed text gives for the letters of an abbreviation."""

Documents = Callable[[NumberPattern], Sequence[str]]
"""The strict keys of the documents in the index that a typed number may mean, the most cited first."""

_QUESTIONS = frozenset(
    tuple(s.folded for s in syllables(question))
    for question in (
        "ở đâu", "như thế nào", "thế nào", "ra sao", "làm sao", "là gì", "là sao", "những gì", "cái gì", "bao nhiêu",
        "bao nhiêu tiền", "bao lâu", "khi nào", "bao giờ", "lúc nào", "tại sao", "vì sao", "có được không", "được không",
        "phải không", "đúng không", "hay không", "xin hỏi", "cho hỏi", "cho tôi hỏi", "cho em hỏi", "tôi muốn hỏi",
        "cho tôi biết", "xin cho biết", "làm ơn", "cần gì", "cần những gì", "gồm những gì", "gồm gì", "ai được",
        "thì sao", "ntn", "gì", "cần giấy tờ gì", "cần những giấy tờ gì", "cần các giấy tờ gì", "cần giấy tờ nào",
        "cần chuẩn bị gì", "cần chuẩn bị những gì", "phải chuẩn bị gì", "cần làm gì", "phải làm gì", "phải làm sao",
        "gồm giấy tờ gì", "gồm những giấy tờ gì", "gồm những giấy tờ nào", "cần hồ sơ gì", "cần những hồ sơ gì",
        "mất bao lâu", "trong bao lâu", "hết bao nhiêu", "hết bao nhiêu tiền", "mất bao nhiêu tiền", "là bao nhiêu",
        "làm như thế nào", "làm thế nào", "phải không ạ", "được không ạ", "ở chỗ nào", "tại đâu", "đến đâu",
        "khi nào thì", "là ai", "có phải không",
    )
)  # fmt: skip
_LONGEST_QUESTION = max(map(len, _QUESTIONS))
_BEFORE_DATES = frozenset("ngay mung mong thang quy qui".split())
_GLUED = re.compile(r"(nđ|nd|qđ|qd|tt|nq|ct|kh|tb|cv)([0-9]{1,4})", re.IGNORECASE)
_GLUED_NAMES = {
    "nđ": "nghị định", "nd": "nghị định", "qđ": "quyết định", "qd": "quyết định", "tt": "thông tư", "nq": "nghị quyết",
    "ct": "chỉ thị", "kh": "kế hoạch", "tb": "thông báo", "cv": "công văn",
}  # fmt: skip
_PLAIN_AMOUNT = re.compile(r"[0-9]{4,12}|[0-9]{1,3}(?:[.,][0-9]{3})+")
_LIKELY_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_SIGNING = frozenset(("tm.", "kt.", "tl.", "tuq.", "q."))
"""Who signs for whom, before a title: no abbreviations of anything else."""
_LONGEST_NUMBER = 14
"""Words of a number: "kế hoạch số 74 của ủy ban nhân dân năm 2024" has 11."""
_MOST_DOCUMENTS = 8
_HUNDREDS, _THOUSANDS = re.compile(r"[1-9][0-9]{0,2}"), re.compile(r"[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of other forms: the lexicon, and what the indexed text tells."""

    lexicon: Lexicon
    learned: Learned = lambda key: ()
    documents: Documents = lambda pattern: ()


def expand(node: tree.Node, known: Known) -> tree.Node:
    """Return ``node`` with the other forms of its words."""
    match node:
        case tree.Word():
            return _first(_expanded([node], known))
        case tree.And():
            parts: list[tree.Node] = []
            for (words, _), run in groupby(node.nodes, _kind_and_area):
                if words:
                    parts += _expanded([word for word in run if isinstance(word, tree.Word)], known)
                else:
                    parts += (expand(part, known) for part in run)
            return tree.And(tuple(parts))
        case tree.Or():
            return replace(node, nodes=tuple(expand(child, known) for child in node.nodes))
        case _:
            return node


def _kind_and_area(node: tree.Node) -> tuple[bool, str | None]:
    return (True, node.area) if isinstance(node, tree.Word) else (False, None)


def _first(nodes: list[tree.Node]) -> tree.Node:
    return nodes[0] if len(nodes) == 1 else tree.And(tuple(nodes))


def _expanded(words: list[tree.Word], known: Known) -> list[tree.Node]:
    run = _Run(words)
    parts: list[tree.Node] = []
    at = 0
    while at < len(words):
        part, end = (
            run.document(at, known)
            or run.quantity(at)
            or run.question(at)
            or run.named(at, known)
            or run.number(at)
            or (words[at], at + 1)
        )
        parts.append(part)
        at = end
    # Nothing but question words: they are what is searched.
    return [*words] if all(isinstance(part, tree.Hint) for part in parts) else parts


_Part = tuple[tree.Node, int] | None
"""A part of the tree and the place of the first word after it."""


class _Run:
    """Neighbouring words of a query."""

    def __init__(self, words: list[tree.Word]) -> None:
        self.words = words
        self.syllables = [list(syllables(word.text)) for word in words]
        self.folded = [" ".join(s.folded for s in of) for of in self.syllables]
        self.letters = [fold(letters_of(word.text)) for word in words]
        self.mixed_case = len(words) == 1 or any(letter.islower() for word in words for letter in word.text)
        self._quantities = dict(self._located())

    def _located(self) -> Iterator[tuple[int, tuple[tree.Node, int]]]:
        """Yield where a quantity begins, its part, and where it ends, in words."""
        text = " ".join(word.text for word in self.words)
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word.text) + 1
        for found in quantities(text):
            first = max(i for i, start in enumerate(starts) if start <= found.start)
            last = max(i for i, start in enumerate(starts) if start < found.end)
            if starts[first] != found.start and self.words[first].text[0] != "(":
                continue
            term = found.terms[0]
            if term[0] in "dmq" and first and self.folded[first - 1] in _BEFORE_DATES:
                first -= 1
            others: list[tree.Reading | tree.Quantity] = [
                tree.Quantity(one, date_spellings(one)) for one in _apart(found.terms)
            ]
            if text[found.start] in "IVX" and term[0] == "n":  # as digits after the same word: "khóa 13"
                before = f"{self.words[first - 1].text} " if first else ""
                others, first = [tree.Reading(f"{before}{term[1:]}", "same")], max(0, first - 1)
            elif term[0] == "n":  # an amount may stand without separators
                others.append(tree.Reading(term[1:], "same"))
            yield first, (tree.Either(tuple(self.words[first : last + 1]), tuple(others)), last + 1)

    def quantity(self, at: int) -> _Part:
        """A date, quarter, grouped amount or Roman numeral in capitals."""
        return self._quantities.get(at)

    def document(self, at: int, known: Known) -> _Part:
        """A document number in words: ``chỉ thị 38 tw``, ``nghị định 30 năm 2020``."""
        if not any(word.text[0].isdigit() for word in self.words[at + 1 : at + 6]):
            return None
        read = read_typed([word.text for word in self.words[at : at + _LONGEST_NUMBER]])
        if read is None or not read[0].precise:
            return None
        pattern, taken = read
        keys, likeliest = list(known.documents(pattern)), pattern.number_of()
        if not keys and likeliest is None:
            return None
        shown = (number_of_key(keys[0]) if keys else None) or likeliest
        document = tree.Document(
            shown.number if shown else keys[0],
            tuple(keys[:_MOST_DOCUMENTS]) or (likeliest.key if likeliest else "",),
        )
        return tree.Either(tuple(self.words[at : at + taken]), (document,)), at + taken

    def question(self, at: int) -> _Part:
        """Words that only ask."""
        for size in range(_LONGEST_QUESTION, 0, -1):
            asked = tuple(self.folded[at : at + size])
            # "là gì" of one word is a question; "gì" after one is more likely what is said.
            if asked in _QUESTIONS and len(self.words) - size >= (1 if size > 1 else 2):
                return tree.Hint(tuple(self.words[at : at + size])), at + size
        return None

    def named(self, at: int, known: Known) -> _Part:
        """The longest run from here that has other names."""
        if self.words[at].text.lower() in _SIGNING and at + 1 < len(self.words):
            return None
        for end in range(min(len(self.words), at + LONGEST), at, -1):
            text = " ".join(word.text for word in self.words[at:end])
            senses: list[Sense] = []
            if known.lexicon.may_know(" ".join(self.folded[at:end]), "".join(self.letters[at:end])):
                typed = [syllable for of in self.syllables[at:end] for syllable in of]
                senses = known.lexicon.senses(typed, text, self.mixed_case)
            if not senses and end == at + 1:
                senses = self._learned(text, known.learned)
            if senses:
                others = tuple(tree.Reading(sense.text, sense.kind, sense.exact) for sense in senses)
                return tree.Either(tuple(self.words[at:end]), others), end
        return None

    def _learned(self, text: str, learned: Learned) -> list[Sense]:
        key = letters_of(text)
        if not 2 <= len(key) <= 10 or not key.isalpha() or parse_number(text):
            return []
        return [Sense(long, "learned") for long in learned(fold(key))]

    def number(self, at: int) -> _Part:
        """Glued forms (``nd168``), amounts, and numerals after what they count, in either figures."""
        word, following = self.words[at], self.words[at + 1 :]
        if (
            following
            and is_counted(self.folded[at])
            and _ROMAN.fullmatch(following[0].text)
            and not following[0].text.isupper()
        ):
            digits = tree.Reading(f"{word.text} {roman_value(following[0].text.upper())}", "same")
            return tree.Either((word, following[0]), (digits,)), at + 2
        if _HUNDREDS.fullmatch(word.text) and following and _THOUSANDS.fullmatch(following[0].text):
            joined = tuple(takewhile(lambda one: _THOUSANDS.fullmatch(one.text), following))
            amount = word.text + "".join(one.text for one in joined)
            forms = (tree.Quantity(amount_term(amount)), tree.Reading(amount, "same"))
            return tree.Either((word, *joined), forms), at + 1 + len(joined)
        others: list[tree.Reading | tree.Quantity] = []
        if match := _GLUED.fullmatch(word.text):
            name = _GLUED_NAMES[match[1].lower()]
            others = [
                tree.Reading(f"{name} {match[2]}", "same"),
                tree.Reading(f"{name} số {match[2]}", "same"),
            ]
        elif _PLAIN_AMOUNT.fullmatch(word.text) and not _LIKELY_YEAR.fullmatch(word.text):
            others = [tree.Quantity(amount_term(word.text))]
        elif (
            word.text.isdigit()
            and at
            and is_counted(self.folded[at - 1])
            and 0 < int(word.text[:4]) <= LARGEST_ROMAN
        ):
            others = [tree.Quantity(f"n{int(word.text)}")]
        return (tree.Either((word,), tuple(others)), at + 1) if others else None


def _apart(terms: Sequence[str]) -> Sequence[str]:
    """Return the terms to ask for: the day with its year alone, every day of a range, the quarter with its year."""
    dated = [term for term in terms if term[0] == "d" and len(term) > len("d03-05")]
    return dated or (terms[:1] if terms[0][0] == "q" else terms)
