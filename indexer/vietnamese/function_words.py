"""Function words: they carry grammar rather than meaning, so they get little weight in a query, however rare they are."""

from __future__ import annotations

from indexer.vietnamese.terms import terms_of

_FUNCTION_WORDS = """
    và hay hoặc nhưng mà rằng tuy dù nếu thì nên vì bởi do để như cùng
    của cho với từ đến tới về theo bằng tại ở trong ngoài trên dưới giữa trước sau ra vào lên xuống lại
    là có được bị phải cần muốn sẽ đã đang rồi còn cũng đều chỉ chính vẫn không chưa chẳng
    các những mọi mỗi từng cả tất một này kia đó ấy khi nhau
    nào gì ai đâu sao thế vậy bao nhiêu lâu mấy hả nhỉ nhé ạ à hỏi xin
    tôi mình em anh chị bạn họ nó
""".split()
"""Conjunctions, prepositions, auxiliaries, articles, question words and pronouns; our own selection."""

_TONED = frozenset(terms_of(word)[0] for word in _FUNCTION_WORDS)
_FOLDED = frozenset(terms_of(word)[1] for word in _FUNCTION_WORDS)


def is_function_word(toned: str, folded: str) -> bool:
    """Tell whether a syllable of a query is a function word or, if typed without accents, may be one."""
    return (folded in _FOLDED) if toned == folded else (toned in _TONED)


def is_written_function_word(toned: str) -> bool:
    """Tell whether an accented syllable of a text is a function word: "cho" is, "ban" and "bạn" are not."""
    return toned in _TONED
