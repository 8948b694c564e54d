"""Words that only ask: "là gì", "cần giấy tờ gì". They make a question of what is looked for and say nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.vietnamese.accents import accents_agree
from indexer.vietnamese.terms import Syllable, syllables

_QUESTIONS = {
    tuple(s.folded for s in asking): asking
    for asking in (tuple(syllables(question)) for question in (
        "ở đâu", "như thế nào", "thế nào", "ra sao", "làm sao", "là gì", "là sao", "những gì", "cái gì", "bao nhiêu",
        "bao nhiêu tiền", "bao lâu", "khi nào", "bao giờ", "lúc nào", "tại sao", "vì sao", "có được không", "được không",
        "phải không", "đúng không", "hay không", "xin hỏi", "cho hỏi", "cho tôi hỏi", "cho em hỏi", "tôi muốn hỏi",
        "cho tôi biết", "xin cho biết", "làm ơn", "cần gì", "cần những gì", "gồm những gì", "gồm gì", "ai được",
        "thì sao", "ntn", "gì", "cần giấy tờ gì", "cần những giấy tờ gì", "cần các giấy tờ gì", "cần giấy tờ nào",
        "cần chuẩn bị gì", "cần chuẩn bị những gì", "phải chuẩn bị gì", "cần làm gì", "phải làm gì", "phải làm sao",
        "gồm giấy tờ gì", "gồm những giấy tờ gì", "gồm những giấy tờ nào", "cần hồ sơ gì", "cần những hồ sơ gì",
        "mất bao lâu", "trong bao lâu", "hết bao nhiêu", "hết bao nhiêu tiền", "mất bao nhiêu tiền", "là bao nhiêu",
        "làm như thế nào", "làm thế nào", "phải không ạ", "được không ạ", "ở chỗ nào", "tại đâu", "đến đâu",
        "khi nào thì", "là ai", "ai là", "có phải không", "cần điều kiện gì", "cần những điều kiện gì",
        "cần chuẩn bị hồ sơ gì", "những ai", "những ai được", "tối thiểu bao nhiêu",
        *(f"{how} {unit}" for how in ("bao nhiêu", "mấy") for unit in ("tháng", "ngày", "năm", "tuổi", "tiền", "giờ", "lần", "người")),
        "bao nhiêu mét vuông", "mấy giờ",
    ))
}  # fmt: skip
_LONGEST = max(map(len, _QUESTIONS))
_GRAMMAR = frozenset("được thì những các nào của mà là khi sẽ đã tôi mình".split())
_GRAMMAR_BARE = frozenset("duoc nhung".split())
"""Those that are hardly ever another word where nothing was typed with accents."""


def asking_words(words: Sequence[Sequence[Syllable]], at: int) -> int:
    """Return how many of ``words``, from ``at`` on, only ask; each is given by its syllables.

    Where a word is left that does not ask: "là gì" of one word is a question, "gì" after one is more likely
    what is said.
    """
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        typed = [syllable for word in words[at : at + size] for syllable in word]
        asking = _QUESTIONS.get(tuple(syllable.folded for syllable in typed))
        if asking and accents_agree(typed, asking) and len(words) - size >= (1 if size > 1 else 2):
            return size
    return 0


def is_grammar(word: Sequence[Syllable], accented: bool) -> bool:
    """Tell whether a word of a question only holds its sentence together: an answer need not hold it.

    ``accented`` tells whether the question was typed with accents. Few of the function words are meant: others are
    parts of words, as in "người có công", "thiết bị", "hàng không".
    """
    if len(word) != 1:
        return False
    return word[0].toned in _GRAMMAR if accented else word[0].folded in _GRAMMAR_BARE
