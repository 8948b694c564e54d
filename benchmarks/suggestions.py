"""``python -m benchmarks.suggestions FOLDER [INDEX]``: typing slips in titles of the news, over FOLDER/ours-all or another
index.
"""

from __future__ import annotations

import os
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpus import records
from benchmarks.measure import folder_mb, memory_mb
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.suggest.completion import FILE_NAME
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import syllables
from indexer.vietnamese.words import canonical_words

SLIPS = 800
APART = 300
FEW = 600
TYPED = 2_000
_SEED = 20_241_122
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "qsz", "s": "adw", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku", "k": "jli", "l": "ko",
    "z": "ax", "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n",
}  # fmt: skip
_TELEX = {
    "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j",
    "\u0302": "aeo", "\u0306": "w", "\u031b": "w",
}  # fmt: skip
_VNI = {
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5",
    "\u0302": "6", "\u031b": "7", "\u0306": "8",
}  # fmt: skip
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_SOUNDS = (
    ("s", "x"),
    ("x", "s"),
    ("ch", "tr"),
    ("tr", "ch"),
    ("d", "gi"),
    ("gi", "d"),
    ("l", "n"),
    ("n", "l"),
)


def typed_in(syllable: str, vni: bool) -> str:
    """Return the keys of a syllable: in Telex and VNI, marks follow the letter or double it; the tone comes last."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", syllable.replace("đ", "d9" if vni else "dd")):
        if letter in _TONES:
            tone = (_VNI if vni else _TELEX)[letter]
        elif letter == "\u0302" and not vni:
            keys += keys[-1]
        elif unicodedata.combining(letter):
            keys += (_VNI if vni else _TELEX)[letter]
        else:
            keys += letter
    return keys + tone


def _substituted(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[:i] + chance.choice(_NEIGHBOURS.get(fold(word[i]), word[i])) + word[i + 1 :]


def _left_out(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[:i] + word[i + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[: i + 1] + word[i:]


def _swapped(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word) - 1)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _by_sound(word: str, chance: random.Random) -> str:
    fitting = [(one, other) for one, other in _SOUNDS if word.startswith(one)]
    if not fitting:
        return word
    one, other = chance.choice(fitting)
    return other + word[len(one) :]


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "another letter": _substituted,
    "letter left out": _left_out,
    "letter doubled": _doubled,
    "letters swapped": _swapped,
    "Telex keys": lambda word, _: typed_in(word, vni=False),
    "VNI keys": lambda word, _: typed_in(word, vni=True),
    "by sound": _by_sound,
}


def slips(titles: Sequence[str], number: int) -> list[tuple[str, str, str]]:
    """Return (kind, query with a slip in one word, intended query): three to seven words of a title in small letters."""
    chance = random.Random(_SEED)
    kinds = list(KINDS)
    made: list[tuple[str, str, str]] = []
    while len(made) < number:
        words = nfc(chance.choice(titles)).lower().split()
        size = chance.randint(3, 7)
        if len(words) < size:
            continue
        start = chance.randint(0, len(words) - size)
        meant = words[start : start + size]
        kind = kinds[len(made) % len(kinds)]
        if kind[0].islower() and chance.random() < 0.5:
            meant = [fold(word) for word in meant]
        places = [i for i, word in enumerate(meant) if len(word) > 2]
        if not all(word.isalpha() for word in meant) or not places:
            continue
        at = chance.choice(places)
        slip = KINDS[kind](meant[at], chance)
        if fold(slip) != fold(meant[at]):
            made.append((kind, " ".join([*meant[:at], slip, *meant[at + 1 :]]), " ".join(meant)))
    return made


def with_another(made: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return ``made`` with a second slip, in another word, where there is one."""
    chance = random.Random(_SEED)
    twice: list[tuple[str, str, str]] = []
    for kind, typed, meant in made:
        words = typed.split()
        places = [i for i, word in enumerate(meant.split()) if len(word) > 2 and words[i] == word]
        if places:
            at = chance.choice(places)
            slip = chance.choice(list(KINDS.values()))(words[at], chance)
            if fold(slip) != fold(words[at]):
                twice.append((kind, " ".join([*words[:at], slip, *words[at + 1 :]]), meant))
    return twice


def words_apart(titles: Sequence[str], number: int) -> list[str]:
    """Return correct queries that hardly any title contains as such: two words of one title with others between them.

    Every second one is without accents.
    """
    chance = random.Random(_SEED)
    made: list[str] = []
    while len(made) < number:
        title = nfc(chance.choice(titles)).lower()
        words = [title[start:end].replace("_", " ") for start, end in canonical_words(title)]
        compounds = [i for i, word in enumerate(words) if " " in word and word.replace(" ", "").isalpha()]
        if len(compounds) < 2:
            continue
        one, other = chance.sample(compounds, 2)
        if abs(one - other) > 1:
            text = f"{words[one]} {words[other]}"
            made.append(fold(text) if len(made) % 2 else text)
    return made


