"""Words that only form a question, such as "là gì" and "cần giấy tờ gì", and say nothing about its subject."""

from __future__ import annotations

from collections.abc import Sequence, Set

from indexer.query import tree
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
        "bao nhiêu mét vuông", "mấy giờ", "nào", "ai không được", "ai phải", "ai bị", "ai chịu",
    ))
}  # fmt: skip
_LONGEST = max(map(len, _QUESTIONS))
_WHENEVER = _QUESTIONS["bao", "gio"]
_WHAT_KIND = _QUESTIONS["nao",]
_GRAMMAR = frozenset("được thì những các nào của mà là khi sẽ đã tôi mình".split())
_GRAMMAR_BARE = frozenset("duoc nhung".split())
"""Function words that, even without accents, are hardly ever other words."""
_FUNCTION_WORDS = frozenset(
    one.toned
    for one in syllables(
        "bị được thì là mà của ở tại trong vào lên từ để khi nếu những các nào nên cần sẽ đã đang rồi còn cũng và với theo"
    )
)
"""Function words, only in exactly this spelling. Words that deny ("không", "chưa"), compare or name somebody ("hay", "Anh",
"bạn") carry meaning.
"""
_HAVE, _NOT, _WHICH = syllables("có không nào")
_NEVER = frozenset("không chưa chẳng".split())
_IN_NOUNS = frozenset("hàng phòng chân hư trống tay số".split())
"""Words that form a noun with a following "không": "hãng hàng không"."""
_SEVERAL = frozenset(("những", "các"))
_LEAST_FRAMED = 5
"""Minimum length in words of a framed question: "nhà có sân không" may be a statement."""
_WIDEST_FRAME = 6
"""Maximum number of words from "những" to "nào"."""


def asking_words(words: Sequence[Sequence[Syllable]], at: int) -> int:
    """Return how many of ``words`` from ``at`` on only form a question; each is given by its syllables.

    At least one other word must remain: "là gì" is a question on its own, and "gì" after a single word is more likely part of
    the content.
    """
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        typed = [syllable for word in words[at : at + size] for syllable in word]
        asking = _QUESTIONS.get(tuple(syllable.folded for syllable in typed))
        if asking is _WHENEVER and at and words[at - 1][-1].toned in _NEVER:
            return 0  # "không bao giờ" is never
        if asking is _WHAT_KIND and not typed[0].is_accented:
            continue  # "viem nao nhat ban" is a disease of the brain, "não"
        if asking and accents_agree(typed, asking) and len(words) - size >= (1 if size > 1 else 2):
            return size
    return 0


def is_grammar(word: Sequence[Syllable], accented: bool) -> bool:
    """Tell whether a word in a question is mere grammar, so that an answer need not contain it.

    ``accented`` tells whether the question was typed with accents. Only a few function words are included, because others are
    parts of words: "người có công", "thiết bị", "hàng không".
    """
    if len(word) != 1:
        return False
    return word[0].toned in _GRAMMAR if accented else word[0].folded in _GRAMMAR_BARE


def framing(words: Sequence[Sequence[Syllable]]) -> frozenset[int]:
    """Return the positions of two words that turn everything between them into a question: "có được miễn học phí không"."""
    plain = [word[0] for word in words if len(word) == 1]
    if len(plain) < len(words) or len(words) < _LEAST_FRAMED:
        return frozenset()
    last = len(plain) - 1
    begins = [i for i in range(last - 1) if _is(plain[i], _HAVE)]
    if begins and _is(plain[last], _NOT) and plain[last - 1].toned not in _IN_NOUNS:
        return frozenset((begins[-1], last))
    for i, one in enumerate(plain):
        if one.toned in _SEVERAL:
            for j in range(i + 2, min(len(plain), i + _WIDEST_FRAME)):
                if _is(plain[j], _WHICH):
                    return frozenset((i, j))
    return frozenset()


def _is(typed: Syllable, meant: Syllable) -> bool:
    return typed.folded == meant.folded and accents_agree((typed,), (meant,))


def without_grammar(node: tree.Node, cut: tree.Node) -> tuple[tree.Node, tree.Node]:
    """Return a question, parsed and split into words, with function words that are not part of a word turned into hints.

    Without accents, most of them may be other words; beside a document number, they belong to its subject.
    """
    parts = tree.parts_of(cut)
    asks = any(isinstance(part, tree.Hint) for part in parts)
    if not asks or any(map(_names_a_document, parts)) or not tree.has_accents(cut):
        return node, cut
    words = [part for part in parts if not isinstance(part, tree.Hint)]
    grammar = {id(word) for word in words if isinstance(word, tree.Word) and _is_function_word(word)}
    if not 0 < len(grammar) < len(words):
        return node, cut
    return _hinting(node, grammar), _hinting(cut, grammar)


def _hinting(node: tree.Node, words: Set[int]) -> tree.Node:
    return tree.And(
        tuple(
            tree.Hint((part,)) if isinstance(part, tree.Word) and id(part) in words else part
            for part in tree.parts_of(node)
        )
    )


def _is_function_word(word: tree.Word) -> bool:
    return len(word.syllables) == 1 and not word.area and word.syllables[0].toned in _FUNCTION_WORDS


def _names_a_document(part: tree.Node) -> bool:
    return (isinstance(part, tree.Word) and part.number is not None) or (
        isinstance(part, tree.Either) and any(isinstance(other, tree.Document) for other in part.others)
    )
