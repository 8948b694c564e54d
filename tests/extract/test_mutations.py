"""Files of every kind with bytes changed: each ends in a state with a reason, within its time, and the next is read as ever.

The files are those of the demo portal, and one of each format with all its parts. A seeded sample; ``make fuzz`` runs 20,000
(``TRACUU_MUTATIONS``).
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import random
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from PIL import Image

from indexer.extract.archives import ARCHIVES, carries_files
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from tests.extract.documents import docx, msg
from tests.extract.parts import files

PORTAL = Path(__file__).resolve().parents[2] / "demo" / "portal"
FIXTURES = Path(__file__).parent / "fixtures"
TEXT = "Ủy ban nhân dân xã Suối Ngà thông báo lịch tiếp công dân.\n" * 20
MUTATIONS = int(os.environ.get("TRACUU_MUTATIONS", "200"))
SECONDS = 20.0
_SEED = 20_241_122
_LARGEST = 1 << 20


def seeds() -> list[tuple[str, bytes]]:
    """Return names and bytes of the files that are changed."""
    found = {
        str(path.relative_to(PORTAL)): path.read_bytes() for path in PORTAL.glob("*/*/*") if path.is_file()
    }
    found |= {path.stem: lzma.decompress(path.read_bytes()) for path in FIXTURES.glob("*.xz")}
    found |= files() | {"a.msg": msg("Chủ đề", "Kính gửi Ủy ban"), "a.csv": TEXT.encode("cp1258", "replace")}
    found |= {
        "b.txt": TEXT.encode("utf-16"),
        "c.txt": TEXT.encode(),
        "a.txt.gz": gzip.compress(TEXT.encode()),
    }
    for kind, mode in (
        ("png", "LA"),
        ("tiff", "P"),
        ("jpeg", "CMYK"),
        ("gif", "P"),
        ("bmp", "1"),
        ("webp", "RGB"),
    ):
        out = io.BytesIO()
        Image.effect_noise((40, 40), 90).convert("L").convert(mode).save(out, kind)
        found[f"a.{kind}"] = out.getvalue()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:bz2") as archive:
        for name in ("một.docx", "hai.docx"):
            content = docx(TEXT)
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return sorted((found | {"a.tbz": out.getvalue()}).items())


def changed(content: bytes, chance: random.Random) -> bytes:
    """Return ``content`` mutated: what is packed in it, or as it lies there."""
    if not content.startswith(b"PK") or chance.random() < 0.3:
        return mutated(content, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as archive:
        members = packed.infolist()
        spoilt = chance.randrange(len(members))
        for at, member in enumerate(members):
            inside = packed.read(member)
            archive.writestr(member.filename, mutated(inside, chance) if at == spoilt and inside else inside)
    return out.getvalue()


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
    originals = seeds()
    with Sandbox(1, SECONDS, 1500) as sandbox:
        for number in range(MUTATIONS):
            name, original = originals[number % len(originals)]
            path.write_bytes(changed(original, chance))
            start = time.monotonic()
            found = sandbox.extract(path, name)
            if carries_files(found):
                unpacked = sandbox.unpack(path, into, _LARGEST)
                assert unpacked.members or unpacked.problems, (number, name)
                for member in into.iterdir():
                    member.unlink()
            if found.media_type not in ARCHIVES:
                assert found.state in (FileState.TEXT, FileState.OCR) or found.problems, (number, found)
                assert found.state is not FileState.PENDING, (number, name)
            assert time.monotonic() - start < 2 * SECONDS + 5, (number, name)
            states[str(found.state)] += 1
        for name, original in files().items():
            path.write_bytes(original)
            assert sandbox.extract(path, name).state is FileState.TEXT, name
    assert sum(states.values()) == MUTATIONS
    assert states["text"] and states["failed"], "neither all harmless nor all fatal"
