"""``python -m benchmarks.words_found FOLDER [READINGS]``: words of documents read by other programs, compared with ours.

FOLDER has documents of any kind, such as test files of other projects. The text read by pandoc, antiword, pdftotext, xpstotext
and LibreOffice (as far as installed) is stored in READINGS (``<name>.<program>.txt``), and existing texts of any program are
used as well. A word contains a letter: programs show figures and dates differently, and include numbers of pages and notes or
not. The comparison is with the program that agrees most, since each has words that are not in the document: deleted and hidden
ones, field codes, names of pictures.
"""

from __future__ import annotations

import glob
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import table
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from indexer.settings import Settings

_PANDOC = ("pandoc", "--to=plain", "--wrap=none")
_COMMANDS = {
    **dict.fromkeys(("docx", "odt", "rtf", "html"), _PANDOC),
    "doc": ("antiword", "-m", "UTF-8.txt", "-w", "0"),
    "pdf": ("pdftotext", "-enc", "UTF-8"),
    "xps": ("xpstotext",),
}
_BEHIND = {"pdf": ("-",)}
"""What follows the name of the file."""
_OFFICE = {
    **dict.fromkeys(("docx", "odt", "rtf", "doc"), "txt:Text (encoded):UTF8"),
    **dict.fromkeys(
        ("xlsx", "xlsb", "xls", "ods"),
        "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1",  # tabs, UTF-8, all sheets
    ),
    **dict.fromkeys(("pptx", "ppt", "odp"), "pdf"),
}
"""LibreOffice's output format for each kind."""
_SLIDES = ("pptx", "ppt", "odp")
"""In these, each word counts once: LibreOffice repeats the content of a master on every slide."""
_SECONDS = 60
_ENOUGH = 0.95
_WORD = re.compile(r"[^\W_]+")
_NO_WORDS = re.compile(r"\[pic\]|[\u00ad\u200b]")
"""What antiword writes for a picture, and invisible characters within words."""


@dataclass(frozen=True, slots=True)
class _Compared:
    file: str
    state: FileState
    share: float
    lost: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Nothing was read from it, and no problem was reported."""
        return self.share == 0 and self.state in (FileState.TEXT, FileState.EMPTY)


def section(folder: Path, readings: Path) -> str:
    """Return the table by kind, and a line for each file below 95 %."""
    kinds: defaultdict[str, list[_Compared]] = defaultdict(list)
    settings = Settings()
    with Sandbox(1, settings.extract_seconds, settings.extract_memory_mb) as sandbox:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            theirs = [*filter(None, map(_words, _readings(path, readings)))]
            if path.suffix.lstrip(".").lower() in _SLIDES:
                theirs = [Counter(set(words)) for words in theirs]
            if theirs:
                kinds[path.suffix.lstrip(".").upper()].append(_compared(path, theirs, sandbox))
    rows = [
        (
            kind,
            str(len(files)),
            str(sum(one.share >= _ENOUGH for one in files)),
            f"{sum(one.share >= _ENOUGH for one in files) / len(files):.1%}",
            str(sum(one.silent for one in files)),
        )
        for kind, files in sorted(kinds.items())
    ]
    head = (
        "kind",
        "files read by others",
        "with 95 % of their words",
        "share of files",
        "empty without a problem",
    )
    short = [one for files in kinds.values() for one in files if one.share < _ENOUGH]
    lines = [
        f"- `{one.file}` ({one.state}): {one.share:.0%}, missing: {', '.join(one.lost)}"
        for one in sorted(short, key=lambda one: one.share)
    ]
    return "\n".join(
        [f"## Words found (`python -m benchmarks.words_found FOLDER`)\n\n{table(head, rows)}\n", *lines]
    )


def _compared(path: Path, theirs: list[Counter[str]], sandbox: Sandbox) -> _Compared:
    found = sandbox.extract(path, path.name)
    ours = _words("\n".join(page.text for page in found.pages))
    closest = max(theirs, key=lambda words: 1 - (words - ours).total() / words.total())
    lost = closest - ours
    share = 1 - lost.total() / closest.total()
    return _Compared(path.name, found.state, share, tuple(word for word, _ in lost.most_common(10)))


def _words(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFC", _NO_WORDS.sub("", text)).casefold()
    return Counter(word for word in _WORD.findall(plain) if any(map(str.isalpha, word)))


def _readings(path: Path, readings: Path) -> Iterator[str]:
    """Yield the texts of other programs for the file at ``path``, running those that have not been run yet."""
    kind = path.suffix.lstrip(".").lower()
    command = _COMMANDS.get(kind)
    if command and not (kept := readings / f"{path.name}.{command[0]}.txt").exists():
        kept.write_text(_said((*command, str(path), *_BEHIND.get(kind, ()))), encoding="utf-8")
    if kind in _OFFICE and not (kept := readings / f"{path.name}.soffice.txt").exists():
        kept.write_text(_by_office(path, kind), encoding="utf-8")
    for kept in readings.glob(f"{glob.escape(path.name)}.*.txt"):
        yield kept.read_text(encoding="utf-8", errors="replace")


def _by_office(path: Path, kind: str) -> str:
    with tempfile.TemporaryDirectory() as made:
        _said(("soffice", "--headless", "--convert-to", _OFFICE[kind], "--outdir", made, str(path)))
        if _OFFICE[kind] == "pdf":
            return "".join(_said((*_COMMANDS["pdf"], str(one), "-")) for one in Path(made).iterdir())
        return "\n".join(
            one.read_text(encoding="utf-8", errors="replace") for one in sorted(Path(made).iterdir())
        )


def _said(command: tuple[str, ...]) -> str:
    """Return the output of a program; empty if it is not installed, fails or takes too long."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    given = [Path(one) for one in sys.argv[1:3]]
    if not given:
        sys.exit(str(__doc__).partition("\n\n")[0])
    kept_in = given[1] if len(given) > 1 else Path(tempfile.mkdtemp(prefix="tracuu-readings-"))
    kept_in.mkdir(exist_ok=True)
    print(section(given[0], kept_in))
