"""``python3 xapian_program.py build|serve FOLDER`` by the system's Python: see :mod:`benchmarks.peers.lines`.

Nothing of the project is imported, since the system's Python has none of it.
"""

from __future__ import annotations

import importlib
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

xapian: Any = importlib.import_module("xapian")
_FACETS = ("source", "category", "month")
_EVERYTHING = 10_000_000


def main() -> None:
    """Read lines of documents or of questions."""
    what, folder = sys.argv[1:3]
    if what == "build":
        _build(folder)
    else:
        database = xapian.Database(folder)
        for line in sys.stdin:
            print(json.dumps(_answer(database, **json.loads(line))), flush=True)


def _build(folder: str) -> None:
    Path(folder).mkdir(parents=True)
    database = xapian.WritableDatabase(f"{folder}/new", xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    for line in sys.stdin:
        one = json.loads(line)
        document = xapian.Document()
        generator.set_document(document)
        for text, weight in ((one["title"], 3), (one["text"], 1)):
            generator.index_text(text, weight)
            generator.increase_termpos()
            generator.index_text(" ".join(_bare_words(text)), weight)
            generator.increase_termpos()
        document.set_data(json.dumps({name: one[name] for name in ("id", "title", "text", "source")}))
        for slot, name in enumerate(_FACETS):
            document.add_value(slot, one[name])
        database.add_document(document)
    database.commit()
    database.compact(f"{folder}/compact")
    database.close()
    for made in Path(folder, "new").iterdir():
        made.unlink()
    Path(folder, "new").rmdir()
    for made in Path(folder, "compact").iterdir():
        made.rename(Path(folder, made.name))
    Path(folder, "compact").rmdir()


def _answer(database: Any, kind: str, text: str, depth: int) -> dict[str, Any]:
    parser = xapian.QueryParser()
    parser.set_database(database)
    parser.set_default_op(xapian.Query.OP_OR if kind == "ranked" else xapian.Query.OP_AND)
    query = parser.parse_query(text, 0)
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    if kind != "page":
        if kind == "matching":
            enquire.set_weighting_scheme(xapian.BoolWeight())
        found = enquire.get_mset(0, depth or _EVERYTHING)
        return {"ids": [json.loads(match.document.get_data())["id"] for match in found]}
    spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(_FACETS))]
    for spy in spies:
        enquire.add_matchspy(spy)
    found = enquire.get_mset(0, depth, database.get_doccount())
    hits = [json.loads(match.document.get_data()) for match in found]
    stemmer = xapian.Stem("none")
    snippets = [found.snippet(hit["text"], 200, stemmer) for hit in hits]
    return {
        "total": found.get_matches_estimated(),
        "ids": [hit["id"] for hit in hits],
        "facet_values": sum(sum(1 for _ in spy.values()) for spy in spies),
        "snippets": len(snippets),
    }


def _bare_words(text: str) -> list[str]:
    """Return the words with accents, without them."""
    pairs = ((word, _bare(word)) for word in text.lower().split())
    return [bare for word, bare in pairs if bare != word]


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


if __name__ == "__main__":
    main()
