"""The command line as programs use it: one JSON document, exit codes, sentences for what is wrong."""

import gzip
import io
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from indexer.catalog.catalog import Catalog
from indexer.cli import main
from indexer.extract.sandbox import Sandbox
from indexer.model import OcrPage, Page
from indexer.settings import ENGINES
from tests.collection import write_jsonl
from tests.extract.documents import PICTURE, pdf
from tests.shared import SEED, needs_seed
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


class Cli:
    """Runs commands on one data directory and keeps what they said."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys
        self.said = ""

    def __call__(self, *arguments: object) -> tuple[int, Any]:
        """Return the exit code and the JSON document, or the text where it is none."""
        code = main([*map(str, arguments), "--data", str(self._data), "--quiet"])
        output = self._capsys.readouterr()
        self.said = output.err
        try:
            return code, json.loads(output.out)
        except ValueError:
            return code, output.out


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", capsys)


RECORDS: list[dict[str, object]] = [
    {
        "id": "a",
        "title": "Kế hoạch tiêm chủng",
        "body": "Trạm y tế phường tiêm chủng.",
        "published": "2024-05-02",
        "source": "x",
    },
    {
        "id": "b",
        "title": "Kế hoạch giao thông",
        "body": "Cấm đường ban đêm.",
        "source": ["x", "y"],
        "mystery": 1,
    },
]


def test_index_search_show_remove(cli: Cli, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", RECORDS)
    code, result = cli("index", path, "--json")
    assert code == 0
    assert {k: result[k] for k in ("indexed", "unchanged", "removed", "failed", "problems")} == {
        "indexed": 2, "unchanged": 0, "removed": 0, "failed": 0, "problems": [],
    }  # fmt: skip
    assert cli("index", path, "--json")[1]["unchanged"] == 2
    code, result = cli("search", "ke hoach", "--source", "y", "--json")
    assert (code, result["total"], result["hits"][0]["id"]) == (0, 1, "b")
    assert {value["value"]: value["count"] for value in result["facets"]["source"]} == {"x": 2, "y": 1}
    assert cli("search", "tiêm", "--date", "2024-05", "--json")[1]["total"] == 1
    assert cli("show", "a", "--json")[1]["title"] == "Kế hoạch tiêm chủng"
    assert cli("suggest", "ke hoach t", "--json")[1] == {
        "prefix": "ke hoach t",
        "suggestions": [{"text": "Kế hoạch tiêm chủng", "kind": "title", "count": 1, "url": "/articles/a"}],
    }
    assert cli("suggest", "x", "--limit", "99")[0] == 2
    assert cli("remove", "a", "zz", "--json") == (1, {"removed": 1, "unknown": ["zz"]})
    assert cli("show", "a")[0] == 1
    assert cli("remove", "--source", "y", "--json") == (0, {"removed": 1, "unknown": []})
    assert cli("stats", "--json")[1]["articles"] == 0


def test_what_is_for_staff_is_shown_where_it_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    number = {"number": "12/QĐ-UBND", "audience": "staff"}
    cli("index", write_jsonl(tmp_path / "in.jsonl", [RECORDS[0], {**RECORDS[1], **number}]))
    for command in ("show b", "related b", "directive 12/QĐ-UBND"):
        assert cli(*command.split())[0] == 1
        assert cli(*command.split(), "--staff")[0] == 0, cli.said
    cli("show", "b")
    assert "'b' is staff-only; add --staff to see it" in cli.said
    cli("show", "c")
    assert "no article 'c'" in cli.said
    assert [cli("search", "ke hoach", *staff, "--json")[1]["total"] for staff in ([], ["--staff"])] == [1, 2]


def test_options_stand_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", RECORDS)
    assert main(["--data", str(tmp_path / "d"), "--json", "--quiet", "index", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["indexed"] == 2
    assert main(["search", "giao", "--json", "--data", str(tmp_path / "d")]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1


def test_bad_items_are_named_and_the_rest_is_indexed(cli: Cli, tmp_path: Path) -> None:
    lines = [
        json.dumps(RECORDS[0]),
        "{broken",
        '{"title": "no id"}',
        json.dumps(RECORDS[0]),
        json.dumps(RECORDS[1]),
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    code, result = cli("index", path, "--json")
    assert (code, result["indexed"], result["failed"]) == (1, 2, 3)
    assert [problem["item"].rpartition(":")[2] for problem in result["problems"]] == ["2", "3", "4"]
    assert "duplicate" in result["problems"][2]["problem"]


def test_a_truncated_archive_keeps_what_was_whole(cli: Cli, tmp_path: Path) -> None:
    packed = gzip.compress(
        "".join(
            json.dumps({"id": f"n{i}", "title": os.urandom(40).hex()}) + "\n" for i in range(500)
        ).encode()
    )
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    code, result = cli("index", path, "--json")
    assert code == 1
    assert result["indexed"] > 100


def test_attachments_missing_outside_oversized_and_damaged(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("mật khẩu bí mật")
    (tmp_path / "in" / "big.txt").write_bytes(b"x" * (1 << 20) + b"y")
    (tmp_path / "in" / "bad.pdf").write_bytes(pdf("gone")[:150])
    (tmp_path / "in" / "good.pdf").write_bytes(pdf("first", "bicycle sheds"))
    names = ["missing.pdf", "../secret.txt", "big.txt", "bad.pdf", "good.pdf"]
    record = {**RECORDS[0], "attachments": [{"name": Path(name).name, "path": name} for name in names]}
    monkeypatch.setenv("TRACUU_MAX_FILE_MB", "1")
    code, result = cli("index", write_jsonl(tmp_path / "in" / "a.jsonl", [record]), "--json")
    assert (code, result["indexed"]) == (1, 1)
    said = " ".join(f"{p['item']} {p['problem']}" for p in result["problems"])
    assert "secret.txt" in said and "max_file_mb" in said and "bad.pdf" in said and "missing" not in said
    hit = cli("search", "bicycle", "--json")[1]["hits"][0]
    assert [(file["name"], file["page"]) for file in hit["files"]] == [("good.pdf", 2)]
    assert cli("search", "bí mật", "--json")[1]["total"] == 0
    states = {file["name"]: file["state"] for file in cli("show", "a", "--json")[1]["files"]}
    assert (
        states["missing.pdf"] == "missing" and states["good.pdf"] == "text" and states["bad.pdf"] == "failed"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["index", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["search", "x"], 3, "tracuu index"),
        (["search", "x", "--size", "0"], 2, "size"),
        (["search", "x", "--date", "gestern"], 2, "date"),
        (["search", "x", "--sort", "random"], 2, "sort"),
        (["search", "x" * 513], 2, "512"),
        (["remove"], 2, "ids"),
        (["remove", "a"], 3, "tracuu index"),
        (["stats"], 3, "tracuu index"),
        (["show", "a"], 3, "tracuu index"),
        (["extract", "nowhere.pdf"], 2, "nowhere.pdf"),
        (["evaluate", "nowhere"], 2, "nowhere"),
        (["fly"], 2, "fly"),
        (["serve", "--port", "99999"], 2, "65535"),
        ([], 2, "COMMAND"),
        (["index", "x", "--workers", "many"], 2, "workers"),
        (["--config", "nowhere.toml", "stats"], 2, "nowhere.toml"),
    ],
)
def test_wrong_use_says_what_and_exits_by_the_contract(
    cli: Cli, arguments: list[str], code: int, said: str
) -> None:
    assert cli(*arguments)[0] == code
    assert said in cli.said
    assert "Traceback" not in cli.said


def test_a_data_directory_in_the_way_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    path = write_jsonl(tmp_path / "in.jsonl", RECORDS)
    assert main(["index", str(path), "--data", str(tmp_path / "file")]) == 3
    assert "choose another --data" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        "keys list", "keys create --name a --scope write", "keys revoke a", "pins", "pin a b", "unpin a", "report",
        "report accept 1", "verify", "reextract --failed", "rebuild", "stats", "show a", "remove a", "search a",
    ],
)  # fmt: skip
def test_a_slip_in_the_name_of_the_data_directory_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    data = tmp_path / "none"
    assert main([*command.split(), "--data", str(data)]) == 3
    told = capsys.readouterr().err
    assert (
        f"{data} has no" in told or f"directory {data} does not exist; check --data" in told
    ) and not data.exists()


def test_errors_are_one_json_document_too(cli: Cli) -> None:
    code, result = cli("show", "a", "--json")
    assert (code, list(result)) == (3, ["error"])


def test_a_busy_port_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    cli("index", write_jsonl(tmp_path / "in.jsonl", RECORDS))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert cli("serve", "--port", busy.getsockname()[1])[0] == 3
    assert "can't listen on" in cli.said and cli.said.count("\n") == 1


def test_articles_come_from_stdin(tmp_path: Path) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "indexer",
        "index",
        "-",
        "--json",
        "--data",
        str(tmp_path / "d"),
    ]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, json.loads(done.stdout)["indexed"]) == (0, 2), done.stderr


def test_ctrl_c_ends_cleanly_with_what_is_committed(cli: Cli, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "indexer",
        "index",
        "-",
        "--data",
        str(tmp_path / "data"),
    ]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        # Shells start what runs in the background with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads yet
    )
    assert child.stdin is not None
    for number in range(3000):
        child.stdin.write(
            json.dumps({"id": f"n{number}", "title": f"Bài số {number}", "body": "chữ " * 40}).encode()
            + b"\n"
        )
    child.stdin.flush()
    until((tmp_path / "data" / "tantivy" / "meta.json").exists)
    with closing(Catalog(tmp_path / "data")) as catalog:
        until(catalog.count)
    child.send_signal(signal.SIGINT)
    errors = child.communicate(timeout=30)[1].decode()
    assert child.returncode == 130
    assert "interrupted" in errors and "Traceback" not in errors
    accepted = cli("stats", "--json")[1]
    assert accepted["articles"] == accepted["indexed"] > 0
    assert accepted["waiting"] == 0


def test_extract_prints_the_contracts_form(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("one", "two"))
    code, result = cli("extract", tmp_path / "a.pdf", "--json")
    assert code == 0
    assert result["media_type"] == "application/pdf"
    assert result["pages"][1] == {"number": 2, "text": "two", "ocr": False, "confidence": None}
    assert (result["encoding"], result["signatures"], result["problems"]) == (None, [], [])


def test_evaluate_gives_the_figures_of_the_contract(cli: Cli, tmp_path: Path) -> None:
    documents = [{"id": r["id"], "title": r["title"], "text": r["body"]} for r in RECORDS]
    write_jsonl(tmp_path / "corpus.jsonl", documents)
    write_jsonl(
        tmp_path / "queries.jsonl",
        [{"id": "q1", "text": "tiêm chủng ở đâu?"}, {"id": "q2", "text": "cấm đường"}],
    )
    (tmp_path / "qrels.tsv").write_text("q1\ta\t1\nq2\ta\t1\n")
    code, result = cli("evaluate", tmp_path, "--json", "--unaccented")
    assert code == 0
    assert (result["queries"], result["documents"]) == (2, 2)
    assert (result["p@1"], result["mrr@10"], result["ndcg@10"]) == (0.5, 0.5, 0.5)
    assert set(result) == {
        "ndcg@10",
        "mrr@10",
        "recall@10",
        "recall@100",
        "p@1",
        "queries",
        "documents",
        "query_ms",
    }


@needs_seed
def test_the_seed_page_is_found_and_nothing_around_it(cli: Cli) -> None:
    assert cli("index", SEED)[0] == 0
    found = cli("search", "ke hoach 38-CT/TW", "--json")[1]
    (hit,) = found["hits"]
    assert hit["source"] == ["sotttt.haiphong.gov.vn", "haiphong.gov.vn"]
    assert (hit["category"], hit["published"]) == ("Chính sách", None)
    assert (hit["numbers"], hit["cites"]) == (["74/KH-UBND"], ["38-CT/TW"])
    assert found["query"]["interpretation"] == [
        "“ke hoach”: tìm cả chữ có dấu và không dấu",
        "số, ký hiệu 38-CT/TW",
    ]
    (file,) = cli("show", hit["id"], "--json")[1]["files"]
    assert (file["name"], file["state"]) == ("74-UBND-KH.signed", "missing")
    for text in ("74-UBND-KH.signed", "74/KH-UBND", "số:74/KH-UBND"):
        assert cli("search", text, "--json")[1]["total"] == 1
    for text in ("giấy chứng nhận", "cookies", "tài liệu đính kèm", "Tin khác", "Khai trương"):
        assert cli("search", text, "--json")[1]["total"] == 0, text


def test_segment_writes_a_line_for_each_line_and_fails_on_none() -> None:
    lines = [
        "Ủy ban nhân dân thành phố Hải Phòng họp.".encode(),
        b"",
        "học sinh\r".encode(),
        b"\xff\xfe hai",
        b"\0",
        "cuối\u2028cùng\x0c\x1d\x85 nhân dân".encode(),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "segment"], input=b"\n".join(lines), capture_output=True, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, b"")
    written = done.stdout.decode().split("\n")
    assert written[:3] == ["Ủy_ban nhân_dân thành_phố Hải_Phòng họp .", "", "học_sinh"]
    assert "hai" in written[3]
    assert written[4:] == ["\0", "cuối_cùng nhân_dân", ""]


@needs_seed
@pytest.mark.parametrize("engine", ENGINES)
def test_directives_of_the_seed_page(cli: Cli, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ENGINE", engine)
    assert cli("index", SEED)[0] == 0
    for typed, label in {
        **dict.fromkeys(("38-CT/TW", "38/CT-TW", "chi thi 38 tw"), "Chỉ thị 38-CT/TW"),
        **dict.fromkeys(("74/KH-UBND", "74-UBND-KH.signed"), "Kế hoạch 74/KH-UBND"),
    }.items():
        found = cli("search", typed, "--json")[1]
        assert (found["total"], [card["label"] for card in found["directives"]]) == (1, [label])
    found = cli("search", "74/UBND-KH", "--json")[1]
    assert (found["total"], found["directives"]) == (0, [])
    assert [one["label"] for one in found["alike"]] == ["Kế hoạch 74/KH-UBND"]
    for typed in ("38-CT/TW", "38/CT-TW", "chi thi 38 tw"):
        code, document = cli("directive", typed, "--json")
        assert (code, document["label"]) == (0, "Chỉ thị 38-CT/TW")
        assert document["cited_by"]["by_relation"] == {"carries_out": 1}
    for typed in ("74/KH-UBND", "74-UBND-KH.signed"):
        assert len(cli("directive", typed, "--json")[1]["texts"]) == 1
    alike = cli("directive", "74/UBND-KH", "--json")[1]
    assert not alike["texts"] and alike["looser"][0]["label"] == "Kế hoạch 74/KH-UBND"
    assert [one["label"] for one in cli("directives", "--missing", "--json")[1]] == ["Chỉ thị 38-CT/TW"]
    assert cli("directive", "999/QĐ-TTg", "--json")[0] == 1


def test_extract_reads_scans(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf(PICTURE))
    page = OcrPage(Page(1, "Quyết định", True, 0.9, ((1, 2, 3, 4), (5, 6, 7, 8))))
    with (
        mock.patch.object(Sandbox, "ocr", return_value=page),
        mock.patch("indexer.commands.extract.tesseract_missing", return_value=None),
    ):
        code, result = cli("extract", tmp_path / "scan.pdf", "--json")
        assert (code, result["state"]) == (0, "ocr")
        assert result["pages"] == [{"number": 1, "text": "Quyết định", "ocr": True, "confidence": 0.9}]
        assert cli("extract", tmp_path / "scan.pdf", "--json", "--no-ocr")[1]["state"] == "empty"


def test_related_articles(cli: Cli, tmp_path: Path) -> None:
    cli("index", write_jsonl(tmp_path / "in.jsonl", RECORDS))
    code, document = cli("related", "a", "--json")
    assert (code, document["id"], document["copies"]) == (0, "a", [])
    assert [one["id"] for one in document["related"]] == ["b"]
    assert "Kế hoạch giao thông" in cli("related", "a", "--limit", "1")[1]
    assert cli("related", "a", "--limit", "0")[0] == 2
    assert cli("related", "nowhere")[0] == 1


def test_citations_of_a_text_on_stdin(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Thực hiện Chỉ thị số 38-CT/TW ngày 19/9/2019"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    code, (found,) = cli("citations", "--json")
    assert code == 0 and text[found["start"] : found["end"]] == "38-CT/TW"
    assert (found["date"], found["relation"], found["type"]) == ("2019-09-19", "carries_out", "Chỉ thị")


def test_an_output_that_takes_nothing_is_said_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "indexer", "extract", str(ROOT / "README.md")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "No space left on device" in done.stderr
