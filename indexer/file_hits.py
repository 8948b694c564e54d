"""Where in the attachments of the shown hits the query is answered: file, page, fragment."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import PAGE_TEXT
from indexer.engine.protocol import Engine, PageHit
from indexer.model import FileHit
from indexer.snippet import Wanted, fragment, has_match, mark
from indexer.stored import StoredArticle

_PAGES_PER_ARTICLE = 6
"""Pages asked for per shown article, of which the best one of each file is shown."""
_FILES_SHOWN = 3


def file_hits(
    engine: Engine, articles: Sequence[StoredArticle], marks: Wanted
) -> dict[str, tuple[FileHit, ...]]:
    """Return the best page of each attachment that answers, by article id.

    A page answers when it holds all the words, or, where neither the article nor a page
    does, some of them: then the attachment is why the article was found.
    """
    terms = _terms(marks)
    with_files = {a.id: a for a in articles if any(f.sha256 for f in a.files)}
    if not terms or not with_files:
        return {}
    words = tuple(c.Term(PAGE_TEXT, term) for term in terms)
    pages = engine.pages(list(with_files), c.all_of(words), _PAGES_PER_ARTICLE * len(with_files))
    answered = {page.id for page in pages}
    rest = [
        id
        for id, article in with_files.items()
        if id not in answered and not _holds_all(article, terms, marks)
    ]
    pages += engine.pages(rest, c.any_of(words), _PAGES_PER_ARTICLE * len(rest))
    return _best(pages, with_files, marks)


def _best(
    pages: Sequence[PageHit], articles: dict[str, StoredArticle], marks: Wanted
) -> dict[str, tuple[FileHit, ...]]:
    best: dict[str, dict[int, FileHit]] = {}
    for page in pages:
        files = best.setdefault(page.id, {})
        if page.file in files or len(files) == _FILES_SHOWN:
            continue
        text = zlib.decompress(page.stored).decode()
        if has_match(text, marks):
            name = articles[page.id].files[page.file].name
            files[page.file] = FileHit(name, page.file, page.page, fragment(text, marks))
    return {id: tuple(files.values()) for id, files in best.items() if files}


def _terms(marks: Wanted) -> list[str]:
    in_phrases = [syllable.folded for phrase in marks.phrases for syllable in phrase]
    return list(dict.fromkeys([*marks.words, *in_phrases]))


def _holds_all(article: StoredArticle, terms: Sequence[str], marks: Wanted) -> bool:
    """Tell whether the article's own text has all the words that were asked for."""
    text = f"{article.title}\n{article.summary}\n{article.body}"
    loose = Wanted(words=dict.fromkeys(terms, frozenset()))
    from indexer.vietnamese.letters import fold

    found = {fold(text[start:end]) for start, end in mark(text, loose)}
    return found.issuperset(terms)
