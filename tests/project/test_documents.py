"""The documents: what they tell to type exists, links lead somewhere, both languages say the same, requests answer as shown."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml

from indexer.commands import COMMANDS
from indexer.commands.parser import CommandLine
from indexer.keys import KeyStore
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import write_pushed
from webui import create_app

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "deploy/*.md", "demo/*.md", "benchmarks/**/*.md")
    for path in ROOT.glob(pattern)
)
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
SISTERS = [name for name in TEXTS if name.endswith(".vi.md")]
DECISIONS = sorted(name for name in TEXTS if re.match(r"docs/decisions/\d", name))
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def blocks(name: str, kind: str) -> list[str]:
    """Return the blocks of a kind in a document."""
    return [text for language, text in BLOCK.findall(TEXTS[name]) if language == kind]


def prose(name: str) -> str:
    return BLOCK.sub("", TEXTS[name])


def commands(block: str) -> Iterator[list[str]]:
    """Yield the words of each command in a block of shell: those that pipes and ``&&`` join, and what ``$()`` runs, by itself."""
    text = re.sub(r"(^|\s)#.*$", "", block, flags=re.MULTILINE).replace("\\\n", " ").replace("|\n", "|")
    tokens = shlex.shlex(text, posix=True, punctuation_chars=";&|<>()\n")
    tokens.whitespace, tokens.whitespace_split, tokens.commenters = " \t", True, ""
    words: list[str] = []
    for token in tokens:
        if set(token) <= set(";&|<>()\n"):
            yield words
            words = []
        else:
            words.append(token)
    yield words


def program(words: list[str], *names: str) -> list[str] | None:
    """Return what stands behind the program, where it is one of ``names`` by the end of its path, whoever runs it."""
    for at, word in enumerate(words):
        if word.rsplit("/", 1)[-1] in names and words[at - 1 : at] != ["-u"]:
            return words[at + 1 :]
        if not re.fullmatch(r"sudo|exec|\{|-u|tracuu|[A-Z_]+=.*", word):
            return None
    return None


@pytest.mark.parametrize("name", [name for name in TEXTS if blocks(name, "sh")])
def test_commands_can_be_typed(name: str) -> None:
    for block in blocks(name, "sh"):
        for words in commands(block):
            if (typed := program(words, "tracuu", "as_tracuu")) and not typed[0].startswith("$"):
                CommandLine().parse_args(typed)
            if targets := program(words, "make"):
                assert targets[0] in TARGETS or targets[0] == ".venv/.run", targets


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_named_in_passing_exists(name: str) -> None:
    said = re.findall(r"`([^`\n]+)`", prose(name))
    for words in map(str.split, said):
        if words[0] == "tracuu" and words[1:] and not words[1].startswith(("-", "…")):
            assert words[1] in COMMANDS, words
        if words[0] == "make" and words[1:]:
            assert words[1] in TARGETS, words
        if words[:2] == ["python", "-m"]:
            assert find_spec(words[2]), words
    for path in re.findall(
        r"(?<![\w./-])((?:tests|indexer|webui|scripts|benchmarks)/[\w/.-]*\w\.\w+)", prose(name)
    ):
        assert name == "CHANGELOG.md" or (ROOT / path).exists(), path


def test_every_command_is_told() -> None:
    told = {words.split()[0] for words in re.findall(r"`tracuu ([^`]+)`", TEXTS["docs/operating.md"])}
    assert sorted(set(COMMANDS) - told) == []


@pytest.mark.parametrize("name", [name for name in TEXTS if BLOCK.search(TEXTS[name])])
def test_examples_are_of_the_kind_they_say(name: str) -> None:
    for text in blocks(name, "json"):
        json.loads(text)
    for text in blocks(name, "toml"):
        tomllib.loads(text)
    for text in blocks(name, "yaml"):
        yaml.safe_load(text)


def headings(name: str) -> list[tuple[int, str]]:
    return [(len(level), text) for level, text in re.findall(r"^(#+) (.+)$", prose(name), re.MULTILINE)]


def anchors(name: str) -> set[str]:
    """Return the places of a document as GitHub calls them."""
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for _, text in headings(name)}


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(name)))
    for link in links:
        target, _, place = link.partition("#")
        if urlsplit(link).scheme:
            continue
        path = ((ROOT / name).parent / target).resolve() if target else ROOT / name
        assert path.exists(), link
        if place:
            assert place in anchors(path.relative_to(ROOT).as_posix()), link


@pytest.mark.parametrize("name", SISTERS)
def test_both_languages_say_the_same(name: str) -> None:
    english = name.replace(".vi.md", ".md")
    assert [level for level, _ in headings(name)] == [level for level, _ in headings(english)]

    def outline(document: str) -> list[str]:
        """Say what stands in a document whatever its words: headings, rows of tables and items of lists."""
        return re.findall(r"^(?:#+ |\||- )", prose(document), re.MULTILINE)

    assert outline(name) == outline(english)
    for ours, theirs in zip_longest(BLOCK.findall(TEXTS[name]), BLOCK.findall(TEXTS[english])):
        assert ours and theirs and ours[0] == theirs[0], (ours, theirs)
        assert without_remarks(ours[1]) == without_remarks(theirs[1])
    assert f"]({Path(english).name})" in TEXTS[name] and f"]({Path(name).name})" in TEXTS[english]


def without_remarks(code: str) -> list[str]:
    return [re.sub(r"\s*(?:^|\s)#.*", "", line) for line in code.splitlines()]


@pytest.mark.parametrize(
    ("name", "most"), [("README.md", 150), ("README.vi.md", 150), ("ARCHITECTURE.md", 250)]
)
def test_what_is_read_first_stays_short(name: str, most: int) -> None:
    assert len(TEXTS[name].splitlines()) <= most


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_says_why_and_what_follows(name: str) -> None:
    said = [text for level, text in headings(name) if level == 2]
    order = ["Context", "Decision", "Measurement", "Consequences", "Tried and left out"]
    assert said == [one for one in order if one in said]
    assert {"Context", "Decision", "Consequences"} <= set(said)


def test_decisions_are_numbered_and_listed() -> None:
    numbers = [int(name.split("/")[-1][:4]) for name in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", TEXTS["docs/decisions/README.md"], re.MULTILINE)
    assert [f"docs/decisions/{file}" for _, _, file in listed] == DECISIONS
    for number, title, file in listed:
        assert headings(f"docs/decisions/{file}")[0] == (1, f"{number}. {title}")
        assert f"decisions/{file}" in TEXTS["ARCHITECTURE.md"]


class Request(NamedTuple):
    """A request of ``docs/api.md``, and what the page shows as its answer."""

    path: str
    method: str
    headers: dict[str, str]
    body: str | None
    shown: Any


def requests() -> Iterator[Request]:
    """Yield each block that asks by curl, with the JSON below it."""
    found = BLOCK.findall(TEXTS["docs/api.md"])
    for (kind, text), (next_kind, shown) in pairwise(found):
        if kind == "sh" and next_kind == "json" and "curl" in text:
            yield request_of(text, json.loads(shown))


def request_of(block: str, shown: Any) -> Request:
    path, method, headers, body, before = "", None, {}, None, ""
    for words in commands(block):
        if words[:1] == ["printf"]:
            before = "".join(f"{line}\n" for line in words[2:])
        if words[:1] == ["curl"]:
            rest = iter(words[1:])
            for word in rest:
                if word == "-X":
                    method = next(rest)
                elif word == "-H":
                    key, _, value = next(rest).partition(": ")
                    headers[key] = value
                elif word == "--json":
                    headers["Content-Type"], body = "application/json", next(rest)
                elif word == "--data-binary":
                    assert next(rest) == "@-"
                    body = before
                else:
                    path = word.removeprefix("http://127.0.0.1:8000")
    return Request(path, method or ("GET" if body is None else "POST"), headers, body, shown)


SAME = ("status", "type", "change", "result", "kind", "id", "url", "task", "reading")
"""Of these the value is as it is shown, of all else only its form."""


def assert_like(shown: Any, answered: Any, at: str) -> None:
    """Hold an answer to what a document shows of it, which may leave fields out."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert key in answered, f"{at}.{key}"
            if key in SAME and isinstance(value, (str, int)) and value != "…":
                assert answered[key] == value, f"{at}.{key}"
            assert_like(value, answered[key], f"{at}.{key}")
    elif isinstance(shown, list):
        assert isinstance(answered, list) and (answered or not shown), at
        for value, other in zip(shown[:1], answered, strict=False):
            assert_like(value, other, f"{at}[0]")
    elif isinstance(shown, float):
        assert isinstance(answered, float), at
    elif shown is not None:
        assert type(answered) is type(shown), at


def test_the_requests_of_the_api_page_answer_as_it_shows(demo: Settings, tmp_path: Path) -> None:
    settings = replace(demo, data=shutil.copytree(demo.data, tmp_path / "data"))
    _, key = KeyStore(settings.data).create("portal", ["write"])
    asked = list(requests())
    assert len(asked) > 10
    with closing(open_search(settings)) as service:
        client = create_app(service).test_client()
        for one in asked:
            headers = {name: value.replace("$TRACUU_KEY", key) for name, value in one.headers.items()}
            answer = client.open(one.path, method=one.method, headers=headers, data=one.body)
            if "status" in one.shown and isinstance(one.shown["status"], int):
                assert answer.status_code == one.shown["status"]
            else:
                assert answer.status_code == (200 if one.method == "GET" else 202), answer.text
            assert_like(one.shown, answer.get_json(), f"{one.method} {one.path}")
            if one.method != "GET":
                write_pushed(settings)
