"""References to articles and clauses in a text, and the document they belong to: the text's own, or a cited one. Pure; linear."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.directives.citations.mention import Citation
from indexer.provisions.provision import Outline, Provision

_NUMBER = r"\d{1,4}[a-zđ]?(?![\w/])"
_AND = "(?:, | và | hoặc )"
_CLAUSES = (
    rf"(?:(?:[Cc]ác )?[Kk]hoản (?P<clauses>{_NUMBER}(?:{_AND}(?:[Kk]hoản )?{_NUMBER}){{0,15}}),? (?:của )?)?"
)
_MENTION = re.compile(
    rf"\b{_CLAUSES}(?:Điều (?P<article>{_NUMBER})|(?P<this>Điều này)"
    rf"|[Cc]ác [Đđ]iều (?P<articles>{_NUMBER}(?:{_AND}{_NUMBER}){{1,30}}))"
)
_ONE = re.compile(_NUMBER)
_ITSELF = re.compile(
    r",? ?(?:của |tại |trong |thuộc |theo )?(?:Bộ luật|Luật|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Pháp lệnh"
    r"|Quy chế|Quy định|Hiến pháp|Điều lệ|Nội quy|Hợp đồng|Quy trình)\s+này\b"
)
_JOINED = re.compile(
    r"(?:,|;|,? và|,? hoặc|,? đến|,? hay) (?:tại |quy định tại |theo )?(?:các )?"
    r"(?:điểm [a-zđ]{1,2}(?:(?:, | và | hoặc )(?:điểm )?[a-zđ]{1,2}){0,12},? )?$"
)
"""Text between two references to the same document."""
_LEADS = re.compile(
    r",? ?(?:của |tại |trong |thuộc |theo )?(?:(?:Bộ luật|Luật|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Pháp lệnh"
    r"|Hiến pháp)(?! này)(?:(?!ban hành|kèm)[^.;:()\n]){0,80})?$"
)
"""Text between an article and the number or name of its document."""
_OF_ANOTHER = re.compile(
    r",? ?(?:của |(?:tại |trong |thuộc |theo )?(?:Bộ luật|Luật|Nghị|Thông tư|Quyết định|Pháp lệnh|Hiến pháp|Quy|Điều lệ|Nội quy"
    r"|Hợp đồng|Công ước|Hiệp|Mẫu|Phụ lục|bộ luật|luật|hợp đồng|nghị định|thông tư|quyết định|quy))"
)
_AMENDS = re.compile(
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|H[uủ][ỷy] bỏ|Đính chính|Thay (?:cụm )?từ|Bỏ (?:cụm )?từ)\b"
)
_REACH = 160
"""Number of characters after a reference in which its document may be named."""
_HEAD = 300
"""Number of characters at the start of an article that tell what it amends."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference ``text[start:end]`` to an article or one of its clauses."""

    start: int
    end: int
    article: str
    clause: str | None = None
    key: str | None = None
    """Key of the document referred to, as :attr:`Citation.key`; None for the text's own."""
    document: int = 1
    """Number of the document within the text, if it is one of those."""


def references_in(text: str, outline: Outline, citations: Sequence[Citation]) -> list[Reference]:
    """Return the references to articles in NFC ``text``, in order, given its ``outline`` and ``citations``.

    An article of the text itself must be in its outline. References in quoted new text of another law, and in an amending
    article, belong to the amended law. If it is unclear which document is meant, there is no reference.
    """
    return list(_References(text, outline, citations).found())


