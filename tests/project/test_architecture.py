"""Which part may import which, and the one place for each external library.

Everything named here must exist: a rename that forgets this page fails, rather than
holding nothing from then on.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("indexer", "webui")
    for path in sorted((ROOT / package).rglob("*.py"))
}

LAYERS = (
    ("indexer.errors", "indexer.network"),
    ("indexer.setting_forms", "indexer.setting_tables"),
    (
        "indexer.source_settings",
        "indexer.setting_kinds",
        "indexer.smtp_settings",
        "indexer.opensearch_settings",
        "indexer.role_settings",
        "indexer.s3_settings",
    ),
    ("indexer.background", "indexer.disk", "indexer.vietnamese", "indexer.model", "indexer.settings"),
    (
        "indexer.keys",
        "indexer.in_words",
        "indexer.html",
        "indexer.directives",
        "indexer.stored",
        "indexer.files",
        "indexer.query_log",
    ),
    (
        "indexer.catalog",
        "indexer.engine",
        "indexer.extract",
        "indexer.provisions",
        "indexer.replication",
        "indexer.sources",
    ),
    ("indexer.lexicon", "indexer.duplicates"),
    ("indexer.query",),
    ("indexer.highlight", "indexer.visible"),
    ("indexer.suggest", "indexer.register"),
    ("indexer.search", "indexer.indexing"),
    ("indexer.contract", "indexer.push", "indexer.evaluation"),
    ("indexer.alerts", "indexer.curation"),
    ("indexer.upkeep",),
    ("webui.context", "webui.api"),
    ("webui.presenters",),
    ("webui.middleware",),
    ("webui.views",),
    ("webui",),
    ("webui.serving",),
    ("indexer.commands",),
    ("indexer.cli",),
    ("indexer.__main__",),
)
"""From the ground up: a part imports itself and what stands in a row before its own, never its neighbours or what is above."""
RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}
FREE = {"indexer"}
"""Holds the version and nothing else."""


def part_of(module: str) -> str:
    """The folder at the top of its package, or the module that stands there itself."""
    return ".".join(module.split(".")[:2])


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path, *, running: bool = False) -> tuple[str, ...]:
    """The modules and names that ``path`` imports; with ``running`` without what only types need."""
    return tuple(imported(path, running))


def imported(path: Path, running: bool) -> Iterator[str]:
    waiting: list[ast.AST] = [parsed(path)]
    while waiting:
        node = waiting.pop()
        if running and isinstance(node, ast.If) and is_for_types(node.test):
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{path} imports relatively"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def ours(path: Path, *, running: bool = False) -> set[str]:
    """The modules of this project that ``path`` imports; of a package only what is taken from its own file."""
    found = set()
    for name in imports(path, running=running):
        if name in MODULES:
            found.add(name)
    return {name for name in found if not any(other.startswith(f"{name}.") for other in found)}


def test_every_part_has_its_place_and_every_place_a_part() -> None:
    assert {part_of(module) for module in MODULES} - FREE == set(RANK)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    part = part_of(module)
    for name in ours(MODULES[module]):
        other = part_of(name)
        if other != part and other not in FREE:
            assert RANK[other] < RANK[part], f"{module} imports {name}"


def test_no_module_needs_itself() -> None:
    graph = {module: ours(path, running=True) - {module} for module, path in MODULES.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


FORBIDDEN = {
    # Pages and API ask the search; how and where things are kept is below it.
    "webui": ("indexer.engine", "indexer.catalog", "indexer.indexing", "sqlite3"),
    "indexer/vietnamese": ("sqlite3", "pathlib"),
    "indexer/directives": ("sqlite3", "pathlib"),
    "indexer/html": ("sqlite3", "pathlib"),
    "indexer/query": ("sqlite3", "pathlib"),
    "indexer/highlight": ("indexer.engine", "sqlite3", "pathlib"),
}
"""Beside the direction: pure parts read no files."""
PURE_BUT = {("indexer/vietnamese/pyvi_files.py", "pathlib")}


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_parts_do_not_know_what_they_should_not(folder: str) -> None:
    assert (ROOT / folder).is_dir(), f"there is no {folder}"
    for path in inside(folder):
        for name in imports(path):
            for bad in FORBIDDEN[folder]:
                known = (path.relative_to(ROOT).as_posix(), bad) in PURE_BUT
                assert known or (name != bad and not name.startswith(f"{bad}.")), f"{path} imports {name}"


ONE_PLACE = {
    "tantivy": ("indexer/engine/tantivy_",),
    "whoosh": ("indexer/engine/whoosh_", "indexer/query/parser.py"),
    "urllib3": ("indexer/engine/opensearch_/connection.py",),
    "obstore": ("indexer/files/bucket.py",),
    "kreuzberg": ("indexer/extract/formats/library.py",),
    "trafilatura": ("indexer/sources/html_page.py",),
    "yaml": ("indexer/sources/front_matter.py",),
    "lxml": ("indexer/extract/formats/xml.py", "indexer/html/tree.py"),
    "flask": ("webui",),
    "flask_babel": ("webui/context/translation.py",),
    "flask_limiter": ("webui/middleware/rates.py",),
    "limits": ("webui/middleware/rates.py", "webui/middleware/shared_counts.py"),
    # Only its files are read: see vietnamese/pyvi_files.py.
    "pyvi": (),
    "sqlalchemy": ("indexer/sources/database.py",),
    "scrapy": ("indexer/sources/site/scrapy_",),
    "twisted": ("indexer/sources/site/scrapy_",),
    "protego": ("indexer/sources/site/scrapy_",),
    "gunicorn": ("webui/serving/server.py", "webui/serving/worker.py"),
    "apispec": ("webui/api/openapi.py",),
    "pydantic": ("webui/api/openapi.py",),
    "flask_compress": ("webui/middleware/compression.py",),
    "cryptography": ("indexer/alerts/sealing.py",),
    "smtplib": ("indexer/alerts/smtp.py",),
    "xlsxwriter": ("webui/presenters/workbook.py",),
    "shtab": ("indexer/commands/completion.py",),
    "sqlite3": (
        "indexer/alerts/store",
        "indexer/catalog",
        "indexer/curation/journal.py",
        "indexer/disk/sqlite",
        "indexer/lexicon/places.py",
        "indexer/push/bulks.py",
        "indexer/push/inbox.py",
        "indexer/push/inbox_file.py",
        "indexer/push/inbox_rows.py",
        "indexer/query_log/file.py",
        "indexer/register",
        "indexer/search/register/register.py",
        "indexer/sources/site/state_file.py",
        "indexer/suggest/completion.py",
        "indexer/suggest/once.py",
        "indexer/upkeep/derived_findings.py",
    ),
}


@pytest.mark.parametrize("library", ONE_PLACE)
def test_each_library_is_touched_in_one_place(library: str) -> None:
    allowed = [path for place in ONE_PLACE[library] for path in inside(place)]
    for path in MODULES.values():
        if any(name.split(".")[0] == library for name in imports(path)):
            assert path in allowed, f"{path} imports {library}"


def inside(place: str) -> list[Path]:
    """The modules of a folder, or the one that ``place`` is; there must be some."""
    found = [path for path in MODULES.values() if path.is_relative_to(ROOT / place)]
    assert found, f"there is no {place}"
    return found


CODE = sorted(
    path
    for folder in ("indexer", "webui", "tests", "benchmarks", "demo", "scripts")
    for path in (ROOT / folder).rglob("*.py")
)
OUTSIDE = {
    "os._exit",
    "proposal._asdict",
    "TOC._filename",
    "TOC._latest_generation",
    "self._columns._cols",
    "argparse._SubParsersAction",
}
"""Names of libraries that begin so; the rest are the only way to what we need of them."""


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_reaches_into_another_module(path: Path) -> None:
    nodes = list(ast.walk(parsed(path)))
    own = {
        name
        for node in nodes
        for name in (
            getattr(node, "name", None),
            node.attr if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else None,
            node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else None,
        )
        if isinstance(name, str)
    }
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                assert not is_private(alias.name), f"{path}:{node.lineno} imports {node.module}.{alias.name}"
        elif isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            said = ast.unparse(node)
            held = any(said.startswith(name) for name in OUTSIDE) or ast.unparse(node.value) in (
                "self",
                "cls",
            )
            assert held, f"{path}:{node.lineno} uses {said}"


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


LONGEST = 250
"""Lines of a module; longer ones say why in their docstring, with the word "lines"."""


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short_or_say_why_not(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    said = ast.get_docstring(parsed(MODULES[module])) or ""
    assert lines <= LONGEST or "lines" in said, f"{module} has {lines} lines"


NAMED = ("Makefile", "ARCHITECTURE.md", "README.md", "SECURITY.md", "pyproject.toml", ".ci/run")


@pytest.mark.parametrize("document", NAMED)
def test_documents_name_files_that_are_there(document: str) -> None:
    named = set(
        re.findall(
            r"(?<![\w./-])((?:tests|indexer|webui|scripts)/[\w/.-]*\w\.py)",
            (ROOT / document).read_text("utf-8"),
        )
    )
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
