"""Archives: their files become attachments, whatever is in them the parent lives, and nothing is written elsewhere."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from indexer.extract import archives
from indexer.extract.archive_names import is_part_of_rar, member_name
from indexer.extract.archives import unpack
from indexer.extract.reader import read
from indexer.extract.reasons import problem, sentence
from indexer.extract.sandbox import Sandbox
from indexer.model import Article, Attachment, FileState
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import docx, pdf

pytest.importorskip("libarchive", exc_type=Exception)  # type: ignore[arg-type]
LARGEST = 1 << 20


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(*members: tuple[tarfile.TarInfo | str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def old_tar(name: str, content: bytes) -> bytes:
    """Return a TAR as it was before it had a signature."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[257:] = bytes(len(header) - 257)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + content.ljust(512, b"\0") + bytes(1024)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, 20, 512) as sandbox:
        yield sandbox


def names(found: archives.Unpacked) -> list[str]:
    return [name for name, _, _ in found.members]


def write(folder: Path, content: bytes) -> tuple[Path, Path]:
    path, into = folder / "archive", folder / "into"
    path.write_bytes(content)
    into.mkdir()
    return path, into


def test_a_tar_without_a_signature_is_one(tmp_path: Path, sandbox: Sandbox) -> None:
    path, into = write(tmp_path, old_tar("b.txt", b"Lam Giang"))
    assert read(path, "b").state is FileState.PENDING
    assert names(sandbox.unpack(path, into, LARGEST)) == ["b.txt"]
    path.write_bytes(old_tar("b.txt", b"Lam Giang").replace(b"b.txt", b"c.txt"))
    assert read(path, "b").media_type != "application/x-tar", "the sum is another"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zipped(("Phụ lục/Mẫu 1.txt", b"one"), ("b.txt", b"two")), id="zip"),
        pytest.param(tarred(("Phụ lục/Mẫu 1.txt", b"one"), ("b.txt", b"two")), id="tar.gz"),
        pytest.param(tarred(("Phụ lục/Mẫu 1.txt", b"one"), ("b.txt", b"two"), mode="w:xz"), id="tar.xz"),
    ],
)
def test_members_come_out(content: bytes, tmp_path: Path, sandbox: Sandbox) -> None:
    path, into = write(tmp_path, content)
    found = sandbox.unpack(path, into, LARGEST)
    assert (found.state, names(found), found.problems) == (FileState.TEXT, ["Phụ lục/Mẫu 1.txt", "b.txt"], ())
    assert [(into / file).read_bytes() for _, file, _ in found.members] == [b"one", b"two"]


def _link(name: str, target: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


def test_nothing_is_written_elsewhere(tmp_path: Path, sandbox: Sandbox) -> None:
    content = tarred(
        ("../../outside.txt", b"x"),
        ("/etc/absolute.txt", b"y"),
        (_link("link", "/etc/passwd"), b""),
        ("link/in", b"z"),
    )
    path, into = write(tmp_path, content)
    found = sandbox.unpack(path, into, LARGEST)
    assert names(found) == ["outside.txt", "etc/absolute.txt", "link/in"]
    assert found.problems == (problem("members_special", count=1),)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["0", "1", "2", "archive", "into"]


def test_a_bomb_costs_its_limit(tmp_path: Path, sandbox: Sandbox) -> None:
    path, into = write(tmp_path, zipped(("small.txt", b"ok"), ("bomb.txt", bytes(50 << 20))))
    found = sandbox.unpack(path, into, LARGEST)
    assert (names(found), found.state) == (["small.txt"], FileState.PARTIAL)
    assert found.problems == (problem("members_large", count=1, largest=LARGEST),)


def test_all_members_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 25)
    path, into = write(tmp_path, zipped(*((f"{n}.txt", b"0123456789") for n in range(9))))
    found = unpack(path, into, LARGEST)
    assert len(found.members) == 2 and "more than 25 bytes" in sentence(found.problems[0])


def test_a_hundred_thousand_members(tmp_path: Path, sandbox: Sandbox) -> None:
    path, into = write(tmp_path, zipped(*((f"{n}", b"") for n in range(100_000))))
    found = sandbox.unpack(path, into, LARGEST)
    assert len(found.members) == archives.MOST_MEMBERS
    assert found.state is FileState.PARTIAL


@pytest.mark.parametrize(
    ("content", "state", "reason"),
    [
        pytest.param(zipped(), FileState.EMPTY, "no files", id="empty"),
        pytest.param(zipped(("a", b"x" * 999))[:36], FileState.FAILED, "damaged", id="cut"),
        pytest.param(
            b"Rar!\x1a\x07\x01\x00" + bytes(range(200)),
            FileState.FAILED,
            "damaged",
            id="rar of nonsense",
        ),
        pytest.param(b"7z\xbc\xaf\x27\x1c" + bytes(90), FileState.FAILED, "", id="7z of nonsense"),
    ],
)
def test_damaged(content: bytes, state: FileState, reason: str, tmp_path: Path, sandbox: Sandbox) -> None:
    path, into = write(tmp_path, content)
    found = sandbox.unpack(path, into, LARGEST)
    assert found.state in (state, FileState.EMPTY if not reason else state)
    assert reason in sentence(found.problems[0])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.txt", "a/b.txt"), ("..\\..\\a.txt", "a.txt"), ("/", ""), (None, ""), ("a\u202etxt.exe", "atxt.exe"),
        ("x\0y.pdf", "xy.pdf"), (b"\xff.txt", "ÿ.txt"), ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)  # fmt: skip
