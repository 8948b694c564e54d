"""The legal status of a document according to articles: the single computation for both facet and page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.directives.citations import AFFIRMS
from indexer.directives.evidence import Said
from indexer.directives.force import Force
from indexer.directives.issued import Issued, is_same, tells_which
from indexer.directives.legal_status import Change, LegalStatus, has_ended, has_status, legal_status


@dataclass(frozen=True, slots=True)
class Known:
    """A document as described by the articles that bear it; for a document outside the index, only the key is known."""

    key: str
    names: frozenset[str]
    """Keys by which texts refer to it: its number, and the name of a law with its year."""
    issued: tuple[Issued, ...] = ()
    """Date and place of issue according to each article that bears it."""
    force: tuple[tuple[Force, str], ...] = ()
    """What its texts say about its own force, with the ids of the articles."""
    bearers: frozenset[str] = frozenset()
    """Ids of the articles that bear it."""
    succeeded: bool = False
    """A later law with the same name is indexed: whoever says that the older one is in force may refer to another time."""

    def status(
        self, said: Iterable[Said], today: str, over: Callable[[str], bool] = lambda _: False
    ) -> LegalStatus[str]:
        """Return its status on the ISO date ``today``; the source is the id of an article.

        ``over`` tells whether another document has ended. Plans and letters have a status only if a sentence says what became
        of them.
        """
        changes = list(self._changes(said))
        if has_status(self.key):
            return legal_status(self.key, changes, self.force, today, over)
        status = legal_status(self.key, changes, (), today, over)
        return status if status.source is not None else replace(status, status=None)

    def has_ended(self, said: Iterable[Said], today: str) -> bool:
        """Return whether it has ended as a whole by the ISO date ``today``."""
        return has_ended(self.key, self._changes(said), today)

    def _changes(self, said: Iterable[Said]) -> Iterator[Change[str]]:
        for one in said:
            told_of_another_time = self.succeeded and one.change.relation == AFFIRMS
            if one.key in self.names and self._is_meant(one) and not told_of_another_time:
                yield one.change

    def _is_meant(self, said: Said) -> bool:
        if said.change.source in self.bearers:
            return True
        if not self.issued:
            return tells_which(said.key, said.issued)
        return any(is_same(said.key, document, said.issued) for document in self.issued)


def of_one_document(key: str, issued: Sequence[Issued]) -> list[list[int]]:
    """Return the positions in ``issued`` of articles that bear the number ``key``, grouped by document."""
    groups: list[list[int]] = []
    for n, one in enumerate(issued):
        same = next(
            (group for group in groups if any(is_same(key, issued[other], one) for other in group)), None
        )
        if same is None:
            groups.append([n])
        else:
            same.append(n)
    return groups
