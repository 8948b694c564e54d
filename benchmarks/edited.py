"""Edited copies of texts, as made by portals that republish articles, and texts from one template.

A copy gets a new headline, a line of the portal before and after it, typing errors, omitted or added sentences, and other
quotation marks and tone marks. A text from the same template keeps all words but names other places and figures.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from indexer.vietnamese.letters import fold

_PORTALS = ("Cổng thông tin điện tử thành phố", "Báo điện tử", "Trang tin sở", "Bản tin địa phương")
_TAILS = (
    "Theo cổng thông tin điện tử.",
    "Xem thêm các tin khác trong chuyên mục.",
    "Bản quyền thuộc về tòa soạn.",
)
_ADDED = "Thông tin được đăng lại để bạn đọc tiện theo dõi và phản hồi về ban biên tập."
_SYLLABLES = (
    "lam sông phú hòa bình an đông tây nam bắc tân mỹ thanh long vĩnh quang hưng thịnh yên lộc".split()
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[a-zà-ỹ,] )[A-ZĐÀ-Ỹ][a-zà-ỹ]+")
_FIGURE = re.compile(r"\d+")

Text = tuple[str, str]
"""Headline and body."""


def copy(text: Text, chance: random.Random) -> Text:
    """Return ``text`` with two to four edits."""
    title, body = text
    for edit in chance.sample(_EDITS, chance.randint(2, 4)):
        body = edit(body, chance)
    if chance.random() < 0.6:
        title = _headline(title, chance)
    return title, body


def of_template(text: Text, chance: random.Random) -> Text:
    """Return another text from the same template: names and figures are replaced consistently."""
    others: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return others.setdefault(match[0], chance.choice(_SYLLABLES).title())

    def figure(match: re.Match[str]) -> str:
        return others.setdefault(match[0], str(chance.randint(1, 10 ** len(match[0]))))

    title, body = (_FIGURE.sub(figure, _NAME.sub(name, part)) for part in text)
    return title, body


def templated(text: Text) -> bool:
    """Tell whether enough of ``text`` consists of names and figures for other texts from its template to differ."""
    return len(set(_NAME.findall(text[1]))) >= 5 and len(set(_FIGURE.findall(text[1]))) >= 3


def _headline(title: str, chance: random.Random) -> str:
    words = title.split()
    for _ in range(max(1, len(words) // 4)):
        words.pop(chance.randrange(len(words)))
    return " ".join(words) if len(words) > 2 else title


def _framed(body: str, chance: random.Random) -> str:
    return f"({chance.choice(_PORTALS)}) - {body}\n{chance.choice(_TAILS)}"


def _without_sentences(body: str, chance: random.Random) -> str:
    sentences = _SENTENCE.split(body)
    for _ in range(max(1, len(sentences) // 12)):
        if len(sentences) > 4:
            sentences.pop(chance.randrange(len(sentences)))
    return " ".join(sentences)


def _with_a_sentence(body: str, chance: random.Random) -> str:
    sentences = _SENTENCE.split(body)
    sentences.insert(chance.randint(0, len(sentences)), _ADDED)
    return " ".join(sentences)


def _with_slips(body: str, chance: random.Random) -> str:
    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() > 0.03 or not word.islower():
            return word
        at = chance.randrange(len(word))
        return word[:at] + chance.choice("aeinotgh") + word[at + 1 :]

    return _WORD.sub(slip, body)


def _other_marks(body: str, chance: random.Random) -> str:
    return body.replace('"', "”").replace("oà", "òa").replace("uý", "úy").replace(" - ", " – ")


def _without_accents(body: str, chance: random.Random) -> str:
    return fold(body) if chance.random() < 0.2 else body


_EDITS: Sequence[Callable[[str, random.Random], str]] = (
    _framed, _without_sentences, _with_a_sentence, _with_slips, _other_marks, _without_accents,
)  # fmt: skip
