"""The relation stated by the words around a citation."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.directives.citations import wording
from indexer.directives.citations.doers import PROPOSAL
from indexer.directives.citations.ending import ends
from indexer.directives.citations.mention import CHANGES, EXPIRED, Citation
from indexer.directives.citations.mere import is_mere, is_unadopted
from indexer.directives.citations.mood import is_open
from indexer.directives.citations.passive import LONG_TAIL, TAIL, annex, change_named, designation
from indexer.directives.citations.planned import is_planned

_ORDERS = frozenset(["Chỉ thị", "Thông tư", "Công văn", "Công điện", "Kế hoạch", "Hướng dẫn", "Quy định"])
"""Types that no assembly adopts."""
_OWN = frozenset(["issues", "according_to"])
"""Relations of the text itself only."""
_PUBLISHED = re.compile(
    r"(?<!\w)(?:công bố|danh mục)(?!\w)[^.;:\n]{0,160}(?:hết|không còn) hiệu lực[^.;:\n]{0,100}:\s*[^.:\n]{0,80}$",
    re.IGNORECASE,
)
"""Words that open a list of documents no longer in force."""
_SUBMITTED = re.compile(
    r"(?<!\w)trình (?:Quốc hội|Chính phủ|Thủ tướng|HĐND|Ủy ban|Uỷ ban)[^.;:,]{0,40}$", re.IGNORECASE
)
"""Documents submitted to an assembly for adoption."""
_GENITIVE = re.compile(r"^(?:sửa đổi|bổ sung)(?:,? (?:và )?(?:sửa đổi|bổ sung))* của\s*$", re.IGNORECASE)
_NOUN = re.compile(r"(?<!\w)(?:quy định|nội dung|điểm|điểm mới)\s*$", re.IGNORECASE)
"""Contents of a document: "một số quy định sửa đổi, bổ sung của Nghị định A"."""
_DRAFTED = re.compile(
    r"(?<!\w)(?:dự thảo|đang (?:xây dựng|soạn thảo)|sẽ (?:ban hành|xây dựng)|chưa (?:có|ban hành)|chờ)(?!\w)[^,;.]{0,60}$"
    r"|(?<!\w)dự thảo (?:nghị định|thông tư)(?!\w)[^;.]{0,150}$",
    re.IGNORECASE,
)
"""Drafts, which guide nothing yet."""
_LAW = re.compile(r"(?<!\w)(?:bộ )?luật\s*$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?<!\w)(?:gắn(?: \w+)? với|cũng như|góp phần|và (?:việc|về|tiếp tục|tích cực|đồng thời))(?!\w)",
    re.IGNORECASE,
)
"""Words that begin another action, not one of the preceding document."""
_ISSUES_ITS = re.compile(
    r"(?<!\w)ban hành (?P<type>nghị định|nghị quyết|quyết định|thông tư|chỉ thị)\s*$", re.IGNORECASE
)
"""A document named by its type only: "Thông tư số 1 ban hành Thông tư sửa đổi …"."""
_SOMEBODY = re.compile(
    r",\s(?:(?:Bộ|Ban|Sở|Cục|UBND|HĐND|Ủy ban|Uỷ ban|Chính phủ|Quốc hội|Thủ tướng)(?!\w)[^,;.]{0,60}) (?:đã|vừa)(?!\w)[^,;.]{0,30}$"
)
"""An actor after the document that serves as a basis: "Theo Nghị quyết A, Bộ Y tế đã bãi bỏ Thông tư B"."""
_ANOTHER = re.compile(rf"(?<!\w){wording.CHANGING}(?!\w)", re.IGNORECASE)


def relate(
    citation: Citation,
    opening: str,
    gap: str,
    after: str,
    before: Citation | None,
    main: Citation | None,
) -> Citation:
    """Return ``citation`` with its relation, based on the ``gap`` before it and the words ``after`` it.

    ``opening`` is the part of the sentence before the gap. ``before`` is the preceding document in the sentence, ``main`` the
    last one to which the text itself has a relation.
    """
    near = gap[-TAIL:]
    named = designation(citation, near)
    if named and named["piece"] and not named.start() and len(gap) > TAIL:
        near = gap[-LONG_TAIL:]
        named = designation(citation, near)
    tail = near[: named.start()] if named else near
    before_tail = len(gap) - len(near)
    piece = bool(named and named["piece"])
    if ends(after, tail):
        return replace(citation, relation="repeals", part=piece)
    for relation, pattern in wording.BEFORE:
        words = pattern.search(tail)
        if (
            words is None
            or (piece and relation == "issues")
            or _of_another(relation, words[0], tail[: words.start()])
        ):
            continue
        whole = annex(gap, before_tail + len(tail)) if relation == "according_to" else None
        relation, at = _read(citation, relation, words, gap, named[0] if named else "", whole), words.start()
        at = whole.start() if whole and relation in CHANGES else before_tail + at
        stated = whole[0] if whole and relation in CHANGES else words[0]
        head = gap[:at]
        if is_mere(relation, citation.key, words[0], head[-TAIL:], after):
            return citation
        doer = _doer(relation, head, before)
        if relation == "amends" and doer is None and _LAW.search(head) and " của " in gap[at:]:
            return citation  # the laws that amend others are read already: this one is a draft
        if relation in CHANGES and (
            is_planned(relation, head[-TAIL:])
            or is_open(opening, head, after, doer is not None)
            or (before is not None and PROPOSAL in before.key)
        ):
            return citation
        if relation == "guides" and _DRAFTED.search(head[-TAIL:]):
            return citation
        part = relation in CHANGES and bool(piece or whole or wording.PARTIAL.search(stated))
        return replace(citation, relation=relation, subject=doer, part=part)
    if before is not None and before.relation in CHANGES and wording.JOINED_PIECE.search(tail):
        return replace(citation, relation=before.relation, subject=before.subject, part=True)
    if before is None and (published := _PUBLISHED.search(gap)):
        return replace(citation, relation=EXPIRED, part=piece or "một phần" in published[0].lower())
    if joined := _joined(citation, tail, after, before, main, piece):
        return joined
    for relation, pattern in wording.AFTER[1:]:
        if pattern.match(after) and not wording.FOLLOWED.search(tail) and not is_unadopted(tail, after):
            return replace(citation, relation=relation)
    if before is None and wording.SUCH_AS.search(tail) and (does := list(wording.DOES.finditer(gap[-TAIL:]))):
        return replace(citation, relation=str(does[-1].lastgroup))
    if before is None and wording.BASIS.search(gap):
        return replace(citation, relation="based_on")
    return citation


def _of_another(relation: str, words: str, head: str) -> bool:
    """Return whether ``words`` concern another document or another relation: "Luật A sửa đổi, Luật B", "kéo dài … và sửa đổi …"."""
    if relation in CHANGES and words.rstrip().endswith(",") and len(words.split()) <= 2:
        return True
    if relation == "amends" and _GENITIVE.search(words) and _NOUN.search(head):
        return True
    return relation == "extends" and _ANOTHER.search(words) is not None


def _read(
    citation: Citation, relation: str, words: re.Match[str], gap: str, named: str, whole: re.Match[str] | None
) -> str:
    """Return what ``words`` for ``relation`` mean in their position."""
    if named and wording.followed(relation, named):
        return "according_to"
    if relation == "guides" and words[0].lower().split() == ["hướng", "dẫn", "tại"]:
        return "according_to"  # "hướng dẫn tại Thông tư 130": followed
    if relation == "issues":
        if _SUBMITTED.search(gap[max(0, len(gap) - TAIL) : -len(words[0])]):
            return "according_to"
        if words[0].rstrip(" :").endswith(" là") and wording.BASIS_IS.search(gap[: -len(words[0])]):
            return "based_on"
        if citation.key.startswith("law:") and words[0].split()[0].lower() == "có":
            return "according_to"  # "Hà Nội có Luật Thủ đô": it exists
        if citation.type in _ORDERS and wording.MEANS.search(words[0]):
            return "according_to"  # "thông qua Chỉ thị …": by means of it
    if citation.key == "law:hien_phap" and relation in ("issues", "amends"):
        return "according_to"  # "có quyền đề nghị sửa đổi Hiến pháp": what may be done
    return change_named(whole["change"]) if whole else relation


def _doer(relation: str, head: str, before: Citation | None) -> str | None:
    """Return the key of the acting document, given the text ``head`` between it and the words; None for the text itself."""
    if before is None or relation in _OWN:
        return None
    if head.strip() == "(" and before.relation == relation:
        return before.subject  # "sửa đổi Luật A (sửa đổi Điều 5 Luật A số …)"
    if wording.ALSO.fullmatch(head) or "đồng thời" in head:
        if "," in head and _is_told_of(relation, before):
            return before.key
        return before.subject
    issued = _ISSUES_ITS.search(head)
    if issued and issued["type"].lower() == (before.type or "").lower():
        head = head[: issued.start()]
    return before.key if _acts(relation, head) and not wording.UNNAMED.search(head) else None


def _is_told_of(relation: str, before: Citation) -> bool:
    """Return whether a comma continues the actions of a document: "ban hành A, bãi bỏ B", "sửa đổi A, hướng dẫn Luật B"."""
    if relation == "guides":
        return before.relation in CHANGES
    return relation in CHANGES and before.relation == "issues" and before.subject is None


def _joined(
    citation: Citation, tail: str, after: str, before: Citation | None, main: Citation | None, piece: bool
) -> Citation | None:
    """Return ``citation`` with the relation of the preceding list item; None if it is not in a list."""
    joined = wording.JOINED.search(tail)
    if before is None or joined is None or wording.STILL_HOLDS.match(after):
        return None
    alike = before.subject is None or (_is_law(before) and _is_law(citation)) or before.type == citation.type
    together = wording.DETAILS.fullmatch(tail) is not None or before.relation in CHANGES
    model = before if alike and together and ";" not in joined[0] else main
    if model is None:
        return None
    same = model.part and (model is before or model.relation == EXPIRED)
    part = model.relation in CHANGES | {EXPIRED} and (piece or same)
    return replace(citation, relation=model.relation, subject=model.subject, part=part)


def _is_law(citation: Citation) -> bool:
    return citation.type in ("Luật", "Bộ luật")


def _acts(relation: str, head: str) -> bool:
    """Return whether the preceding document is the one that acts, given the text ``head`` in between."""
    if relation == "carries_out" and (wording.AND.search(head) or _BESIDE.search(head)):
        return False  # "… theo Chỉ thị A và thực hiện Chỉ thị B": who does both
    if relation in CHANGES and _SOMEBODY.search(head):
        return False
    if ";" in head or wording.BASIS.search(head) or len(head) > TAIL:
        return False
    return "," not in head.strip(" ,") or relation in CHANGES or relation == "guides"
