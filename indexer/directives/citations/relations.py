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

from indexer.directives.citations import wording
from indexer.directives.citations.days import day_opening
from indexer.directives.citations.mention import CHANGES, Citation
from indexer.directives.citations.sentences import sentence_end, sentence_start

_TAIL = 160
"""Characters before a citation in which its own words are looked for."""

_OWN = frozenset(["issues", "according_to"])
"""What only the text itself does."""


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
                    relation=wording.PASSIVE_RELATION.get(passive["change"].lower(), "amends"),
                    subject=citation.key,
                    part="một số" in passive["part"] or _piece(done[at], text, start),
                )
            agent = related
        elif (
            agent is not None and agent is before and wording.DETAILS.fullmatch(_undesignated(citation, gap))
        ):
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
    if wording.BULLET.fullmatch(head):
        return next((relation for relation, pattern in wording.AFTER if pattern.match(rest)), None)
    if wording.THESE.fullmatch(head) and wording.NEW.search(text[max(0, start - 200) : start]):
        return "issues"
    return None


def _relate(
    citation: Citation, gap: str, after: str, before: Citation | None, main: Citation | None
) -> Citation:
    near = gap[-_TAIL:]
    named = _designation(citation, near)
    tail = near[: named.start()] if named else near
    piece = bool(named and named["piece"])
    if wording.AFTER[0][1].match(after):
        return replace(citation, relation=wording.AFTER[0][0], part=piece)
    for relation, pattern in wording.BEFORE:
        if (words := pattern.search(tail)) and not (piece and relation == "issues"):
            whole = wording.ANNEX.search(tail) if relation == "according_to" else None
            if whole:
                relation = _change(whole["change"])
                words = whole
            part = relation in CHANGES and bool(piece or whole or wording.PARTIAL.search(words[0]))
            head = gap[: max(0, len(gap) - _TAIL) + words.start()]
            subject = None
            if before and relation not in _OWN:
                subject = (
                    before.subject
                    if wording.ALSO.fullmatch(head)
                    else before.key
                    if _acts(relation, head)
                    else None
                )
            return replace(citation, relation=relation, subject=subject, part=part)
    if before is not None and (joined := wording.JOINED.search(tail)):
        alike = before.subject is None or before.type == citation.type
        together = wording.DETAILS.fullmatch(tail) is not None or before.relation in CHANGES
        model = before if alike and together and ";" not in joined[0] else main
        if model is not None:
            part = model.relation in CHANGES and (piece or (model.part and model is before))
            return replace(citation, relation=model.relation, subject=model.subject, part=part)
    for relation, pattern in wording.AFTER[1:]:
        if pattern.match(after):
            return replace(citation, relation=relation)
    if before is None and wording.SUCH_AS.search(tail) and (does := list(wording.DOES.finditer(gap))):
        return replace(citation, relation=str(does[-1].lastgroup))
    if before is None and wording.BASIS.search(gap):
        return replace(citation, relation="based_on")
    return citation


def _passive(citation: Citation, gap: str) -> re.Match[str] | None:
    return wording.PASSIVE.search(_undesignated(citation, gap)[-_TAIL:])


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
    return (wording.OF_NUMBER if citation.text[0].isdigit() else wording.OF_NAME).search(near)


def _change(words: str) -> str:
    words = words.lower()
    return wording.PASSIVE_RELATION.get(words, "corrects" if words == "đính chính" else "amends")


def _acts(relation: str, head: str) -> bool:
    """Whether the document before does what the words say, ``head`` being what stands between."""
    if ";" in head or wording.BASIS.search(head) or len(head) > _TAIL:
        return False
    return "," not in head.strip(" ,") or relation in CHANGES or relation == "guides"
