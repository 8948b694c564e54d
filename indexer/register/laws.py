"""Laws identified by name: those that articles bear, and newer ones that articles mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.directives.citations.named import law_key
from indexer.directives.codes import is_assembly
from indexer.directives.number import DocumentNumber, parse_number
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Foreseen, TermsAsked
from indexer.query.laws import LawAsked
from indexer.query.ranking import Weights
from indexer.query.values import day_range
from indexer.stored.article import StoredArticle, unpack
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import syllables
from indexer.visible.index import VisibleIndex

LAW_TYPES = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"))
_TYPES = c.any_of(tuple(c.Term("type", kind) for kind in sorted(LAW_TYPES)))
_MOST = 50
"""Maximum number of laws with the name in their title to examine: the law and those that amend it."""
_FEWEST = 2
"""Minimum number of articles that must mention a law newer than any available: a single year may be a slip."""
_OTHERWISE = re.compile(r"\b(?:sua doi|bo sung|mot so dieu|hop nhat|huong dan|thi hanh mot|ban hanh luat)\b")
"""Words in titles that name a law but belong to another document."""
_OF_NUMBER = re.compile(r"^(?:bo luat|luat|phap lenh) so \d+ (?:\d{4} )?[a-z0-9]+ ")
_MOST_CITED = 100


class Laws:
    """The laws that visible articles of one commit bear or name."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index

    def keys(self, asked: LawAsked) -> tuple[str, ...]:
        """Return the keys of all known laws with that name, newest first."""
        dated = self.borne(asked)
        newest = max(dated.values(), default=0)
        # For older years, an article bearing the number is more reliable; often they are those of amendments.
        named = self._named(asked, _FEWEST)
        dated |= {key: year for key, year in named.items() if year > newest or year == asked.year}
        if not dated:
            dated = named or self._named(asked, 1)  # by the name alone, without a year
        if asked.year:
            dated = {key: year for key, year in dated.items() if year == asked.year}
        return tuple(sorted(dated, key=lambda key: (-dated[key], not key[0].isdigit(), key)))

    def foreseen(self, asked: LawAsked) -> Iterator[Foreseen]:
        """Yield the first questions of :meth:`keys`."""
        yield _borne_request(asked)
        yield from (TermsAsked("cites", law_key(name), _MOST_CITED) for name in asked.names)

    def borne(self, asked: LawAsked) -> dict[str, int]:
        """Return the laws with that name that articles bear, with their years."""
        request = _borne_request(asked)
        found: dict[str, int] = {}
        for article in (unpack(hit.stored) for hit in self._index.search(request).hits):
            name = next((name for name in asked.names if is_law_title(article.title, name)), None)
            year = int((article.published or "0")[:4])
            if name and (number := _number(article)):
                found[number.key] = number.year or year
            elif name and not article.numbers and year:
                found[law_key(name, year)] = year  # the Constitution has no number
        return found

    def bearing(self, key: str) -> list[StoredArticle]:
        """Return the articles that are the law with this key by name, ``law:hien_phap@2013``; without a year, all with the name."""
        name, year = _name_and_year(key)
        articles = (unpack(hit.stored) for hit in self._index.search(bearing_request(key)).hits)
        return [
            article
            for article in articles
            if is_law_title(article.title, name) and (not year or _year(article) == int(year))
        ]

    def _named(self, asked: LawAsked, fewest: int) -> dict[str, int]:
        """Return the laws with that name that at least ``fewest`` articles mention, with their years, 0 if not stated."""
        found: dict[str, int] = {}
        for name in asked.names:
            key = law_key(name)
            for cited, _ in self._index.snapshot.terms("cites", key, _MOST_CITED):
                plain, _, year = cited.partition("@")
                if plain == key and self._speaking(cited) >= fewest:
                    found[cited] = int(year or 0)
        return found

    def _speaking(self, key: str) -> int:
        """Return how many visible articles name the law, since term frequencies cover all articles."""
        return self._index.search(EngineRequest(c.Term("cites", key), limit=0)).total


def _borne_request(asked: LawAsked) -> EngineRequest:
    named = c.All((_TYPES, c.any_of(tuple(map(_titled, asked.names)))))
    return EngineRequest(named, sort="newest", limit=_MOST)


def bearing_request(key: str) -> EngineRequest:
    """Return the search for articles that may be the law with ``key``, by name; see :meth:`Laws.bearing`."""
    return EngineRequest(c.All((_TYPES, _titled(_name_and_year(key)[0]))), sort="newest", limit=_MOST)


def _name_and_year(key: str) -> tuple[str, str]:
    plain, _, year = key.removeprefix("law:").partition("@")
    return plain.replace("_", " "), year


def borne_clause(key: str) -> c.Clause:
    """Match the articles that are the law with ``key``; a law without a number is identified by name and year."""
    if not key.startswith("law:"):
        return c.Term("number", key)
    name, year = _name_and_year(key)
    named = c.All((_TYPES, _titled(name)))
    return c.all_of((named, day_range(date(int(year), 1, 1), date(int(year), 12, 31)))) if year else named


def law_clauses(asked: LawAsked, keys: Sequence[str], weights: Weights) -> Iterator[c.Clause]:
    """Yield clauses that rank the laws with ``keys`` first, newest first, followed by laws that amend them."""
    for place, key in enumerate(keys):
        yield c.Constant(borne_clause(key), weights.own_number * (1 + (len(keys) - place) / len(keys)))
    yield c.Constant(c.All((_TYPES, c.any_of(tuple(map(_titled, asked.names))))), weights.cited_number)


def is_law_title(title: str, name: str) -> bool:
    """Tell whether an article with this title is the law ``name``, given folded and with the word for its kind.

    ``Luật số 65/2014/QH13 luật nhà ở.`` is ``luat nha o``, and ``Luật của Quốc hội … về di sản văn hoá`` is ``luat di san van
    hoa``; documents that amend or guide a law are not the law.
    """
    words = " ".join(re.findall(r"[^\W_]+", fold(title)))
    if _OTHERWISE.search(words):
        return False
    subject = law_subject(name)
    kind = name.removesuffix(subject).strip()
    if name == "hien phap":
        return words == name or words.startswith("hien phap nuoc cong hoa xa hoi chu nghia viet nam")
    rest = _OF_NUMBER.sub("", words)
    rest = re.sub(
        r" cua quoc hoi so .*", "", rest
    )  # "Luật Doanh nghiệp tư nhân của Quốc hội số 48-LCT/HĐNN8"
    if rest in (name, subject) and (rest == name or rest != words):
        return True
    return re.search(rf"^{kind} cua quoc hoi .*\b(?:ve|qh\d+|nam \d{{4}}) {subject}$", words) is not None


def _titled(name: str) -> c.Clause:
    """Match titles that hold the subject of a law as a phrase."""
    subject = [syllable.folded for syllable in syllables(law_subject(name))]
    if len(subject) == 1:
        return c.All((c.Term("title", subject[0]), c.Term("title", "luat")))
    return c.Phrase("title", tuple((2 * i + 1, term) for i, term in enumerate(subject)))


def law_subject(name: str) -> str:
    """Return the folded ``name`` of a law without the word for its kind."""
    return re.sub(r"^(?:bo luat|luat|phap lenh) ", "", name)


def _year(article: StoredArticle) -> int:
    number = _number(article)
    return (number and number.year) or int((article.published or "0")[:4])


def _number(article: StoredArticle) -> DocumentNumber | None:
    """Return the number of an assembly that ``article`` bears."""
    numbers = (parse_number(number) for number in article.numbers)
    return next((n for n in numbers if n and n.issuer and is_assembly(n.issuer)), None)
