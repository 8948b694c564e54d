"""Articles of which every version has words found nowhere else."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

_LETTERS = "bcdghklmnpqrstvx"
_SYLLABLES = (
    "thông báo kế hoạch quyết định nghị quyết cấp nước lịch tiếp công dân đường phố trường học hồ sơ đất đai hộ tịch"
    " khai sinh tạm trú cầu cảng bến xe chợ phường xã huyện tỉnh ngân sách đầu tư y tế tiêm chủng lễ hội mùa vụ"
).split()
_VERSION = re.compile(f"zv([{_LETTERS}]+)z")
_PDF = Path(__file__).resolve().parents[2] / "demo/portal/giao-thong/sua-chua-cau-ben-nguyet/88-TB-SXD.pdf"


def _word(kind: str, number: int) -> str:
    """Return a word without digits, so that it stays one word."""
    return f"z{kind}{''.join(_LETTERS[int(digit, 16)] for digit in f'{number:x}')}z"


def of_article(number: int) -> str:
    """Return the word in every version of an article."""
    return _word("a", number)


def of_version(number: int) -> str:
    """Return the word in the title and body of one version."""
    return _word("v", number)


def of_file(number: int) -> str:
    """Return the word in the attachment of one version."""
    return _word("f", number)


def version_in(text: str) -> int:
    """Return the version that a text belongs to; raises AssertionError if it belongs to none or to several."""
    (word,) = set(_VERSION.findall(text))
    return int("".join(f"{_LETTERS.index(letter):x}" for letter in word), 16)


@dataclass(frozen=True)
class Version:
    """Version ``number`` of the article ``article``. ``files``: none, a text, or also a PDF and an archive."""

    article: int
    number: int
    files: int

    @property
    def id(self) -> str:
        return f"bai-{self.article}"

    def json(self) -> dict[str, Any]:
        """Return the article as it is sent."""
        random = Random(self.number)
        said = " ".join(random.choices(_SYLLABLES, k=random.choice((20, 60, 200))))
        record: dict[str, Any] = {
            "id": self.id,
            "title": f"Bản {of_version(self.number)} {' '.join(random.choices(_SYLLABLES, k=6))}",
            "body": f"{of_article(self.article)} {of_version(self.number)} {said}",
            "published": "2025-11-03",
        }
        files = {"tep.txt": f"Tệp {of_file(self.number)} {said}".encode()}
        if self.files > 1:
            # A PDF may have anything after its end, which makes it a file never read before.
            files["tep.pdf"] = _PDF.read_bytes() + f"\n%{self.number}\n".encode()
            files["tep.zip"] = _zipped({"trong-tep.txt": f"Trong tệp nén {self.number}. {said}".encode()})
        if self.files:
            record["attachments"] = [
                {"name": name, "base64": base64.b64encode(content).decode()}
                for name, content in files.items()
            ]
        return record

    def line(self) -> str:
        """Return the article as a line of JSON."""
        return json.dumps(self.json()) + "\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # The same time each time, so that the same version is the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()
