"""The command line as it is described: in the help, the man page and to shells."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.commands import COMMANDS, module_of
from indexer.commands.parser import CommandLine
from scripts.man_page import man_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tracuu.1"


def test_the_help_names_every_command_as_its_module_does() -> None:
    modules = {
        path.stem.replace("_", "-")
        for path in (ROOT / "indexer" / "commands").glob("*.py")
        if "\ndef run(" in path.read_text()
    }
    assert set(COMMANDS) == modules
    for name, summary in COMMANDS.items():
        assert (import_module(module_of(name)).__doc__ or "").splitlines()[0] == summary


def imported_by(*arguments: str) -> set[str]:
    code = (
        "import sys; from indexer.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT)
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_who_only_asks_for_help_waits_for_no_command(option: str) -> None:
    modules = imported_by(option)
    assert "indexer.commands.parser" in modules
    assert modules.isdisjoint(map(module_of, COMMANDS))
    # Mostly the library's own, for options and settings; with all commands there were 492.
    assert len(modules) < 180


def test_a_command_is_imported_alone() -> None:
    modules = imported_by("keys", "--help")
    assert set(map(module_of, COMMANDS)) & modules == {"indexer.commands.keys"}
    assert modules.isdisjoint({"indexer.search.service", "tantivy", "flask"})


def test_the_man_page_is_that_of_the_options_that_there_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page(), "run make man"


def test_every_option_is_in_the_man_page() -> None:
    page = man_page().replace("\\-", "-")
    for name, parser in CommandLine().load():
        section = page.partition(f"\n.SS {name}\n")[2].partition("\n.S")[0]
        assert COMMANDS[name] in section
        for action in parser.actions():
            for option in action.option_strings:
                assert (
                    f"\\fB{option}\\fR" in section or f"\\fB{option}\\fR" in page.partition(".SH COMMANDS")[0]
                )


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not here")
def test_groff_has_nothing_to_say_about_the_man_page() -> None:
    done = subprocess.run(["groff", "-k", "-man", "-Tutf8", "-ww", PAGE], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "seconds to wait for another writer" in done.stdout


@pytest.fixture(scope="module")
def completions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what ``tracuu completion`` prints for each shell, under the shell's name."""
    folder = tmp_path_factory.mktemp("completions")
    for shell in ("bash", "zsh", "fish"):
        command = [sys.executable, "-m", "indexer", "completion", shell]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        (folder / shell).write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_read_their_completion(completions: Path, shell: str) -> None:
    script = (completions / shell).read_text(encoding="utf-8")
    assert all(word in script for word in (*COMMANDS, "lock-timeout", "file-type"))
    if shutil.which(shell) is not None:
        done = subprocess.run([shell, "-n", completions / shell], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param(
            ["tracuu", "re"],
            {"related", "remove", "reextract", "report", "rebuild", "restore"},
            id="commands",
        ),
        pytest.param(["tracuu", "search", "--so"], {"--source", "--sort"}, id="options of a command"),
        pytest.param(["tracuu", "search", "x", "--engine", "t"], {"tantivy"}, id="values of an option"),
        pytest.param(["tracuu", "keys", "c"], {"create"}, id="what a command is asked to do"),
        pytest.param(["tracuu", "extract", "ba"], {"bao-cao.pdf"}, id="files"),
    ],
)
def test_bash_offers_what_may_follow(
    completions: Path, tmp_path: Path, words: list[str], offered: set[str]
) -> None:
    (tmp_path / "bao-cao.pdf").touch()
    code = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n'
        "entry=$(complete -p tracuu | sed 's/.* -F \\([^ ]*\\) .*/\\1/')\n"
        '"$entry" tracuu "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", code, "bash", completions / "bash", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert {word.strip() for word in done.stdout.split()} == offered, done.stderr


def test_a_shell_without_completion_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "tcsh" in capsys.readouterr().err