class _References:
    def __init__(self, text: str, outline: Outline, citations: Sequence[Citation]) -> None:
        self._text = text
        self._outline = outline
        self._citations = citations
        self._cited_at = [one.start for one in citations]
        self._quoted = [start for start, _ in outline.quoted]
        self._amended: dict[str, tuple[bool, str | None]] = {}
        self._articles = tuple(outline.articles)
        self._starts = [one.start for one in self._articles]
        self._heads = frozenset(self._starts)

    def found(self) -> Iterator[Reference]:
        mentions = list(_MENTION.finditer(self._text))
        targets: list[tuple[str, str | None]] = []
        """From the last mention to the first: ``own``, ``implied``, ``cited`` with its key, or ``unknown``."""
        for i in range(len(mentions) - 1, -1, -1):
            end = mentions[i].end()
            if i + 1 < len(mentions) and mentions[i + 1].start() - end < _REACH:
                joined = _JOINED.fullmatch(self._text, end, mentions[i + 1].start())
                if joined and mentions[i + 1]["this"] is None:
                    targets.append(targets[-1])
                    continue
            targets.append(self._target(end))
        for mention, (kind, key) in zip(mentions, reversed(targets), strict=True):
            yield from self._references(mention, kind, key)

    def _target(self, end: int) -> tuple[str, str | None]:
        if _ITSELF.match(self._text, end):
            return "own", None
        at = bisect_left(self._cited_at, end)
        if at < len(self._citations) and self._cited_at[at] - end < _REACH:
            cited = self._citations[at]
            if _LEADS.fullmatch(self._text, end, cited.start):
                return "cited", cited.key
        return ("unknown" if _OF_ANOTHER.match(self._text, end) else "implied"), None

    def _references(self, mention: re.Match[str], kind: str, key: str | None) -> Iterator[Reference]:
        place = self._outline.at(mention.start())
        quoted = self._is_quoted(mention.start())
        if mention["this"]:
            if place and mention["clauses"] and not quoted:
                yield from self._own(mention, self._article(place), place.document)
            return
        if kind == "implied" and (article := self._article_of(place)):
            amends, amended = self._amending(article)
            kind, key = ("cited" if amended else "unknown", amended) if amends else (kind, key)
        if kind == "unknown" or (quoted and kind != "cited") or mention.start() in self._heads:
            return
        document = place.document if place else self._document(mention.start())
        for reference in _split(mention):
            if kind == "cited":
                yield replace(reference, key=key)
            elif self._outline.find(reference.article, None, document):
                yield replace(reference, document=document)

    def _own(self, mention: re.Match[str], article: str, document: int) -> Iterator[Reference]:
        """Yield the clauses of ``Điều này``."""
        for start, end, clause in _clauses(mention, mention.end()):
            if self._outline.find(article, clause, document):
                yield Reference(start, end, article, clause, None, document)

    def _is_quoted(self, place: int) -> bool:
        at = bisect_right(self._quoted, place) - 1
        return at >= 0 and place < self._outline.quoted[at][1]

    def _document(self, place: int) -> int:
        at = bisect_right(self._starts, place) - 1
        return self._articles[at].document if at >= 0 else 1

    def _article_of(self, place: Provision | None) -> Provision | None:
        return self._outline.find(self._article(place), None, place.document) if place else None

    @staticmethod
    def _article(place: Provision) -> str:
        return place.number if place.kind == "article" else place.article

    def _amending(self, article: Provision) -> tuple[bool, str | None]:
        """Return whether an article changes another document, and its key if its head names exactly one."""
        if article.anchor not in self._amended:
            head = min(article.end, max(article.head, article.start + _HEAD))
            amends = _AMENDS.search(self._text, article.start, min(head, article.start + 60)) is not None
            first, last = (
                bisect_left(self._cited_at, article.start),
                bisect_left(self._cited_at, article.head),
            )
            keys = {one.key for one in self._citations[first:last]}
            self._amended[article.anchor] = amends, next(iter(keys)) if len(keys) == 1 else None
        return self._amended[article.anchor]


def _split(mention: re.Match[str]) -> Iterator[Reference]:
    """Yield the references in one mention, each with its own position in the text."""
    if mention["articles"]:
        for one in _ONE.finditer(mention.string, *mention.span("articles")):
            yield Reference(one.start(), one.end(), one.group())
        return
    article = mention["article"]
    if not mention["clauses"]:
        yield Reference(mention.start(), mention.end(), article)
        return
    for start, end, clause in _clauses(mention, mention.end()):
        yield Reference(start, end, article, clause)


def _clauses(mention: re.Match[str], end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the clauses in a mention; the first begins with its word, the last extends to the number of the article."""
    numbers = list(_ONE.finditer(mention.string, *mention.span("clauses")))
    for i, one in enumerate(numbers):
        start = mention.start() if i == 0 else one.start()
        yield start, end if i + 1 == len(numbers) else one.end(), one.group()
