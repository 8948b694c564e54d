"""What a newcomer relies on: the example settings, the locks, the documented commands."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from indexer import __version__
from indexer.commands import COMMANDS
from indexer.errors import SettingsError
from indexer.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    *(ROOT / f"requirements{kind}.lock" for kind in ("", "-dev")),
    ROOT / "scripts" / "release-tools.lock",
]


def test_the_example_shows_every_setting_with_its_default(tmp_path: Path) -> None:
    text = (ROOT / "tracuu.toml.example").read_text(encoding="utf-8")
    shown = "\n".join(re.findall(r"^# (\w+ = .+)$", text, flags=re.MULTILINE))
    assert set(tomllib.loads(shown)) == set(Settings.__dataclass_fields__)
    copied = tmp_path / "tracuu.toml"
    copied.write_text(shown, encoding="utf-8")
    assert load_settings(copied, environ={}) == Settings()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_hold_pins_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    requirements = text.replace("\\\n", " ").splitlines()
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement


def locked(path: Path) -> dict[str, str]:
    """Return the versions of the packages of a lock that are for this Python and machine."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = [Requirement(line.partition(" --hash")[0]) for line in lines]
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in found
        if one.marker is None or one.marker.evaluate()
    }


def test_what_runs_is_what_is_locked_and_nothing_is_locked_that_nobody_asks_for() -> None:
    lock = locked(LOCKS[0])
    assert {name: metadata.version(name) for name in lock} == lock
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    optional = project["optional-dependencies"]
    asked = [Requirement(one) for one in (*project["dependencies"], *optional["crawl"], *optional["sql"])]
    reached: set[tuple[str, frozenset[str]]] = set()
    while asked:
        one = asked.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if name in lock and (name, extras) not in reached:
            reached.add((name, extras))
            asked += [
                other
                for other in map(Requirement, metadata.requires(name) or [])
                if other.marker is None
                or any(other.marker.evaluate({"extra": extra}) for extra in ("", *extras))
            ]
    assert {name for name, _ in reached} == set(lock)


def test_flags_win_over_environment_over_file(tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text('port = 1\nhost = "a"\nengine = "whoosh"\n')
    settings = load_settings(config, {"port": 3, "host": None}, {"TRACUU_PORT": "2", "TRACUU_HOST": "b"})
    assert (settings.port, settings.host, settings.engine) == (3, "b", "whoosh")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("colour = 1", "colour"),
        ("port = 'x'", "port"),
        ("workers = -1", "must be at least 0"),
        ("port = 70000", "must be at most 65535"),
        ("json_logs = 'maybe'", "must be true or false"),
        ("engine = 'solr'", "tantivy, whoosh"),
        ("timezone = 'Mars/Base'", "Mars/Base"),
        ("site_url = 'timkiem.example.gov.vn'", "site_url must be the address of a site"),
        ("site_url = 'javascript:alert(1)'", "site_url must be the address of a site"),
        ("site_url = 'https://example.gov.vn/tim kiem'", "site_url must be the address of a site"),
        ("site_url = 'https://example.gov.vn/tim-kiem/../x'", "site_url must be the address of a site"),
        ("site_url = 'https://example.gov.vn/tim-kiem?x=1'", "site_url must be the address of a site"),
        ("site_url = 'https://example.gov.vn:99999'", "site_url"),
        ("port = ", "not valid TOML"),
    ],
)
def test_bad_settings_are_named(tmp_path: Path, content: str, said: str) -> None:
    config = tmp_path / "c.toml"
    config.write_text(content)
    with pytest.raises(SettingsError, match=said):
        load_settings(config, environ={})


def test_python_m_indexer_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "--help"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\b", done.stdout, flags=re.MULTILINE)


def test_the_changelog_has_the_day_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (day,) = re.findall(rf"^## {re.escape(__version__)} – (\S+)$", changelog, flags=re.MULTILINE)
    assert date.fromisoformat(day)


def test_no_serving_process_loads_the_segmenter_or_the_extractor() -> None:
    code = (
        "import sys, webui.serving.server; from indexer.engine import tantivy_;"
        "print([m for m in ('indexer.vietnamese.words', 'pyvi', 'sklearn', 'kreuzberg', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_command_never_runs_what_lies_where_it_is_called(tmp_path: Path) -> None:
    project, documents = tmp_path / "the project", tmp_path / "documents"
    (project / "indexer").mkdir(parents=True)
    (project / "indexer" / "__main__.py").write_text("print('ours')")
    (project / "empty.lock").write_text("")
    documents.mkdir()
    (documents / "indexer.py").write_text("print('theirs')")
    # With the pip of the tests: to install one takes most of the time that an environment takes.
    venv.create(project / ".venv", symlinks=True)
    site = sysconfig.get_path("purelib", "venv", {"base": str(project / ".venv")})
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        ["sh", ROOT / "scripts" / "venv.sh", ".venv", "empty.lock"],
        cwd=project,
        env={**os.environ, "PYTHON": sys.executable},
        check=True,
        capture_output=True,
    )
    command = project / ".venv" / "bin" / "tracuu"
    called = subprocess.run([command], cwd=documents, capture_output=True, text=True)
    assert called.stdout.strip() == "ours", called.stderr


@pytest.mark.parametrize("name", ["TRACUU_RATELIMIT", "TRACUU_MAX_PUSH", "TRACUU_PORTT"])
def test_a_variable_that_is_nearly_a_setting_is_told(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not a known setting; did you mean TRACUU_"):
        load_settings(environ={name: "1"})


def test_variables_of_others_may_begin_as_ours_do() -> None:
    others = dict.fromkeys(("TRACUU_KEY", "TRACUU_TESTS", "TRACUU_SCHEMATHESIS_SECONDS", "TRACUU_IMAGE"), "1")
    assert load_settings(environ=others) == Settings()
