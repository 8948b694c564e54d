"""How a query was read, in words for the person who typed it."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.directives.number import parse_number
from indexer.query import tree
from indexer.query.lexicon import letters_of
from indexer.query.spelled import shown
from indexer.vietnamese.quantities import LARGEST_ROMAN
from indexer.vietnamese.terms import syllables

_LABELS = {
    "source": "nguồn tin", "category": "chuyên mục", "type": "loại văn bản", "issuer": "cơ quan ban hành",
    "file": "tên tệp đính kèm",
}  # fmt: skip


def interpretation(node: tree.Node) -> tuple[str, ...]:
    """Return one line for everything that was read as more than plain accented words."""
    return tuple(dict.fromkeys(_lines(node)))


def _lines(node: tree.Node) -> Iterator[str]:
    match node:
        case tree.And():
            numbers = [word for word in node.nodes if _is_number(word)]
            for part in numbers:
                yield from _lines(part)
            yield from _unaccented([part for part in node.nodes if part not in numbers])
            for part in node.nodes:
                if not isinstance(part, tree.Word):
                    yield from _lines(part)
        case tree.Word():
            number = parse_number(node.text)
            if number:
                yield f"số, ký hiệu {number.number}"
            else:
                yield from _unaccented([node])
        case tree.Either():
            yield from _either(node)
        case tree.Hint():
            yield f"“{_text(node)}”: chỉ để xếp hạng, không bắt buộc có"
        case tree.Quoted():
            yield f"cụm từ chính xác “{node.text}”"
        case tree.Prefix():
            beginning = f"{node.before} {node.text}" if node.before else node.text
            yield f"từ bắt đầu bằng “{beginning}”"
        case tree.Fuzzy():
            yield f"“{node.text}”: chấp nhận sai một chữ cái"
        case tree.Label():
            yield f"{_LABELS[node.field]} có “{node.text}”"
        case tree.NumberIs():
            number = parse_number(node.text)
            what = "số, ký hiệu" if node.field == "number" else "viện dẫn"
            yield f"{what} {number.number}" if number else f"{what} “{node.text}”: không đọc được"
        case tree.Dates():
            first = node.first.strftime("%d/%m/%Y") if node.first else "…"
            last = node.last.strftime("%d/%m/%Y") if node.last else "…"
            yield f"đăng từ {first} đến {last}"
        case tree.NoDate():
            yield "không rõ ngày đăng"
        case tree.Or():
            yield "một trong: " + ", ".join(f"“{word}”" for word in tree.words_of(node))
        case tree.Not():
            words = tree.words_of(node.node)
            if words:
                yield "không có: " + ", ".join(f"“{word}”" for word in words)


_WHY = {
    "new": "tên mới", "old": "tên cũ", "new place": "tên mới từ 7/2025", "old place": "tên trước 7/2025",
    "learned": "theo các bài đã đăng",
}  # fmt: skip


_MOST_SHOWN = 4


def _either(node: tree.Either) -> Iterator[str]:
    for other in node.others:
        if isinstance(other, tree.Document):
            yield f"số, ký hiệu {other.number}"
            return
    terms = [other.term for other in node.others if isinstance(other, tree.Quantity)]
    numerals = [term for term in terms if term[0] == "n" and int(term[1:]) <= LARGEST_ROMAN]
    named = [shown(term) for term in terms if term not in numerals]
    if named:
        whole = named[0] if len(named) == 1 else f"từ {named[0]} đến {named[-1]}"
        yield f"{whole}, viết cách nào cũng được"
        return
    forms = {letters_of(_text(node)): ""} | {term: f"“{shown(term)}”" for term in numerals}
    for other in node.others:
        if isinstance(other, tree.Reading):
            why = f" ({_WHY[other.why]})" if other.why in _WHY else ""
            # TP.HCM and TPHCM are one form to the person who asks.
            forms.setdefault(letters_of(other.text), f"“{other.text}”{why}")
    listed = list(filter(None, forms.values()))
    if listed:
        more = " …" if len(listed) > _MOST_SHOWN else ""
        yield f"“{_text(node)}”: cũng tìm {', '.join(listed[:_MOST_SHOWN])}{more}"


def _text(node: tree.Either | tree.Hint) -> str:
    return " ".join(word.text for word in node.words).strip(" ?!.,;:")


def _is_number(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and parse_number(node.text) is not None


def _unaccented(nodes: list[tree.Node]) -> Iterator[str]:
    """Say of neighbouring words that none of them was typed with accents."""
    words = [part.text for part in nodes if isinstance(part, tree.Word)]
    found = [s for word in words for s in syllables(word)]
    if any(not s.folded.isdigit() for s in found) and not any(s.toned != s.folded for s in found):
        yield f"“{' '.join(words)}”: tìm cả chữ có dấu và không dấu"
