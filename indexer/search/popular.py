"""Popular searches that may be shown to everyone, by the rules in ``SECURITY.md``."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from indexer.directives.number import parse_number
from indexer.lexicon.lexicon import Lexicon
from indexer.query_log.masking import mask
from indexer.query_log.steady import MOST, read_steady, steady_searches
from indexer.role_settings import READING_ROLES
from indexer.search.request import SearchRequest
from indexer.search.searcher import Searcher
from indexer.settings import Settings
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.person_names import may_name_a_person

_SHOWN = 8
_MOST_WORDS = 8
_LEAST_ARTICLES = 3
"""Minimum number of public articles that the text finds: what it reveals is about nobody in particular."""
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+| (?:19|20)\d\d| \d\d?)*")
"""Words, years and numbers of one or two digits; anything with operators, fields, addresses or longer numbers is private."""


class PopularSearches:
    """The texts of one day, looked up once; safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = threading.Lock()
        self._day: date | None = None
        self._found: tuple[str, ...] = ()

    def of_today(self, searcher: Callable[[], Searcher], lexicon: Lexicon) -> tuple[str, ...]:
        """Return the most frequent texts, at most eight; ``searcher`` gives that of the public, once a day."""
        if not (self._settings.query_log and self._settings.popular_searches):
            return ()
        today = self._settings.today()
        # One request a day looks them up; concurrent ones get the list of the day before.
        if today != self._day and self._turn.acquire(blocking=False):
            try:
                texts = self._texts(today)
                if texts is not None:
                    self._found = tuple(islice(_fit(texts, searcher(), lexicon), _SHOWN))
                    self._day = today
            finally:
                self._turn.release()
        return self._found

    def _texts(self, today: date) -> list[str] | None:
        """Return the candidates; None if the copy of the writer's has not arrived yet."""
        settings = self._settings
        if settings.role in READING_ROLES:
            return read_steady(settings.data, today)
        return steady_searches(settings.data, today, settings.zone, MOST)


def _fit(texts: list[str], searcher: Searcher, lexicon: Lexicon) -> Iterator[str]:
    """Yield those of ``texts`` that may be shown."""
    for text in _once(texts):
        if is_fit(text, lexicon):
            response = searcher.search(SearchRequest(text, reading="exact", size=1))
            if response.total >= _LEAST_ARTICLES:
                yield text


def is_fit(text: str, lexicon: Lexicon) -> bool:
    """Tell whether ``text`` may be shown: plain words or a document number, no person's name, no word that is never suggested."""
    if parse_number(text):
        return True
    words = nfc(text).split()
    if not _PLAIN.fullmatch(" ".join(words)) or len(words) > _MOST_WORDS or mask(text) != text:
        return False
    return lexicon.may_suggest(text, "") and not may_name_a_person(words, lexicon.recognised(words))


def _once(texts: list[str]) -> Iterator[str]:
    """Yield each text once, however its accents were typed: with accents if anyone typed them."""
    spellings: dict[str, str] = {}
    for text in texts:
        text = " ".join(text.split())
        key = fold(text)
        if key not in spellings or (spellings[key] == key and text.lower() != key):
            spellings[key] = text
    return iter(spellings.values())
