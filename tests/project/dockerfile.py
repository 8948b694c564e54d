"""``deploy/docker/Dockerfile`` as data: what it copies and runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "deploy" / "docker" / "Dockerfile"


def stages() -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage with their arguments, continuation lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[list[tuple[str, str]]] = []
    for line in filter(None, text.replace("\\\n", " ").splitlines()):
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            found.append([])
        found[-1].append((instruction, rest))
    return found


def copied(instruction: str, rest: str, into: Path) -> bool:
    """Do what a COPY from the project does, in the folder ``into``; return whether it was one."""
    if instruction != "COPY" or rest.startswith("--from"):
        return False
    *names, target = rest.split()
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, into / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            # As in Docker: a name that ends with a slash is a folder.
            place = into / target / Path(name).name if target.endswith(("/", ".")) else into / target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place)
    return True
