"""The direction of imports, and one place for each outside library."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for package in ("indexer", "webui") for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{path} imports relatively"
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def inside(path: Path, *folders: str) -> bool:
    return any(path.is_relative_to(ROOT / folder) or path == ROOT / folder for folder in folders)


FORBIDDEN = [
    ("indexer/engine", ("indexer.extract", "indexer.sources", "indexer.query", "indexer.catalog")),
    ("indexer/extract", ("indexer.engine", "indexer.sources", "indexer.query", "indexer.catalog")),
    ("indexer/sources", ("indexer.engine", "indexer.extract", "indexer.query", "indexer.catalog")),
    ("indexer/vietnamese", ("indexer.engine", "indexer.query", "indexer.directives", "sqlite3", "flask")),
    ("indexer/directives", ("indexer.engine", "indexer.query", "sqlite3", "flask", "pathlib")),
    ("indexer/query", ("indexer.catalog", "indexer.search", "sqlite3", "flask", "pathlib")),
    ("indexer", ("webui", "flask")),
    ("webui", ("indexer.engine", "indexer.catalog", "indexer.pipeline", "sqlite3")),
]
EXCEPTIONS = {("indexer/commands/serve.py", "webui")}


@pytest.mark.parametrize(("folder", "names"), FORBIDDEN, ids=[folder for folder, _ in FORBIDDEN])
def test_parts_do_not_know_what_they_should_not(folder: str, names: tuple[str, ...]) -> None:
    for path in MODULES:
        if inside(path, folder):
            for name in imports(path):
                for bad in names:
                    known = (path.relative_to(ROOT).as_posix(), bad) in EXCEPTIONS
                    assert known or (name != bad and not name.startswith(bad + ".")), f"{path} imports {name}"


SEPARATE = {
    "engine": {"durable", "errors", "model", "settings", "vietnamese"},
    "extract": {"errors", "model", "settings", "vietnamese"},
    "sources": {"errors", "model", "settings", "vietnamese", "directives"},
}


@pytest.mark.parametrize("part", SEPARATE)
def test_engine_extract_and_sources_know_only_what_all_share(part: str) -> None:
    for path in MODULES:
        if inside(path, f"indexer/{part}"):
            known = {name.split(".")[1] for name in imports(path) if name.startswith("indexer.")}
            assert known <= SEPARATE[part] | {part}, path


ONE_PLACE = {
    "tantivy": ("indexer/engine/tantivy_",),
    "whoosh": ("indexer/engine/whoosh_", "indexer/query/parser.py"),
    "kreuzberg": ("indexer/extract/reader.py",),
    "trafilatura": ("indexer/sources/html_page.py",),
    "flask": ("webui",),
    "flask_babel": ("webui/language.py",),
    "flask_limiter": ("webui/rates.py",),
    "limits": ("webui/counters.py",),
    # Only its files are read: see vietnamese/pyvi_files.py.
    "pyvi": (),
    "gunicorn": ("webui/server.py", "webui/worker.py"),
    "apispec": ("webui/openapi.py",),
    "pydantic": ("webui/openapi.py",),
    "flask_compress": ("webui/compression.py",),
    "sqlite3": (
        "indexer/catalog.py",
        "indexer/catalog_check.py",
        "indexer/catalog_format.py",
        "indexer/derived.py",
        "indexer/inbox.py",
        "indexer/lexicon/places.py",
        "indexer/query_log/store.py",
        "indexer/sqlite_files.py",
        "indexer/suggest/completion.py",
        "indexer/upkeep/derived_findings.py",
    ),
}


@pytest.mark.parametrize("library", ONE_PLACE)
def test_each_library_is_touched_in_one_place(library: str) -> None:
    for path in MODULES:
        if any(name.split(".")[0] == library for name in imports(path)):
            assert inside(path, *ONE_PLACE[library]), f"{path} imports {library}"
