"""What the segmentation model knows about a token, summed once per distinct token."""

from __future__ import annotations

import string
from collections.abc import Callable

from indexer.vietnamese.crf import BinaryCrf
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.tokens import tokens_of

UNLISTED = 0xFFFF
"""Number for syllables that occur in no listed word; the list has some 6,000 syllables."""

ALONE, SMALL, CAPITAL = 0, 1, 2
"""Kinds of tokens: signs and tokens that begin with a digit, which are never joined to others; tokens that begin with a small
letter; tokens that begin with a capital.
"""

Entry = tuple[float, float, float, int, str, int]
"""About a token: its weights for itself, for the next token and for the previous one; its number; its text; its kind."""


class Tokens(Memo[Entry]):
    """Cache of what the model knows about tokens."""

    def __init__(
        self, weights: BinaryCrf, numbers: dict[str, int], spelling: Callable[[str], str], limit: int
    ) -> None:
        super().__init__(limit)
        self._weights = weights.attributes
        self._numbers = numbers
        self._spelling = spelling

    def made(self, text: str) -> Entry:
        spelled = self._spelling(text)
        lower = spelled.lower()
        value = lower.split("\0")[0]  # CRFsuite's strings end there
        get = self._weights.get
        title, upper = spelled.istitle(), spelled.isupper()
        here = get("bias", 0.0) + get(f"word.lower():{value}", 0.0)
        here += get("word.isupper()", 0.0) * upper
        here += get("word.istitle()", 0.0) * title
        here += get("word.isdigit()", 0.0) * spelled.isdigit()
        beside = []
        for side in ("-1", "+1"):
            weight = get(f"{side}:word.lower():{value}", 0.0)
            weight += get(f"{side}:word.istitle()", 0.0) * title
            beside.append(weight + get(f"{side}:word.isupper()", 0.0) * upper)
        number = self._numbers.get(lower, UNLISTED)
        return here, beside[0], beside[1], number, text, _beginning(text)


def _beginning(token: str) -> int:
    if token in string.punctuation or token[0].isdigit():
        return ALONE
    return CAPITAL if token[0].istitle() else SMALL


class Chunks(Memo[tuple[Entry, ...]]):
    """The tokens of a chunk; no token contains a blank."""

    def __init__(self, tokens: Tokens, limit: int) -> None:
        super().__init__(limit)
        self.tokens = tokens

    def made(self, text: str) -> tuple[Entry, ...]:
        if text.isalnum():
            return (self.tokens[text],)
        return tuple(map(self.tokens.__getitem__, tokens_of(text)))