def few_words(titles: Sequence[str], number: int) -> list[str]:
    """Return correct queries as people type them: two or three words of a title, up to four syllables, not all adjacent.

    At least one has a single syllable, which has neighbours at distance one. Every second query is without accents.
    """
    chance = random.Random(_SEED)
    made: list[str] = []
    while len(made) < number:
        title = nfc(chance.choice(titles)).lower()
        words = [title[start:end].replace("_", " ") for start, end in canonical_words(title)]
        fitting = [i for i, word in enumerate(words) if len(word) > 1 and word.replace(" ", "").isalpha()]
        size = chance.randint(2, 3)
        if len(fitting) < size:
            continue
        places = sorted(chance.sample(fitting, size))
        text = " ".join(words[i] for i in places)
        side_by_side = places[-1] - places[0] == size - 1
        if not side_by_side and any(" " not in words[i] for i in places) and text.count(" ") < 4:
            made.append(fold(text) if len(made) % 2 else text)
    return made


def same(one: str, other: str) -> bool:
    """Tell whether two texts have the same syllables, with the accents of ``other`` if it has any."""
    if other.isascii():
        return fold(one) == fold(other)
    return [s.toned for s in syllables(nfc(one))] == [s.toned for s in syllables(nfc(other))]


def judge(
    service: SearchService, made: Sequence[tuple[str, str, str]]
) -> tuple[Counter[str], Counter[str], list[float]]:
    """Return slips and correct suggestions by kind, and the CPU milliseconds of each search with its suggestion."""
    asked, right = Counter[str](), Counter[str]()
    taken = []
    for kind, typed, meant in made:
        start = time.process_time()
        suggestion = service.search(SearchRequest(typed)).query.suggestion
        taken.append((time.process_time() - start) * 1000)
        asked[kind] += 1
        right[kind] += suggestion is not None and same(suggestion, meant)
    return asked, right, taken


def beginnings(titles: Sequence[str], number: int) -> list[str]:
    """Return prefixes of 1 to 20 letters, of titles and of words in them, every second one without accents."""
    chance = random.Random(_SEED)
    made: list[str] = []
    while len(made) < number:
        words = nfc(chance.choice(titles)).lower().split()
        text = " ".join(words[chance.randint(0, max(0, len(words) - 2)) :])[: chance.randint(1, 20)]
        if text.strip():
            made.append(fold(text) if len(made) % 2 else text)
    return made


def _typing(service: SearchService, titles: Sequence[str], data: Path) -> str:
    before = memory_mb(os.getpid(), private=True)
    taken, offered = [], 0
    for text in beginnings(titles, TYPED):
        start = time.process_time()
        offered += bool(service.suggest(text))
        taken.append((time.process_time() - start) * 1000)
    rows = [
        ("p50", f"{percentile(taken, 50):.2f} ms", "–"),
        ("p95", f"{percentile(taken, 95):.2f} ms", "2 ms at most"),
        ("beginnings with a suggestion", f"{offered / TYPED:.1%}", "–"),
        ("additional memory", f"{memory_mb(os.getpid(), private=True) - before:.0f} MB", "below 100 MB"),
        ("file", f"{folder_mb(data / FILE_NAME):.0f} MB", "–"),
    ]
    return (
        f"## While typing (`python -m benchmarks.suggestions FOLDER`): {TYPED:,} beginnings of 1 to 20 letters\n\n"
        + table(("", "measured", "target"), rows)
    )


def section(folder: Path, index: str = "ours-all") -> str:
    """Return the tables."""
    service = open_search(Settings(data=folder / index))
    titles = [record["title"] for record in records()]
    typing = _typing(service, titles, folder / index)
    made = slips(titles, SLIPS)
    service.search(SearchRequest("khong co tu nay"))  # the vocabulary is read once
    asked, right, taken = judge(service, made)
    rows = [(kind, str(asked[kind]), f"{right[kind] / asked[kind]:.1%}") for kind in KINDS]
    rows.append(("all", str(asked.total()), f"**{right.total() / asked.total():.1%}** (target: 88 %)"))
    asked, right, _ = judge(service, with_another(made))
    rows.append(("a second slip in another word", str(asked.total()), f"{right.total() / asked.total():.1%}"))
    clean = list(dict.fromkeys(meant for _, _, meant in made if not meant.isascii()))
    apart = words_apart(titles, APART)
    few = few_words(titles, FEW)

    def alarms(queries: Sequence[str]) -> str:
        found = sum(service.search(SearchRequest(text)).query.suggestion is not None for text in queries)
        return f"{found / len(queries):.2%}"

    return (
        "## Did you mean (`python -m benchmarks.suggestions FOLDER`): typing slips in titles of the news\n\n"
        + table(("slip", "queries", "right suggestion"), rows)
        + "\n\n"
        + table(
            ("", "measured"),
            [
                (f"false alarms on {len(clean)} clean queries (target: below 1 %)", alarms(clean)),
                ("the same queries without accents", alarms([fold(text) for text in clean])),
                (f"{APART} queries of two words from different places of a title", alarms(apart)),
                (f"{FEW} queries of two or three words of a title, including short ones", alarms(few)),
                ("search with suggestion, p50", f"{percentile(taken, 50):.1f} ms"),
                ("search with suggestion, p95", f"{percentile(taken, 95):.1f} ms"),
            ],
        )
        + "\n\n"
        + typing
    )


if __name__ == "__main__":
    print(section(Path(sys.argv[1]), *sys.argv[2:]))
