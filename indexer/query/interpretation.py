"""How a query was read, in words for the person who typed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from indexer.lexicon.lexicon import letters_of
from indexer.model import Language
from indexer.query import tree
from indexer.query.cut import Cut
from indexer.query.spelled import shown
from indexer.vietnamese.quantities import LARGEST_ROMAN
from indexer.vietnamese.spelling import is_syllable

_Phrases = Mapping[str, str]
_PHRASES: Mapping[Language, _Phrases] = {
    "vi": {
        "source": "nguồn tin", "category": "chuyên mục", "type": "loại văn bản", "issuer": "cơ quan ban hành",
        "file": "tên tệp đính kèm", "number": "số, ký hiệu", "cites": "viện dẫn",
        "label": "{field} có “{text}”",
        "unread": "{field} “{text}”: không đọc được",
        "hints": "{words}: không bắt buộc có, bài có thì đứng trước",
        "quoted": "cụm từ chính xác “{text}”",
        "prefix": "từ bắt đầu bằng “{text}”",
        "documents": "“{text}” có thể là {count} văn bản, trước hết là {likeliest}",
        "document": "“{text}” có thể là văn bản {likeliest}, hoặc chỉ là những chữ ấy",
        "fuzzy": "“{text}”: chấp nhận sai một chữ cái",
        "dates": "đăng từ {first} đến {last}",
        "undated": "không rõ ngày đăng",
        "or": "một trong: {words}",
        "not": "không có: {words}",
        "unaccented": "“{text}”: tìm cả chữ có dấu và không dấu",
        "quantity": "{first}, viết cách nào cũng được",
        "quantities": "từ {first} đến {last}, viết cách nào cũng được",
        "forms": "“{text}”: cũng tìm {forms}",
        "new": "tên mới", "old": "tên cũ", "new place": "tên mới từ 7/2025", "old place": "tên trước 7/2025",
        "misspelled": "cách viết đúng", "learned": "theo các bài đã đăng",
        "nothing": "không có từ nào để tìm, nên hiện tất cả",
        "close": "không có bài viết nào có {words} đúng như đã gõ; đây là những bài có đủ các chữ ấy, không kể dấu và thứ tự",
        "together": "đủ {words}",
        "asked close": "tìm đủ các chữ, không kể dấu và thứ tự",
        "asked some": "tìm bài có một số từ đã gõ",
    },
    "en": {
        "source": "source", "category": "category", "type": "type of document", "issuer": "issuing body",
        "file": "name of an attachment", "number": "number", "cites": "cites",
        "label": "{field} contains “{text}”",
        "unread": "{field} “{text}”: not understood",
        "hints": "{words}: optional, used only for ranking",
        "quoted": "exact phrase “{text}”",
        "prefix": "words starting with “{text}”",
        "documents": "“{text}” may be one of {count} documents, most likely {likeliest}",
        "document": "“{text}” may be the document {likeliest}, or just words",
        "fuzzy": "“{text}”: one wrong letter allowed",
        "dates": "published from {first} to {last}",
        "undated": "without a date",
        "or": "any of: {words}",
        "not": "without: {words}",
        "unaccented": "“{text}”: with and without diacritics",
        "quantity": "{first}, in any spelling",
        "quantities": "from {first} to {last}, in any spelling",
        "forms": "“{text}”: also {forms}",
        "new": "new name", "old": "old name", "new place": "name since July 2025", "old place": "name before July 2025",
        "misspelled": "correct spelling", "learned": "as explained in articles",
        "nothing": "no words to search for, so all articles are shown",
        "close": "no article has {words} exactly as typed; these articles have all the syllables, in any order and with any accents",
        "together": "all of {words}",
        "asked close": "all syllables, in any order and with any accents",
        "asked some": "articles with some of the words",
    },
}  # fmt: skip
_MOST_SHOWN = 4
_UNACCENTED = "unaccented"


def interpretation(
    node: tree.Node, language: Language = "vi", strict: bool = False, brief: bool = False
) -> tuple[str, ...]:
    """Return one line for everything that was read as more than plain accented words; ``strict`` is as typed.

    ``brief`` leaves out what who typed it sees anyway: that a number or share is what it is, and that words without accents are
    found with any, unless it is one syllable, which may be many words.
    """
    say = _PHRASES[language]
    if strict:
        say = {name: phrase for name, phrase in say.items() if name != _UNACCENTED}
    return tuple(dict.fromkeys(_lines(node, say, brief)))


def reading_lines(cut: Cut, reading: str, asked: str | None, language: Language = "vi") -> tuple[str, ...]:
    """Return what is to be said of the ``reading`` that answers; ``asked`` is the one that was asked for, if any."""
    say = _PHRASES[language]
    if asked in ("close", "some"):
        return (say[f"asked {asked}"],)
    if reading == "close":
        words = _quoted(" ".join(word) for word in cut.words)
        if len(cut.words) > 1:
            words = say["together"].format(words=words)
        return (say["close"].format(words=words),)
    return ()


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _lines(node: tree.Node, say: _Phrases, brief: bool) -> Iterator[str]:
    match node:
        case tree.And(()):
            yield say["nothing"]
        case tree.And():
            hints = [part for part in node.nodes if isinstance(part, tree.Hint)]
            asking = [part for part in node.nodes if not isinstance(part, tree.Hint)]
            for plain, run in groupby(asking, lambda part: isinstance(part, tree.Word) and not part.number):
                if plain:
                    yield from _unaccented([part for part in run if isinstance(part, tree.Word)], say, brief)
                else:
                    for part in run:
                        yield from _lines(part, say, brief)
            if hints:
                yield say["hints"].format(words=_quoted(map(_text, hints)))
        case tree.Word():
            if not node.number:
                yield from _unaccented([node], say, brief)
            elif not brief or letters_of(node.text) != letters_of(node.number.number):
                yield f"{say['number']} {node.number.number}"
        case tree.Either():
            yield from _either(node, say, brief)
        case tree.Hint():
            yield say["hints"].format(words=_quoted((_text(node),)))
        case tree.Quoted():
            yield say["quoted"].format(text=node.text)
        case tree.Prefix():
            beginning = f"{node.before.text} {node.text}" if node.before else node.text
            yield say["prefix"].format(text=beginning)
        case tree.Fuzzy():
            yield say["fuzzy"].format(text=node.text)
        case tree.Label():
            yield say["label"].format(field=say[node.field], text=node.text)
        case tree.NumberIs():
            what, number = say[node.field], node.number
            yield f"{what} {number.number}" if number else say["unread"].format(field=what, text=node.text)
        case tree.Dates():
            first = node.first.strftime("%d/%m/%Y") if node.first else "…"
            last = node.last.strftime("%d/%m/%Y") if node.last else "…"
            yield say["dates"].format(first=first, last=last)
        case tree.NoDate():
            yield say["undated"]
        case tree.Or():
            yield say["or"].format(words=_quoted(filter(None, map(_words, node.nodes))))
        case tree.Not():
            if words := _words(node.node):
                yield say["not"].format(words=f"“{words}”")


def _words(node: tree.Node) -> str:
    return " ".join(word.text for word in tree.words_of(node))


def _either(node: tree.Either, say: _Phrases, brief: bool) -> Iterator[str]:
    for other in node.others:
        if isinstance(other, tree.Document):
            if len(other.keys) == 1:
                said = say["document"].format(text=_text(node), likeliest=other.text)
                yield f"{say['number']} {other.text}" if other.sure else said
            else:
                yield say["documents"].format(text=_text(node), count=len(other.keys), likeliest=other.text)
            return
    terms = [other.term for other in node.others if isinstance(other, tree.Quantity)]
    numerals = [term for term in terms if term[0] == "n" and int(term[1:]) <= LARGEST_ROMAN]
    named = [shown(term) for term in terms if term not in numerals]
    if named:
        if brief and letters_of(named[0]) == letters_of(_text(node)):
            return
        yield say["quantity" if len(named) == 1 else "quantities"].format(first=named[0], last=named[-1])
        return
    forms = {letters_of(_text(node)): ""} | {term: f"“{shown(term)}”" for term in numerals}
    for other in node.others:
        if isinstance(other, tree.Reading):
            why = f" ({say[other.why]})" if other.why in say else ""
            # TP.HCM and TPHCM are one form to the person who asks.
            forms.setdefault(letters_of(other.text), f"“{other.text}”{why}")
    listed = list(filter(None, forms.values()))
    if listed:
        more = " …" if len(listed) > _MOST_SHOWN else ""
        yield say["forms"].format(text=_text(node), forms=", ".join(listed[:_MOST_SHOWN]) + more)


def _text(node: tree.Either | tree.Hint) -> str:
    return node.text.strip(" ?!.,;:")


def _unaccented(words: list[tree.Word], say: _Phrases, brief: bool) -> Iterator[str]:
    """Say of neighbouring words that none of them was typed with accents, where that opens them to any."""
    if _UNACCENTED not in say:
        return
    found = [syllable for word in words for syllable in word.syllables]
    if brief and not (len(found) == 1 and is_syllable(found[0].folded)):
        return
    if any(not s.folded.isdigit() for s in found) and not any(s.is_accented for s in found):
        yield say[_UNACCENTED].format(text=" ".join(word.text for word in words))
