"""The relations of a text to the documents that it cites: it amends one, implements another, is based on a third.

The words that state a relation come right before the citation ("bãi bỏ Thông tư số …") or after it ("… hết hiệu lực"); in a
list, they come before its first item. If another citation is between the start of the sentence and those words, the relation is
that of the other document: "Thông tư A sửa đổi Thông tư B" is a relation from A to B, not from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.citations import wording
from indexer.directives.citations.days import day_opening
from indexer.directives.citations.doers import changed_by, possible
from indexer.directives.citations.ending import ends, ends_in_part
from indexer.directives.citations.gaps import gap_before, words_after
from indexer.directives.citations.lists import Lists
from indexer.directives.citations.mention import CHANGES, REVERSED, Citation
from indexer.directives.citations.mere import is_unadopted
from indexer.directives.citations.passive import (
    LONG_TAIL,
    changed_one,
    goes_on,
    names_piece,
    passive,
    reversed_relation,
    undesignated,
)
from indexer.directives.citations.planned import is_asked
from indexer.directives.citations.sentences import sentence_end, sentence_start
from indexer.directives.citations.stated import relate


def with_relations(text: str, citations: Sequence[Citation]) -> list[Citation]:
    """Return ``citations`` of NFC ``text``, in order, with relation, subject and whether it is partial."""
    found: list[Citation] = []
    sentence: list[Citation] = []
    start = 0
    lists = Lists(text)
    for citation in citations:
        begins = sentence_start(text, citation.start)
        if sentence and begins >= sentence[-1].end:
            found += _sentence(text, start, sentence, lists.relation_of(start))
            sentence = []
        if not sentence:
            start = begins
        sentence.append(citation)
    return found + (_sentence(text, start, sentence, lists.relation_of(start)) if sentence else [])


def _sentence(
    text: str, start: int, citations: Sequence[Citation], listed: tuple[str, bool] | None
) -> list[Citation]:
    """Process one sentence; ``listed`` is the relation to the document at the start of a list item."""
    end = sentence_end(text, citations[-1].end)
    all_end = len(citations) > 1 and _all_end(text, start, citations, end)
    opens_with = wording.BULLET.fullmatch(undesignated(citations[0], text[start : citations[0].start]))
    done: list[Citation] = []
    before: Citation | None = None  # the last one that is not named as what an amending law amends
    main: Citation | None = None  # the last one that the text itself does something with
    agent: Citation | None = None  # the last one of those that changed another, which is done[at]
    at, did, part = 0, "amends", False
    for n, citation in enumerate(citations):
        if citation.subject is not None:  # known already: amended by the law named before
            done.append(citation)
            continue
        gap = gap_before(text, start, citations, n)
        after = words_after(text, citations, n, end)
        reverse = reversed_relation(citation, gap) if before is None or before.relation in REVERSED else None
        if reverse:
            related = replace(citation, relation=reverse[0], part=reverse[1])
        elif before and (changed := passive(citation, gap)):
            rests = main is not None and main.relation == "based_on"
            related = replace(citation, relation="based_on" if rests else "according_to")
            if not (
                before is agent and wording.ALSO_DONE.match(gap)
            ):  # "… bởi B và được thay thế bởi C": the same one
                at = changed_one(done, before, citation)
            did = wording.PASSIVE_RELATION.get((changed["change"] or "").lower(), "amends")
            part = "một số" in changed[0] or names_piece(done[at], text[start : done[at].start])
            done[at] = changed_by(done[at], did, citation.key, part)
            agent = related
        elif agent is not None and agent is before and goes_on(citation, gap, named=not all_end):
            if ";" not in gap:  # behind one begins another document that was changed
                done[at] = changed_by(done[at], did, citation.key, part)
            agent = related = replace(citation, relation=agent.relation)
        elif all_end and n + 1 == len(citations) and wording.JOINED.search(undesignated(citation, gap)):
            related = replace(citation, relation="repeals", part=names_piece(citation, gap))
        elif before is None and listed and wording.BULLET.fullmatch(undesignated(citation, gap)):
            related = replace(citation, relation=listed[0], part=listed[1] or names_piece(citation, gap))
        elif before is None and (opens := _opening(text, start, citation, end)):
            piece = opens in CHANGES and names_piece(citation, gap)
            related = replace(citation, relation=opens, part=piece)
        elif all_end and (before is None or wording.JOINED.search(undesignated(citation, gap))):
            related = replace(citation, relation="repeals", part=names_piece(citation, gap))
        else:
            # The name of a document extends to the end: "Thông tư A sửa đổi Quyết định B; Quyết định C" changes both.
            names = (
                opens_with and before and before.relation in CHANGES and before.subject == citations[0].key
            )
            opening = text[start : citations[n - 1].end] if n else ""
            told = "" if all_end else after
            related = relate(citation, opening, gap, told, before, before if names else main)
        if related.relation == "repeals" and ends_in_part(text, citation.end, end):
            related = replace(related, part=True)
        if related.relation == "issues" and related.date is None:
            related = _dated(related, day_opening(text, start, citations[0].start))
        if related.relation in CHANGES and is_asked(
            text[start : citation.start], text[max(start, citation.start - LONG_TAIL) : citation.start]
        ):
            related = replace(citation, relation="according_to")
        related = possible(related, done)
        done.append(related)
        before = related
        if related.subject is None:
            main = related
    return _ended_together(text, start, done)


def _ended_together(text: str, start: int, done: list[Citation]) -> list[Citation]:
    """Return ``done`` with documents that end together with another: "…; Pháp lệnh A và Nghị quyết B hết hiệu lực"."""
    for n in range(len(done) - 2, -1, -1):
        one, next_one = done[n], done[n + 1]
        ended = next_one.relation == "repeals" and next_one.subject is None and one.relation == "according_to"
        if not ended or not wording.JOINED.search(undesignated(next_one, text[one.end : next_one.start])):
            continue
        if ";" in text[one.end : next_one.start] or not wording.AFTER[0][1].match(text, next_one.end):
            continue
        head = undesignated(one, text[done[n - 1].end if n else start : one.start])
        if wording.CLAUSE.search(head):
            done[n] = replace(one, relation="repeals")
    return done


def _all_end(text: str, start: int, citations: Sequence[Citation], end: int) -> bool:
    """Return whether a sentence that begins with a document says that all documents in it end: "A, B … hết hiệu lực"."""
    head = undesignated(citations[0], text[start : citations[0].start])
    return wording.BULLET.fullmatch(head) is not None and ends(text[citations[-1].end : end])


def _opening(text: str, start: int, citation: Citation, end: int) -> str | None:
    """Return the relation of the document at the start of a sentence, by the words after it."""
    gap = text[start : citation.start]
    head = undesignated(citation, gap)
    if wording.BULLET.fullmatch(head):
        after = text[citation.end : end]
        said = next((relation for relation, pattern in wording.AFTER if pattern.match(after)), None)
        is_said = not is_unadopted("", after) if said == "issues" else said != "repeals" or ends(after)
        return said if is_said else None
    # A text may begin with a list: "Đó là: …". The explanation then follows the list.
    told = text[max(0, start - 200) : start] if start else text[end : end + 200]
    if wording.THESE.fullmatch(head) and wording.NEW.search(told):
        return "issues"
    return None


def _dated(citation: Citation, day: str | None) -> Citation:
    """Return ``citation`` with its date of issue; a number without codes takes the year of that date."""
    if day is None:
        return citation
    bare = "|" not in citation.key and "@" not in citation.key and not citation.key.startswith("law:")
    return replace(citation, date=day, key=f"{citation.key}@{day[:4]}" if bare else citation.key)
