"""What records say of their document: mapped from foreign names, given in ours, and in sidecars."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from indexer.model import Particulars
from indexer.settings import Settings
from indexer.sources.record import RecordReader

GAZETTE = {
    "so": "number", "ten": "subject", "hl": "effective", "ky": "signer", "cv": "position", "lv": "field", "tt": "status",
    "nbh": "issued", "het": "expires",
}  # fmt: skip
RECORD = {
    "id": "a", "so": "12/2026/TT-BYT", "ten": "Danh mục thuốc", "hl": "01/07/2026", "ky": "Nguyễn Văn A", "cv": "Thứ trưởng",
    "lv": "Y tế", "tt": "Còn hiệu lực", "nbh": "2026-05-01", "het": None,
}  # fmt: skip


def reader(tmp_path: Path, field_map: dict[str, str] | None = None) -> RecordReader:
    return RecordReader(Settings(data=tmp_path, field_map=field_map or {}))


def test_a_field_map_leads_to_every_value_of_the_document(tmp_path: Path) -> None:
    article = reader(tmp_path, GAZETTE).read(RECORD).article
    assert article.title == "Danh mục thuốc" and article.number == "12/2026/TT-BYT" and not article.extra
    assert article.particulars == Particulars(
        signer="Nguyễn Văn A", position="Thứ trưởng", field="Y tế", issued="2026-05-01", effective="2026-07-01",
        status="Còn hiệu lực",
    )  # fmt: skip
    assert article.published and article.published.date().isoformat() == "2026-05-01"


def test_a_title_of_its_own_has_the_subject_beside_it(tmp_path: Path) -> None:
    record = {**RECORD, "title": "Thông tư mới", "published": "2026-05-03"}
    article = reader(tmp_path, GAZETTE).read(record).article
    assert (article.title, article.particulars.subject) == ("Thông tư mới", "Danh mục thuốc")
    assert article.published and article.published.date().isoformat() == "2026-05-03"


def test_our_own_names_need_no_map_where_they_mean_nothing_else(tmp_path: Path) -> None:
    record = {
        "id": "b",
        "title": "Tin",
        "signer": "Lê B",
        "status": "published",
        "field": ["x"],
        "issued": "hôm kia",
    }
    reading = reader(tmp_path).read(record)
    assert reading.article.particulars == Particulars(signer="Lê B")
    assert reading.article.extra == {"status": "published", "field": ["x"]}
    assert list(reading.left_out) == ["issued"]
    whole = {"id": "b", "title": "Tin", "particulars": {"status": "Hết hiệu lực", "field": "Đất đai"}}
    assert reader(tmp_path).read(whole).article.particulars == Particulars(
        status="Hết hiệu lực", field="Đất đai"
    )


def test_a_sidecar_says_one_value_and_leaves_the_others(tmp_path: Path) -> None:
    article = reader(tmp_path, GAZETTE).read(RECORD).article
    changed = reader(tmp_path).override(article, {"signer": "Lê B", "effective": None}).article
    assert changed.particulars == dataclasses.replace(article.particulars, signer="Lê B", effective="")
