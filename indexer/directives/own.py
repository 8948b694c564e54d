"""The document numbers that an article itself bears, as opposed to those it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.directives.citations.numbered import find_numbered
from indexer.directives.codes import LETTER, WORDS, is_assembly
from indexer.directives.file_name import NamedNumber, named_number
from indexer.directives.head import DocumentHead, read_head
from indexer.directives.labels import Labels, read_labels
from indexer.directives.number import DocumentNumber, parse_number
from indexer.directives.titled import titled_number

_TELLING = 20_000
"""Number of characters of a text in which to look for the rest of a file's number."""
_YEARED = frozenset(["NĐ", "TT", "TTLT"])
"""Types whose numbers include a year, which ``147-ndcp.pdf`` leaves out."""
_STANDING_WORD = tuple(sorted(WORDS, key=len, reverse=True))


_NO_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of an article: its name and the text of its first pages."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What an article says about the document it is; values given by its source take precedence."""

    numbers: tuple[DocumentNumber, ...] = ()
    """Without duplicates; its own come before those of its files."""
    head: DocumentHead | None = None
    """The head at the start of its text or, if a single file is all there is, of the text of that file."""
    labels: Labels = _NO_LABELS


def own_facts(title: str, body: str, files: Sequence[OwnFile] = (), given: str | None = None) -> OwnFacts:
    """Return what an article, in NFC, says about itself.

    Its own number is the given one, otherwise the first that its title is the name of, that rows at the top of its body state,
    or that the head of its body contains. Numbers of its files come from their heads or names. Parts missing in a file name are
    taken from the file's text, the article's text and its title, if these name only one document that fits.
    """
    head, labels = read_head(body), read_labels(body)
    by_source = _with_type(given, title) if given else None
    titled, by_head = _titled(title), head.number if head else None
    read = [number for number in (titled, labels.number, by_head) if number]
    heads = [read_head(file.text) for file in files]
    telling = _Telling((title, body), [by_source, *read] if by_source else read)
    of_files = [
        number for file, head_ in zip(files, heads, strict=True) if (number := _of_file(file, head_, telling))
    ]
    if read[:1] == [titled] and of_files and _is_only_number(title) and not _among(read[0], of_files):
        del read[0]  # "Chỉ thị 38-CT/TW" above the file of a plan: what the plan is about
    own = [by_source or next(iter(read), None), *of_files]
    if head is None and len(files) == 1 and not body.strip():
        head = heads[0]
    return OwnFacts(tuple(_once(filter(None, own))), head, labels)


def _is_only_number(title: str) -> bool:
    """Return whether nothing follows the number in ``title``."""
    cited = next(find_numbered(title), None)
    return cited is not None and not any(map(str.isalnum, title[cited.end :]))


def _among(number: DocumentNumber, others: Iterable[DocumentNumber]) -> bool:
    return any(number.key == other.key for other in others)


def _once(numbers: Iterable[DocumentNumber]) -> Iterable[DocumentNumber]:
    found: dict[str, DocumentNumber] = {}
    for number in numbers:
        found.setdefault(number.key, number)
    return found.values()


class _Telling:
    """The parts of an article other than its files, read only if a file name leaves something out."""

    def __init__(self, texts: Iterable[str], known: Sequence[DocumentNumber]) -> None:
        self._texts = texts
        self._known = known

    def without_year(self, number: DocumentNumber) -> DocumentNumber | None:
        """Return the article's own number if ``number`` is that number with a prefix: 1945/QĐ-TTg for ``613-1945_QĐ-TTg``."""
        rest = number.key.split("|")[2:]
        return next((n for n in self._known if n.key.split("|") == [str(number.year), "", *rest]), None)

    def whole(self, named: NamedNumber, text: str) -> DocumentNumber | None:
        """Return the single document that ``named`` may be, among the article's own numbers, otherwise among those in a text."""
        if one := _only(named, self._known):
            return one
        cited = (cited.text for part in (*self._texts, text) for cited in find_numbered(part[:_TELLING]))
        return _only(named, filter(None, map(parse_number, cited)))


def _only(named: NamedNumber, numbers: Iterable[DocumentNumber]) -> DocumentNumber | None:
    found = {number.key: number for number in numbers if named.may_be(number)}
    return next(iter(found.values())) if len(found) == 1 else None


def _of_file(file: OwnFile, head: DocumentHead | None, telling: _Telling) -> DocumentNumber | None:
    if head and head.number:
        return head.number
    named = named_number(file.name)
    if named is None:
        return None
    number = named.whole
    if number is None:
        return telling.whole(named, file.text)
    if number.year and (known := telling.without_year(number)):
        return known
    if number.year is None and (number.type in _YEARED or (number.issuer and is_assembly(number.issuer))):
        return telling.whole(named, file.text) or number
    return number


def _titled(title: str) -> DocumentNumber | None:
    number = titled_number(title)
    return _typed(number, title) if number else None


def _with_type(given: str, title: str) -> DocumentNumber | None:
    number = parse_number(given)
    return _typed(number, title, given) if number else None


def _typed(number: DocumentNumber, title: str, written: str = "") -> DocumentNumber:
    """Return ``number`` with the type at the start of ``title``, if the number leaves it open."""
    start = title.lstrip().casefold()
    name = next((word for word in _STANDING_WORD if start.startswith(word.casefold())), None)
    if name is None:
        return number
    # "Thông báo số 509/BNG-LPQT": a number without a type code is not always that of an official letter.
    numbered = re.match(
        rf"\s*(?:số)?\s*:?\s*{re.escape((written or number.number).strip().casefold())}", start[len(name) :]
    )
    law = (
        re.match(r"\W*(bộ luật)\b", start[len(name) + numbered.end() :])
        if numbered and name == "Luật"
        else None
    )
    if law:
        name = "Bộ luật"
    return replace(number, type_name=name) if numbered or number.type in (None, LETTER) else number
