"""Word segmentation with exactly the results of pyvi 0.1.1, some ten times as fast.

pyvi labels each token as beginning or continuing a word, using a CRF with two labels. Here, the weights of each distinct token
are summed only once, and the best path is found from the difference between the scores of the two labels: from one token to the
next, it can only take the values computed by :meth:`Segmenter._continues`. The time is linear in the length of the text,
whatever the text contains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import itemgetter

from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.crf import BinaryCrf
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.memo import REMEMBERED
from indexer.vietnamese.token_weights import UNLISTED, Chunks, Entry, Tokens

_LONG_BEFORE = -1e300


class Segmenter:
    """Finds words with a CRF and a word list; ``spelling`` is applied to each token first."""

    def __init__(
        self,
        weights: BinaryCrf,
        words: Iterable[str],
        spelling: Callable[[str], str] = lambda token: token,
        remembered: int = REMEMBERED,
    ) -> None:
        """``remembered`` is the number of distinct chunks and tokens to cache."""
        low, high = weights.other - weights.leave, weights.enter - weights.stay
        if low > high:
            raise ValueError("no segmentation model: it would favour changing labels")
        self._crf = weights
        numbers: dict[str, int] = {}
        self._pairs: dict[int, tuple[bool, frozenset[int]]] = {}
        for word in words:
            syllables = word.split(" ")
            if 2 <= len(syllables) <= 3:
                one, two, *three = (numbers.setdefault(syllable, len(numbers)) for syllable in syllables)
                is_word, thirds = self._pairs.get(one << 16 | two, (False, frozenset()))
                self._pairs[one << 16 | two] = is_word or not three, thirds.union(three)
        if len(numbers) > UNLISTED:
            raise ValueError("the word list has more syllables than there are numbers")
        self.chunks = Chunks(Tokens(weights, numbers, spelling, remembered), remembered)
        """Cache of chunks of text, which contains that of tokens."""

    def segment(self, text: str) -> str:
        """Return ``text`` as pyvi writes it: tokens separated by blanks, the syllables of a word joined by ``_``."""
        entries = self._entries(chunks_of(nfc(text)))
        if not entries:
            return text
        blanks = [" "] * len(entries)
        for i in self._joined(entries):
            blanks[i] = "_"
        blanks[0] = ""
        return "".join(chain.from_iterable(zip(blanks, map(itemgetter(4), entries), strict=True)))

    def words(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each word of NFC ``text``, including words of one token."""
        entries = self._entries(chunks_of(text))
        joined = set(self._joined(entries))
        start = end = 0
        for i, entry in enumerate(entries):
            # There is nothing but blanks between two tokens.
            at = text.find(entry[4], end)
            if i not in joined:
                if i:
                    yield start, end
                start = at
            end = at + len(entry[4])
        if entries:
            yield start, end

    def compounds(self, chunks: Iterable[str]) -> list[str]:
        """Return every word of at least two syllables, with its tokens separated by blanks; the hot path of indexing.

        ``chunks`` are the :func:`~indexer.vietnamese.chunks.chunks_of` the text, in NFC.
        """
        entries = self._entries(chunks)
        found: list[str] = []
        last = -1
        for i in self._joined(entries):
            if i == last:
                found[-1] += f" {entries[i][4]}"
            else:
                found.append(f"{entries[i - 1][4]} {entries[i][4]}")
            last = i + 1
        return found

    def _entries(self, chunks: Iterable[str]) -> list[Entry]:
        return list(chain.from_iterable(map(self.chunks.__getitem__, chunks)))

    def _joined(self, entries: list[Entry]) -> list[int]:
        """Return the positions of the tokens that are joined to the preceding one."""
        return [
            i
            for i in self._continues(entries)
            if i > 0 and (kind := entries[i][5]) and entries[i - 1][5] >= kind
        ]

    def _continues(self, entries: list[Entry]) -> list[int]:
        """Return the positions that the best path labels as continuing a word (Viterbi 1967).

        ``ahead`` is the score of the best path on which the token continues a word, minus that on which it begins one. Up to
        ``low``, both labels of the next token are best reached from a beginning; above ``high``, both from a continuation; in
        between, each from the other label. Ties begin a word. The score of a token is complete only two tokens later, when the
        listed words it begins are known.
        """
        crf = self._crf
        get = crf.attributes.get
        pair_ends, pair_begins = get("-1:word.bi_gram()", 0.0), get("+1:word.bi_gram()", 0.0)
        triple_ends, triple_begins = get("-2:word.tri_gram()", 0.0), get("+2:word.tri_gram()", 0.0)
        low, high = crf.other - crf.leave, crf.enter - crf.stay
        begun, continued, crossed = crf.enter - crf.other, crf.stay - crf.leave, crf.enter - crf.leave
        pair_of = self._pairs.get
        found: list[int] = []
        undecided: list[int] = []
        # Imagine two tokens before the text that certainly begin words; the transition to the first token is free.
        ahead = second_last = last = _LONG_BEFORE
        from_last, number = -begun, UNLISTED
        thirds: frozenset[int] | None = None
        for i, (here, after, before, following, _, _) in enumerate(entries, -3):
            score = here + from_last
            last += before
            if thirds and following in thirds:
                second_last += triple_begins
                score += triple_ends
            if (listed := pair_of(number << 16 | following)) is None:
                thirds = None
            else:
                is_word, thirds = listed
                if is_word:
                    last += pair_begins
                    score += pair_ends
            if ahead <= low:
                ahead = second_last + begun
            elif ahead > high:
                found.append(i)
                ahead = second_last + continued
            else:
                undecided.append(i)
                ahead = second_last + crossed - ahead
            second_last, last, from_last, number = last, score, after, following
        for i, score in enumerate((second_last, last), len(entries) - 3):
            if ahead <= low:
                ahead = score + begun
            elif ahead > high:
                found.append(i)
                ahead = score + continued
            else:
                undecided.append(i)
                ahead = score + crossed - ahead
        if ahead > 0:
            found.append(len(entries) - 1)
        return _decide(found, undecided) if undecided else found


def _decide(found: list[int], undecided: list[int]) -> list[int]:
    """Give each undecided token the opposite label of the next token."""
    certain = set(found)
    for i in reversed(undecided):
        if i + 1 not in certain:
            certain.add(i)
    return sorted(certain)