def test_names(path: str | bytes | None, name: str) -> None:
    assert member_name(path) == name


def test_files_of_archives_are_found_and_nesting_ends(tmp_path: Path) -> None:
    inner = zipped(("74-UBND-KH.docx", docx("Kế hoạch chuyển đổi số")), ("__MACOSX/x", b"litter"))
    for level in range(4):
        inner = zipped((f"tang-{level}.zip", inner)) if level else inner
    outer = zipped(("phu-luc.pdf", pdf("Danh muc thu tuc")), ("trong.zip", inner))
    article = Article(
        "a",
        "Hồ sơ",
        published=datetime.fromisoformat("2024-03-06T08:00:00+07:00"),
        attachments=(
            Attachment("ho-so.zip", content=outer),
            Attachment("khac.zip", content=zipped(("b.txt", b"Xin chao"))),
        ),
    )
    settings = Settings(data=tmp_path)
    index(settings, [article])
    service = open_search(settings)
    files = service.searcher().articles.by_id("a").files
    assert [(file.n, file.name, str(file.state)) for file in files] == [
        (0, "ho-so.zip", "text"),
        (1, "ho-so.zip/phu-luc.pdf", "text"),
        (2, "ho-so.zip/trong.zip", "text"),
        (3, "ho-so.zip/trong.zip/tang-3.zip", "text"),
        (4, "ho-so.zip/trong.zip/tang-3.zip/tang-2.zip", "failed"),
        (5, "khac.zip", "text"),
        (6, "khac.zip/b.txt", "text"),
    ]
    assert "3 archives deep" in sentence(files[4].problems[0])
    (hit,) = service.search(SearchRequest("danh muc thu tuc")).hits
    assert [(file.name, file.page) for file in hit.files] == [("ho-so.zip/phu-luc.pdf", 1)]
    _, kept = service.searcher().articles.file("a", 1)
    assert kept is not None
    with kept.open() as content:
        assert content.read().startswith(b"%PDF")
    index(settings, [article])  # unpacked once
    assert service.searcher().articles.by_id("a").files == files


def _with_password(content: bytes, name: bytes) -> bytes:
    """Return a ZIP in which the member ``name`` says that it is encrypted."""
    found = bytearray(content)
    for magic, flags, place in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = content.index(name, content.index(magic)) - place
        while found[at : at + 4] != magic:
            at = content.index(name, at + place + 1) - place
        found[at + flags] |= 1
    return bytes(found)


def test_members_without_a_password_are_read(tmp_path: Path, sandbox: Sandbox) -> None:
    both = zipped(("khoa.txt", bytes(range(99))), ("mo.txt", b"two"))
    path, into = write(tmp_path, _with_password(both, b"khoa.txt"))
    found = sandbox.unpack(path, into, LARGEST)
    assert (found.state, names(found)) == (FileState.PARTIAL, ["mo.txt"])
    assert found.problems == (problem("members_locked", count=1),)
    path.write_bytes(_with_password(zipped(("khoa.txt", bytes(range(99)))), b"khoa.txt"))
    assert sandbox.unpack(path, tmp_path, LARGEST).state is FileState.PROTECTED


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_one_compressed_file_is_named_after_its_file(ending: str, tmp_path: Path) -> None:
    text = "Danh sách hộ nghèo".encode()
    content = {"gz": gzip.compress(text), "bz2": bz2.compress(text), "xz": lzma.compress(text)}[ending]
    settings = Settings(data=tmp_path)
    article = Article("a", "Tin", attachments=(Attachment(f"danh-sach.txt.{ending}", content=content),))
    index(settings, [article])
    files = open_search(settings).searcher().articles.by_id("a").files
    assert [file.name.rpartition("/")[2] for file in files] == [f"danh-sach.txt.{ending}", "danh-sach.txt"]
    assert files[1].state is FileState.TEXT


@pytest.mark.parametrize("codec", ["cp1258", "utf-8"])
def test_names_are_in_the_code_page_that_spells_vietnamese(codec: str) -> None:
    as_typed = "Pho\u0300ng đa\u0300o ta\u0323o.txt"
    assert member_name(as_typed.encode(codec)) in ("Phòng đào tạo.txt", as_typed)
    assert member_name("Übersicht.txt".encode("cp850")) == "Übersicht.txt"


def test_a_part_of_a_rar_says_that_it_is_one() -> None:
    assert is_part_of_rar(b"Rar!\x1a\x07\x00" + b"\0\0\x73\x11\x00" + bytes(9))
    assert is_part_of_rar(b"Rar!\x1a\x07\x01\x00" + b"\0\0\0\0" + b"\x05\x01\x00\x01\x00")
    assert not is_part_of_rar(b"Rar!\x1a\x07\x01\x00" + b"\0\0\0\0" + b"\x05\x01\x00\x00\x00")
    assert not is_part_of_rar(b"Rar!\x1a\x07")
