"""Real files with bytes changed: each ends in a state with a reason, within its time, and the next file is read as ever.

A seeded sample; ``make fuzz`` runs 20,000 (``TRACUU_MUTATIONS``).
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

from indexer.extract.archives import ARCHIVES
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState

PORTAL = Path(__file__).resolve().parents[2] / "demo" / "portal"
FILES = sorted(path for path in PORTAL.glob("*/*/*") if path.is_file())
MUTATIONS = int(os.environ.get("TRACUU_MUTATIONS", "200"))
SECONDS = 20.0
_SEED = 20_241_122
_LARGEST = 1 << 20


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return ``content`` cut, with bytes flipped, doubled or taken from elsewhere in it."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        at = chance.randrange(len(data))
        match chance.randrange(6):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at : at + chance.randint(1, 16)] = chance.randbytes(chance.randint(0, 16))
            case 2 if len(data) > 100:
                del data[at : at + chance.randint(1, len(data) // 4)]
            case 3:
                start = chance.randrange(len(data))
                data[at:at] = data[start : start + chance.randint(1, 500)]
            case 4:
                data[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"99999999")
                )
            case _ if chance.random() < 0.3 and at > 20:
                del data[at:]
    return bytes(data) or b"\0"


def test_mutations_cost_one_file_each(tmp_path: Path) -> None:
    chance = random.Random(_SEED)
    states: Counter[str] = Counter()
    path, into = tmp_path / "file", tmp_path / "into"
    into.mkdir()
    with Sandbox(1, SECONDS, 1500) as sandbox:
        for number in range(MUTATIONS):
            original = FILES[number % len(FILES)]
            path.write_bytes(mutated(original.read_bytes(), chance))
            start = time.monotonic()
            found = sandbox.extract(path, original.name)
            if found.media_type in ARCHIVES:
                unpacked = sandbox.unpack(path, into, _LARGEST)
                assert unpacked.members or unpacked.problems, number
                for member in into.iterdir():
                    member.unlink()
            else:
                assert found.state in (FileState.TEXT, FileState.OCR) or found.problems, (number, found)
                assert found.state is not FileState.PENDING, number
            assert time.monotonic() - start < 2 * SECONDS + 5, number
            states[str(found.state)] += 1
        whole = next(path for path in FILES if path.suffix == ".docx")
        assert sandbox.extract(whole, whole.name).state is FileState.TEXT
    assert sum(states.values()) == MUTATIONS
    assert states["text"] and states["failed"], "neither all harmless nor all fatal"
