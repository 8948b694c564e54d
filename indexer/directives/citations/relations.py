"""What a text does with the documents it cites: it amends one, carries out another, rests on a third.

The words that tell stand right before the citation ("bãi bỏ Thông tư số …") or after it ("… hết hiệu
lực"); in a list they stand before its first member. Where another citation stands between the start
of the sentence and those words, it is that document which amends or guides: "Thông tư A sửa đổi
Thông tư B" is from A to B, not from the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.citations.days import day_opening
from indexer.directives.citations.mention import CHANGES, Citation
from indexer.directives.citations.sentences import sentence_end, sentence_start
from indexer.directives.codes import WORDS

_TAIL = 160
"""Characters before a citation in which its own words are looked for."""

_TYPE = "|".join(sorted((*WORDS, "văn bản"), key=len, reverse=True))
_PIECE = (
    r"(?<!\w)(?:(?<!chi )tiết|điểm|khoản|điều|chương|mục|(?<!một )phần|đoạn|phụ lục|tiểu mục|mẫu số|mẫu|biểu|cụm từ|bảng)(?: thứ)?"
    r"(?: (?:[\dIVXivx]+[a-zđ]?(?:\.\d+)*|[a-zđ]|số [\w/-]+)(?![\w]))?"
)
_PIECES = (
    rf"(?:(?<!\w)(?:tại |của |ở |trong |theo |vào |thuộc )?(?:các |những )?(?P<piece>{_PIECE}"
    rf"(?:\s?(?:,|;|và|đến|hoặc)?\s?(?:{_PIECE}|\d+[a-zđ]?(?!\w)|[a-zđ](?!\w)))*)"
    r"[\s,;]*(?:ban hành )?(?:kèm theo|của|tại|thuộc|trong)?[\s,]*)?"
)
_LAW = (
    r"(?<!\w)(?:bộ luật|luật|pháp lệnh|kế hoạch|chương trình|giấy phép)"
    r" (?:(?!này|sửa đổi|bổ sung|thay thế|bãi bỏ|hướng dẫn|quy định|thực hiện|triển khai|(?:của|và) (?:bộ )?luật)"
    r"[^;.:]){2,90}? số\s*"
)
_OF_NUMBER = re.compile(
    rf"{_PIECES}(?:(?:(?<!\w)(?:(?:các|những|hai|ba|bốn|\d+) )?(?:{_TYPE})(?:\s(?:số|:))*\s*)|{_LAW})?[\s(“\"]*$",
    re.IGNORECASE,
)
_OF_NAME = re.compile(rf"{_PIECES}[\s(“\"]*$", re.IGNORECASE)
"""What belongs to the citation before it: the articles that are meant, the type, the name of the law."""
_FILL = (
    r"(?:[\s,]+(?:một số|một phần|toàn bộ|các|những|nội dung|quy định|điều|khoản|của|tại|trong|đối với|việc|và|hoặc|cho|tổ chức"
    r"|thi hành|thực hiện|áp dụng|thi công|văn bản|cụ thể|nghiêm|nghiêm túc|tốt|hiệu quả|có hiệu quả|đầy đủ|kịp thời|triệt để"
    r"|đồng bộ|quyết liệt|đúng|chủ trương|tinh thần|chỉ đạo|mục tiêu|nhiệm vụ|giải pháp|biện pháp|hiệu lực|thời hạn|thời gian"
    r"|thời điểm|có|đã|tiếp tục|tinh thần|phụ lục|kèm theo|danh mục|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|điều khoản"
    r"|nêu tại|ban hành|đã đề ra|đề ra|nêu|thêm|lại|\d+ năm|vị trí|vai trò|hơn nữa))*[\s,]*$"
)
_CHANGING = r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|điều chỉnh)"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words}){_FILL}", re.IGNORECASE)


_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "according_to",
        _before(
            r"(?:thực hiện|hành|phê duyệt|công bố) (?:kèm )?theo|kèm theo|(?:theo|đúng)(?: đúng)? (?:hướng dẫn|quy định)"
        ),
    ),
    ("consolidates", _before(r"hợp nhất")),
    ("corrects", _before(r"đính chính")),
    ("extends", _before(r"gia hạn|(?<!, )kéo dài")),
    (
        "suspends",
        _before(
            r"ng[ưừ]ng(?: thực hiện| áp dụng)?(?: một phần)? hiệu lực|ng[ưừ]ng (?:thực hiện|áp dụng|thi hành)"
            r"|đình chỉ|thu hồi"
        ),
    ),
    ("guides", _before(r"hướng dẫn|quy định chi tiết|chi tiết thi hành|quy định cụ thể|biện pháp(?: tổ chức| hướng dẫn)? thi hành")),
    (
        "guides",
        re.compile(r"(?<!\w)(?<!theo )(?:hướng dẫn|quy định chi tiết|quy định cụ thể) [^,;.]{0,110} (?:tại|của)\s*$",
            re.IGNORECASE,
        ),
    ),
    ("amends", _before(rf"(?:sửa đổi|bổ sung|điều chỉnh)(?:,? (?:và )?{_CHANGING})*")),
    ("replaces", _before(r"thay thế")),
    ("repeals", _before(r"bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực")),
    (
        "carries_out",
        _before(
            r"thực hiện|triển khai|quán triệt|thi hành|chấp hành|thực thi|hiện thực hóa|thể chế hóa|cụ thể hóa"
            r"|học tập|phổ biến|tuyên truyền|sơ kết(?: \d+ năm)?|tổng kết(?: \d+ năm)?"
        ),
    ),
    ("based_on", _before(r"căn cứ(?: vào| theo)?|trên cơ sở")),
    (
        "issues",
        re.compile(
            r"(?<!\w)(?:ban hành|ký|ký ban hành|công bố|phê duyệt|thông qua|có|trình|ban bố"
            r"|(?<!ngoài )(?<!đề )(?<!diễn )(?<!xảy )(?<!nêu )ra)"
            r"(?: (?:ngay|mới|tiếp|thêm|liên tiếp|\d+|các|những|một loạt|loạt|văn bản|pháp luật|quản lý|như|gồm|là|luật|tới)"
            r"[,:]?)*[\s:]*$",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(words, re.IGNORECASE))
    for relation, words in (
        (
            "repeals",
            r"[^.;]{0,250}?(?<!có )(?<!ngày )(?<!tháng )"
            r"\b(?:hết hiệu lực|bị bãi bỏ|được bãi bỏ|bị hủy bỏ|chấm dứt hiệu lực|không còn hiệu lực)\b(?! để)",
        ),
        ("issues", r"[^.;,]{0,80}?(?:vừa |đã |mới )*(?:được|do) [^.;,\d]{0,60}?(?:ban hành|ký|thông qua)\b"),
        ("carries_out", r" (?:sau|qua) \d+ năm (?:triển khai|thực hiện|thi hành)"),
    )
)  # fmt: skip
_PASSIVE = re.compile(
    rf"(?<!\w)(?:đã )?(?:được|bị) (?!điều chỉnh)(?P<change>{_CHANGING})(?:,? (?:và )?{_CHANGING})*(?P<part>[^;.]{{0,40}}?)"
    r" (?:bởi|theo|tại|bằng|theo quy định tại)[\s\w]{0,25}$",
    re.IGNORECASE,
)
_PASSIVE_RELATION = {"thay thế": "replaces", "bãi bỏ": "repeals", "hủy bỏ": "repeals", "huỷ bỏ": "repeals"}
_JOINED = re.compile(r"(?:[,;]|(?<!\w)(?:và|hoặc|hay|cùng|cùng với|với))[\s(“\"-]*$", re.IGNORECASE)
_DETAILS = re.compile(
    r"[\s,]*(?:\(?(?:ban hành )?ngày [\d/. -]+(?:tháng \d+ năm \d+)?\)?)?[\s,]*(?:(?:của|do) [^,;.]{0,80}?)?"
    r"[\s,]*(?:[,;]|(?<!\w)(?:và|hoặc|hay|cùng|cùng với|với|-))?[\s(“\"]*",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"(?<!\w)(?:một số|một phần|các điều|các khoản|khoản|điểm|điều \d|phụ lục|danh mục|nội dung|quy định|mẫu)",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    rf"(?<!\w)(?P<change>{_CHANGING}|đính chính)(?:,? (?:và )?{_CHANGING})* (?:[^.;]|\.(?=\d)){{0,160}}?(?:ban hành )?kèm theo{_FILL}",
    re.IGNORECASE,
)
"""A list or form that a document came with is part of it."""
_ALSO = re.compile(r"\s*(?:,|và|đồng thời)\s(?:\d+ năm )?\s*", re.IGNORECASE)
_BULLET = re.compile(r"\W*(?:(?:\d{1,3}|[a-zđ]|[IVX]{1,4})[.)]\s*)?\W*", re.IGNORECASE)
_THESE = re.compile(r"\W*(?:đó|đây|cụ thể|các luật này|gồm|bao gồm)(?: là| gồm)?\s*:?\s*", re.IGNORECASE)
_NEW = re.compile(r"(?<!\w)(?:công bố|thông qua|ban hành)(?!\w)", re.IGNORECASE)
_SUCH_AS = re.compile(r"(?:nhất là|đặc biệt là|trong đó có|bao gồm|gồm|như)[\s:]*$", re.IGNORECASE)
_DOES = re.compile(
    r"(?<!\w)(?:(?P<issues>ban hành|thông qua|công bố)|(?P<carries_out>thực hiện|triển khai|quán triệt|thi hành)"
    r"|(?P<based_on>căn cứ))(?!\w)",
    re.IGNORECASE,
)
_OWN = frozenset(["issues", "according_to"])
"""What only the text itself does."""
_BASIS = re.compile(r"(?:^|[\s“\"(])Căn cứ(?: vào| theo)?\s")


def with_relations(text: str, citations: Sequence[Citation]) -> list[Citation]:
    """Return ``citations`` of NFC ``text``, in order, with relation, subject and whether in part."""
    found: list[Citation] = []
    sentence: list[Citation] = []
    start = 0
    for citation in citations:
        begins = sentence_start(text, citation.start)
        if sentence and begins >= sentence[-1].end:
            found += _sentence(text, start, sentence)
            sentence = []
        if not sentence:
            start = begins
        sentence.append(citation)
    return found + _sentence(text, start, sentence)


def _sentence(text: str, start: int, citations: Sequence[Citation]) -> list[Citation]:
    if not citations:
        return []
    end = sentence_end(text, citations[-1].end)
    done: list[Citation] = []
    main: Citation | None = None  # the last one that the text itself does something with
    agent: Citation | None = None  # the last one of those that changed another
    for n, citation in enumerate(citations):
        before = done[-1] if done else None
        gap = text[before.end if before else start : citation.start]
        after = text[citation.end : citations[n + 1].start if n + 1 < len(citations) else end]
        if before and (passive := _passive(citation, gap)):
            rests = main is not None and main.relation == "based_on"
            related = replace(citation, relation="based_on" if rests else "according_to")
            at = next((i for i, other in enumerate(done) if other.key == before.subject), len(done) - 1)
            if done[at].relation not in CHANGES:
                done[at] = replace(
                    done[at],
                    relation=_PASSIVE_RELATION.get(passive["change"].lower(), "amends"),
                    subject=citation.key,
                    part="một số" in passive["part"] or _piece(done[at], text, start),
                )
            agent = related
        elif agent is not None and agent is before and _DETAILS.fullmatch(_undesignated(citation, gap)):
            agent = related = replace(citation, relation=agent.relation)
        elif before is None and (relation := _opening(text, start, citation, text[citation.end : end])):
            part = relation in CHANGES and _piece(citation, text, start)
            related = replace(citation, relation=relation, part=part)
        else:
            related = _relate(citation, gap, after, before, main)
        if related.relation == "issues" and related.date is None:
            related = _dated(related, day_opening(text, start, citations[0].start))
        done.append(related)
        if related.subject is None:
            main = related
    return done


def _opening(text: str, start: int, citation: Citation, rest: str) -> str | None:
    """Return the relation of the document with which a sentence opens, by what is said of it after."""
    gap = text[start : citation.start]
    head = _undesignated(citation, gap)
    if _BULLET.fullmatch(head):
        return next((relation for relation, pattern in _AFTER if pattern.match(rest)), None)
    if _THESE.fullmatch(head) and _NEW.search(text[max(0, start - 200) : start]):
        return "issues"
    return None


def _relate(
    citation: Citation, gap: str, after: str, before: Citation | None, main: Citation | None
) -> Citation:
    near = gap[-_TAIL:]
    named = _designation(citation, near)
    tail = near[: named.start()] if named else near
    piece = bool(named and named["piece"])
    if _AFTER[0][1].match(after):
        return replace(citation, relation=_AFTER[0][0], part=piece)
    for relation, pattern in _BEFORE:
        if (words := pattern.search(tail)) and not (piece and relation == "issues"):
            whole = _ANNEX.search(tail) if relation == "according_to" else None
            if whole:
                relation = _change(whole["change"])
                words = whole
            part = relation in CHANGES and bool(piece or whole or _PARTIAL.search(words[0]))
            head = gap[: max(0, len(gap) - _TAIL) + words.start()]
            subject = None
            if before and relation not in _OWN:
                subject = (
                    before.subject if _ALSO.fullmatch(head) else before.key if _acts(relation, head) else None
                )
            return replace(citation, relation=relation, subject=subject, part=part)
    if before is not None and (joined := _JOINED.search(tail)):
        alike = before.subject is None or before.type == citation.type
        together = _DETAILS.fullmatch(tail) is not None or before.relation in CHANGES
        model = before if alike and together and ";" not in joined[0] else main
        if model is not None:
            part = model.relation in CHANGES and (piece or (model.part and model is before))
            return replace(citation, relation=model.relation, subject=model.subject, part=part)
    for relation, pattern in _AFTER[1:]:
        if pattern.match(after):
            return replace(citation, relation=relation)
    if before is None and _SUCH_AS.search(tail) and (does := list(_DOES.finditer(gap))):
        return replace(citation, relation=str(does[-1].lastgroup))
    if before is None and _BASIS.search(gap):
        return replace(citation, relation="based_on")
    return citation


def _passive(citation: Citation, gap: str) -> re.Match[str] | None:
    return _PASSIVE.search(_undesignated(citation, gap)[-_TAIL:])


def _piece(citation: Citation, text: str, start: int) -> bool:
    """Whether articles or clauses of the document are named before it."""
    named = _designation(citation, text[max(start, citation.start - _TAIL) : citation.start])
    return bool(named and named["piece"])


def _undesignated(citation: Citation, gap: str) -> str:
    """Return ``gap`` without the words at its end that belong to the citation."""
    named = _designation(citation, gap[-_TAIL:])
    return gap[: len(gap) - len(named[0])] if named else gap


def _dated(citation: Citation, day: str | None) -> Citation:
    """Return ``citation`` with the day on which it was issued; a number without codes takes its year."""
    if day is None:
        return citation
    bare = "|" not in citation.key and "@" not in citation.key and not citation.key.startswith("law:")
    return replace(citation, date=day, key=f"{citation.key}@{day[:4]}" if bare else citation.key)


def _designation(citation: Citation, near: str) -> re.Match[str] | None:
    return (_OF_NUMBER if citation.text[0].isdigit() else _OF_NAME).search(near)


def _change(words: str) -> str:
    words = words.lower()
    return _PASSIVE_RELATION.get(words, "corrects" if words == "đính chính" else "amends")


def _acts(relation: str, head: str) -> bool:
    """Whether the document before does what the words say, ``head`` being what stands between."""
    if ";" in head or _BASIS.search(head) or len(head) > _TAIL:
        return False
    return "," not in head.strip(" ,") or relation in CHANGES or relation == "guides"
