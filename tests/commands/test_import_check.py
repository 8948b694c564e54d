"""What `tracuu import-check` shows is what indexing would do, and it writes nothing."""

import json
from pathlib import Path

import pytest

from indexer.cli import main
from tests.collection import write_jsonl


def test_articles_warnings_and_unused_keys_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records: list[dict[str, object]] = [
        {"id": str(n), "title": f"Kế hoạch 7{n}/KH-UBND", "body": "chữ " * 40, "published": "22/11/2024", "ghi_chu": "x",
         "them": {"mau": "xanh"}, "attachments": ["a.pdf", {"url": "https://x.example/b.pdf"}], "audience": "staff"}
        for n in range(12)
    ]  # fmt: skip
    place = write_jsonl(tmp_path / "in.jsonl", [*records, {"title": "không có id"}])
    arguments = ["--data", str(tmp_path / "data"), "--quiet", "import-check", str(place)]
    assert main([*arguments, "--json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert (result["articles"], len(result["first"]), result["failed"]) == (12, 10, 1)
    first = result["first"][0]
    assert (first["audience"], first["number"], first["published"]) == ("staff", ["70/KH-UBND"], "2024-11-22")
    assert [one["from"] for one in first["attachments"]] == ["nowhere", "https://x.example/b.pdf"]
    assert first["body"].endswith("chữ …") and len(first["body"].split()) == 26
    assert result["unused"] == {"ghi_chu": 12, "them.mau": 12}
    assert result["notices"][0]["count"] == 12 and "no id" in result["problems"][0]["problem"]
    assert main([*arguments, "--first", "1"]) == 1
    out = capsys.readouterr()
    assert "1. Kế hoạch 70/KH-UBND\n" in out.out and "2. " not in out.out and "ghi_chu (12)" in out.out
    assert "12 indexed" in out.out and "no id" in out.err
    assert not (tmp_path / "data").exists()


def test_a_source_of_the_settings_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.tsv").write_text("số\ttên\n1\tMột\n", encoding="utf-8")
    (tmp_path / "tracuu.toml").write_text(
        f'[sources.bang]\nkind = "table"\npath = "{tmp_path}/x.tsv"\nfield_map = {{ "số" = "id", "tên" = "title" }}\n',
        encoding="utf-8",
    )
    arguments = [
        "--config",
        str(tmp_path / "tracuu.toml"),
        "--data",
        str(tmp_path / "data"),
        "--json",
        "import-check",
    ]
    assert main([*arguments, "bang"]) == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)["first"]] == ["Một"]
    assert main([*arguments, "khong-co"]) == 2
