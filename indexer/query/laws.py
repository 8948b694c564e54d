"""Laws requested by name alone: ``luật đất đai``, ``bo luat dan su 2015``, ``luật bhxh``."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.directives.citations.law_names import law_names
from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.query.parser import plain_words
from indexer.vietnamese.letters import fold
from indexer.vietnamese.spelling import is_syllable
from indexer.vietnamese.terms import Syllable, syllables

_KINDS = {("bo", "luat"): "bộ luật", ("luat",): "luật", ("phap", "lenh"): "pháp lệnh"}
_YEAR = re.compile(r"(?:19[4-9]|20[0-9])[0-9]")
_NUMBER = re.compile(r"(?<!\w)(?:số\s*:?\s*|so\s+)?\d+/[\w/.-]*", re.IGNORECASE)
_CONSTITUTION = ("hien", "phap")
_UNLISTED = range(2, 11)
"""Number of syllables of an unlisted law's name, without the word for its kind. A single syllable is not enough, since it forms
other words: "luật sư".
"""
_EITHER = ("bo luat", "luat")
"""People hardly distinguish codes from laws, so both are looked for, whichever was typed."""


@dataclass(frozen=True, slots=True)
class LawAsked:
    """A law requested by name; ``names`` has all of its possible names, folded and with the word for its kind: ``luat dat dai``."""

    names: tuple[str, ...]
    year: int | None = None


def law_asked(node: tree.Node, lexicon: Lexicon) -> LawAsked | None:
    """Return the law named by ``node``, None if it names none or says anything else.

    Typed accents must be those of the name: ``luật gia`` is a lawyer, not a law on prices.
    """
    words = tree.parts_of(node)
    if not words or not all(isinstance(word, tree.Word) and word.area is None for word in words):
        return None
    found = [syllable for word in words if isinstance(word, tree.Word) for syllable in word.syllables]
    year = None
    if len(found) > 1 and _YEAR.fullmatch(found[-1].folded):
        year = int(found[-1].folded)
        found = found[: -2 if found[-2].folded == "nam" else -1]
    if tuple(s.folded for s in found) == _CONSTITUTION:
        return LawAsked((" ".join(_CONSTITUTION),), year)
    found = _written_out(found, lexicon)
    kind = next((kind for kind in _KINDS if tuple(s.folded for s in found[: len(kind)]) == kind), None)
    if kind is None or len(found) == len(kind):
        return None
    accented = any(s.is_accented for s in found)
    subject = found[len(kind) :]
    kinds = _EITHER if kind[-1] == "luat" else (" ".join(kind),)
    names = dict.fromkeys(_known_names(subject, accented, lexicon))
    return LawAsked(tuple(f"{kind} {name}" for name in names for kind in kinds), year) if names else None


def unlisted_law(node: tree.Node) -> LawAsked | None:
    """Return the law with an unlisted name that ``node`` may be, None for other words.

    Only the titles in the index tell whether there is such a law: "luật công ty 1990".
    """
    words = tree.parts_of(node)
    if not words or not all(isinstance(word, tree.Word) and word.area is None for word in words):
        return None
    found = _plain(" ".join(word.text for word in words if isinstance(word, tree.Word))).split()
    if not found:
        return None
    year = int(found.pop()) if _YEAR.fullmatch(found[-1]) else None
    if year and found[-1:] == ["nam"]:
        found.pop()
    kind = next((kind for kind in _KINDS if tuple(found[: len(kind)]) == kind), None)
    subject = " ".join(found[len(kind) :]) if kind else ""
    if kind is None or len(found) - len(kind) not in _UNLISTED or subject in _folded_names().values():
        return None
    kinds = _EITHER if kind[-1] == "luat" else (" ".join(kind),)
    return LawAsked(tuple(f"{kind} {subject}" for kind in kinds), year)


def _written_out(found: list[Syllable], lexicon: Lexicon) -> list[Syllable]:
    """Return the written-out name of a law typed as one abbreviation, ``BLLĐ``; other words unchanged."""
    if len(found) != 1:
        return found
    for sense in lexicon.senses(found, found[0].toned, mixed_case=True):
        long = list(syllables(sense.text))
        if any(tuple(s.folded for s in long[: len(kind)]) == kind for kind in _KINDS):
            return long
    return found


def is_law_name(folded: Sequence[str]) -> bool:
    """Tell whether folded words are the full name of a listed law, including the word for its kind."""
    words = " ".join(folded).split()
    kind = next((kind for kind in _KINDS if tuple(words[: len(kind)]) == kind), None)
    return kind is not None and " ".join(words[len(kind) :]) in _folded_names()


def law_beside_number(text: str, lexicon: Lexicon) -> LawAsked | None:
    """Return the law that ``text`` names beside a number, None if it names none or says anything else.

    ``Luật Đất đai số 31/2024/QH15`` gives all names of that law; the number identifies one of the laws with the name.
    """
    name, numbers = _NUMBER.subn(" ", text)
    return law_asked(plain_words(name), lexicon) if numbers else None


def law_as_one(node: tree.Node, lexicon: Lexicon) -> tree.Node:
    """Return ``node``, which names a law according to :func:`law_asked`, with its name as one part, whose words must be side by
    side.

    Other names of the subject are added, and the law for the code, since people hardly distinguish them.
    """
    parts = tree.parts_of(node)
    words = tuple(takewhile(lambda part: isinstance(part, tree.Word) and not part.text.isdigit(), parts))
    name = tuple(word for word in words if isinstance(word, tree.Word))
    if name and name[-1].syllables[-1].folded == "nam" and len(parts) > len(name):
        name = name[:-1]
    kind = next((k for k in _KINDS if tuple(word.syllables[0].folded for word in name[: len(k)]) == k), None)
    if kind is None:
        is_named = tuple(word.syllables[0].folded for word in name[:2]) == _CONSTITUTION
        return tree.And((tree.Compound(name), *parts[len(name) :])) if is_named else node
    subject = name[len(kind) :]
    typed = [syllable for word in subject for syllable in word.syllables]
    text = " ".join(word.text for word in subject)
    senses = lexicon.senses(typed, text, mixed_case=True)
    others = [tree.Reading(f"{_KINDS[kind]} {sense.text}", sense.kind, sense.exact) for sense in senses]
    others += [
        tree.Reading(f"{_KINDS[kind]} {name[0].lower()}{name[1:]}", "same")
        for name in _spelled_out(typed, lexicon)
        if not senses
    ]
    if kind == ("bo", "luat"):
        others.append(tree.Reading(f"luật {text}", "same"))
    one = tree.Either(name, tuple(others)) if others else tree.Compound(name)
    return tree.And((one, *parts[len(name) :]))


def _known_names(subject: Sequence[Syllable], accented: bool, lexicon: Lexicon) -> list[str]:
    """Return the listed names of laws that ``subject`` is or abbreviates, folded."""
    listed = _toned_names() if accented else _folded_names()
    typed = " ".join(s.toned if accented else s.folded for s in subject)
    names = [listed[typed]] if typed in listed else []
    for sense in lexicon.senses(subject, " ".join(s.toned for s in subject), mixed_case=True):
        meant = " ".join(s.folded for s in syllables(sense.text))
        if meant in _folded_names():
            names.append(_folded_names()[meant])
    return [*names, *map(_plain, _spelled_out(subject, lexicon))]


def _spelled_out(subject: Sequence[Syllable], lexicon: Lexicon) -> list[str]:
    """Return the listed names that match ``subject`` with a word written out, ``thuế gtgt``, or by initials, ``kdbđs``."""
    if len(subject) == 1:
        short = subject[0].folded
        return [] if is_syllable(short) else _by_first_letters().get(short, [])
    found: list[str] = []
    for at, one in enumerate(subject):
        for sense in lexicon.senses([one], one.toned, mixed_case=True):
            long = [*subject[:at], *syllables(sense.text), *subject[at + 1 :]]
            found += filter(None, [_listed().get(" ".join(s.folded for s in long))])
    return found


@functools.cache
def _listed() -> dict[str, str]:
    """Return the listed names as written, by their folded syllables."""
    return {" ".join(s.folded for s in syllables(name)): name for name in law_names()}


@functools.cache
def _by_first_letters() -> dict[str, list[str]]:
    """Return the listed names by their initials, if these belong to a single name."""
    found: dict[str, list[str]] = {}
    for name in _listed().values():
        found.setdefault("".join(word[0] for word in _plain(name).split()), []).append(name)
    return {short: names for short, names in found.items() if len(short) > 2 and len(names) == 1}


@functools.cache
def _toned_names() -> dict[str, str]:
    return {" ".join(s.toned for s in syllables(name)): _plain(name) for name in law_names()}


@functools.cache
def _folded_names() -> dict[str, str]:
    return {" ".join(s.folded for s in syllables(name)): _plain(name) for name in law_names()}


def _plain(name: str) -> str:
    """Return the folded words of ``name`` as used in keys of laws: ``ky`` where terms have ``ki``."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))
