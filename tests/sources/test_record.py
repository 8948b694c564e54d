import base64
import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.settings import Settings
from indexer.sources.defaults import Defaults
from indexer.sources.record import Reading, RecordReader, UnreadRecord

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LEAST = {"id": "a", "title": "Tên"}


def read(folder: Path | None = None, **values: object) -> Reading:
    return RecordReader(Settings(), folder).read({**LEAST, **values})


def test_every_key() -> None:
    reading = read(
        summary="Tóm tắt", body="Thân\r\nbài", published="2024-11-22", updated="2024-11-23T08:00:00Z",
        source=["a.example", "b.example", "a.example"], category=" Chính  sách ", url="https://a.example/1",
        audience="staff", number="74/KH-UBND", type="Kế hoạch", issuer="UBND", corpus="thử",
    )  # fmt: skip
    assert reading == Reading(
        Article(
            id="a", title="Tên", summary="Tóm tắt", body="Thân\nbài", category="Chính sách",
            published=datetime(2024, 11, 22, tzinfo=ZONE), updated=datetime(2024, 11, 23, 8, tzinfo=UTC),
            sources=("a.example", "b.example"), url="https://a.example/1", audience="staff",
            number="74/KH-UBND", type="Kế hoạch", issuer="UBND", extra={"corpus": "thử"},
        )
    )  # fmt: skip


def test_display_text_is_nfc_and_the_id_stays_as_given() -> None:
    decomposed = unicodedata.normalize("NFD", "Đường phố")
    article = read(id=decomposed, title=decomposed, body=decomposed, source=decomposed).article
    assert (article.title, article.body, article.sources) == ("Đường phố", "Đường phố", ("Đường phố",))
    assert article.id == decomposed


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-11-22", datetime(2024, 11, 22, tzinfo=ZONE)),
        ("2024-11-22T10:30:00", datetime(2024, 11, 22, 10, 30, tzinfo=ZONE)),
        ("2024-11-22 10:30", datetime(2024, 11, 22, 10, 30, tzinfo=ZONE)),
        ("2024-11-22T03:30:00Z", datetime(2024, 11, 22, 10, 30, tzinfo=ZONE)),
        ("2024-11", datetime(2024, 11, 1, tzinfo=ZONE)),
        ("2024", datetime(2024, 1, 1, tzinfo=ZONE)),
        ("", None),
        (None, None),
    ],
)
def test_dates(text: str | None, moment: datetime | None) -> None:
    published = read(published=text).article.published
    assert published == moment
    assert published is None or published.tzinfo is not None


@pytest.mark.parametrize(
    "text", ["hôm qua", "11/22/2024", "31/02/2024", "2024-13-01", "2024-02-30", "0001-01-01", "9999-01-01"]
)
def test_what_is_no_date_is_refused_with_the_value(text: str) -> None:
    with pytest.raises(ItemError, match=f"published: .*{text}"):
        read(published=text)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ([], "must be an object, not a list"),
        ("text", "must be an object, not a string"),
        ({"title": "x"}, "no id"),
        ({**LEAST, "id": None}, "no id"),
        ({**LEAST, "id": 7.5}, "id must be a string, not a number"),
        ({**LEAST, "id": True}, "id must be a string, not true or false"),
        ({**LEAST, "id": ""}, "id is empty"),
        ({**LEAST, "id": "  "}, "id is empty"),
        ({**LEAST, "id": "x" * 513}, "513 characters; at most 512"),
        ({**LEAST, "id": "a\nb"}, "control character"),
        ({**LEAST, "id": "a\ud800"}, "half a surrogate pair"),
        ({**LEAST, "title": "a\ud800"}, "title contains half a surrogate pair"),
        ({**LEAST, "extra": {"deep": ["\udfff"]}}, "half a surrogate pair"),
        ({"id": "a"}, "neither a title nor a body"),
        ({"id": "a", "title": " ", "body": "\n"}, "neither a title nor a body"),
        ({**LEAST, "title": 5}, "title must be a string, not a number"),
        ({**LEAST, "body": ["x"]}, "body must be a string, not a list"),
        ({**LEAST, "published": 2024}, "published: '2024' must be a date"),
        ({**LEAST, "published": 20241122}, "published: '20241122' must be a date"),
        ({**LEAST, "published": True}, "published must be a string, not true or false"),
        ({**LEAST, "source": [1]}, "source must be a string, not a number"),
        ({**LEAST, "source": {"name": "x"}}, "source must be a string, not an object"),
        ({**LEAST, "attachments": "a.pdf"}, "attachments must be a list"),
    ],
)
def test_bad_records_are_refused_with_a_reason(record: object, reason: str) -> None:
    with pytest.raises(ItemError, match=reason):
        RecordReader(Settings()).read(record)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("22/11/2024 10:00", datetime(2024, 11, 22, 10, tzinfo=ZONE)),
        ("22/11/2024 2:05:00 CH", datetime(2024, 11, 22, 14, 5, tzinfo=ZONE)),
        ("22/11/2024 12:05 SA", datetime(2024, 11, 22, 0, 5, tzinfo=ZONE)),
        ("2.9.2024", datetime(2024, 9, 2, tzinfo=ZONE)),
        ("10:05:06, 22-11-2024", datetime(2024, 11, 22, 10, 5, 6, tzinfo=ZONE)),
        ("Fri, 22 Nov 2024 10:30:00 +0700", datetime(2024, 11, 22, 3, 30, tzinfo=UTC)),
        ("22 Nov 2024 03:30 GMT", datetime(2024, 11, 22, 3, 30, tzinfo=UTC)),
        (1732246200, datetime(2024, 11, 22, 3, 30, tzinfo=UTC)),
        ("1732246200", datetime(2024, 11, 22, 3, 30, tzinfo=UTC)),
        (1732246200000, datetime(2024, 11, 22, 3, 30, tzinfo=UTC)),
        ("0000-00-00", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_dates_of_other_programs_are_read_and_named(written: object, moment: datetime | None) -> None:
    reading = read(published=written)
    assert reading.article.published == moment and not reading.left_out
    assert str(written) in reading.notes["published"] and " was " in reading.notes["published"]


def test_numbers_and_lists_of_other_programs_are_read_and_named() -> None:
    reading = read(id=4711, category=["Y tế", "Xã hội"])
    assert (reading.article.id, reading.article.category) == ("4711", "Y tế")
    assert "4711 was used as a string" in reading.notes["id"]
    assert "the list was shortened to 'Y tế' for the category; left out: Xã hội" in reading.notes["category"]
    assert read(category=[]).article.category is None


@pytest.mark.parametrize(
    "values",
    [
        {"audience": wrong}
        for wrong in ("stff", "", "nội bộ", ["staff"], {"staff": True}, 0, False, "public, staff")
    ]
    + [
        {wrong: "public"}
        for wrong in ("Audience", "audiance", "audince", "audiences", "audience ", "audeince")
    ]
    + [{"audience": "public", "audiance": "staff"}, {"audiance": "staff", "audience": "public"}],
)
def test_an_audience_that_can_not_be_read_is_staff_and_named(values: dict[str, object]) -> None:
    reading = RecordReader(Settings()).read({**LEAST, **values})
    assert reading.article.audience == "staff"
    assert "treated as" in reading.left_out["audience"]


def test_who_says_nothing_of_the_audience_is_for_whom_the_source_is() -> None:
    for_staff = RecordReader(Settings(), defaults=Defaults("staff", ("Văn phòng",), "Nội bộ"))
    article = for_staff.read({**LEAST, "audience": None}).article
    assert (article.audience, article.sources, article.category) == ("staff", ("Văn phòng",), "Nội bộ")
    assert for_staff.read({**LEAST, "audience": "Public "}).article.audience == "public"
    assert for_staff.override(read().article, {"audience": None}).article.audience == "staff"
    assert read(evidence="x", radiance="y").article.audience == "public"


def test_an_audience_that_the_export_no_longer_has_is_staff() -> None:
    reader = RecordReader(Settings(field_map={"quyen": "audience"}))
    assert reader.read({**LEAST, "quyen": "public"}).article.audience == "public"
    assert reader.read({**LEAST, "quyen": None}).article.audience == "public"
    assert reader.read({**LEAST, "Quyen": "staff"}).article.audience == "staff"
    assert RecordReader(Settings(field_map={"quyen": "audiance"})).read({**LEAST, "quyen": "public"}).left_out


def test_a_bad_record_tells_its_id_and_whether_it_may_be_for_staff() -> None:
    for values, staff in (({"audience": "staff"}, True), ({"audience": "stff"}, True), ({}, False)):
        with pytest.raises(UnreadRecord) as caught:
            RecordReader(Settings()).read({**LEAST, "published": "hôm qua", **values})
        assert (caught.value.id, caught.value.staff) == ("a", staff)


def test_an_id_of_512_characters_is_fine() -> None:
    assert read(id="ố" * 512).article.id == "ố" * 512


def test_a_missing_title_is_the_start_of_the_text() -> None:
    article = RecordReader(Settings()).read({"id": "a", "body": "Câu đầu.\nCâu hai."}).article
    assert (article.title, article.body) == ("Câu đầu.", "Câu đầu.\nCâu hai.")
    long = RecordReader(Settings()).read({"id": "a", "summary": "từ " * 100}).article.title
    assert len(long) <= 121 and long.endswith("từ…")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/x", "/tin/1", "http://[", "https://a b.example"]
)
def test_an_address_that_can_not_be_linked_is_left_out_and_named(url: str) -> None:
    reading = read(url=url)
    assert reading.article.url is None
    assert len(reading.problems) == 1 and "url" in reading.problems[0]


def test_foreign_names() -> None:
    settings = Settings(field_map={
        "so_hieu": "number", "loai": "type", "co_quan": "issuer", "ngay_ban_hanh": "published", "trich_yeu": "title",
    })  # fmt: skip
    article = RecordReader(settings).read({
        "id": "g", "so_hieu": "12/2024/TT-BX", "loai": "Thông tư", "co_quan": "BỘ X", "ngay_ban_hanh": "2024-06-02",
        "trich_yeu": "về mẫu đơn", "title": "Thông tư về mẫu đơn", "nguoi_ky": "A", "attachments": ["12_2024.pdf"],
    }).article  # fmt: skip
    assert (article.number, article.type, article.issuer) == ("12/2024/TT-BX", "Thông tư", "BỘ X")
    assert article.published == datetime(2024, 6, 2, tzinfo=ZONE)
    assert article.title == "Thông tư về mẫu đơn", "our own name wins over a mapped one"
    assert article.extra == {"nguoi_ky": "A", "trich_yeu": "về mẫu đơn"}
    assert article.attachments == (Attachment("12_2024.pdf"),)


def test_attachments_by_path_bytes_address_and_name(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.pdf").write_bytes(b"%PDF")
    reading = read(
        tmp_path,
        attachments=[
            {"path": "files/a.pdf", "media_type": "application/pdf"},
            {"name": "b.txt", "base64": base64.b64encode(b"hello").decode()},
            {"url": "https://a.example/t%E1%BB%87p.pdf?x=1"},
            {"name": "c.pdf", "path": "files/gone.pdf"},
            "d.pdf",
        ],
    )
    assert not reading.problems
    assert reading.article.attachments == (
        Attachment("a.pdf", "application/pdf", path=tmp_path / "files" / "a.pdf"),
        Attachment("b.txt", content=b"hello"),
        Attachment("tệp.pdf", url="https://a.example/t%E1%BB%87p.pdf?x=1"),
        Attachment("c.pdf"),
        Attachment("d.pdf"),
    )


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"path": "../secret.txt"}, "points outside"),
        ({"path": "files/../../secret.txt"}, "points outside"),
        ({"path": "link.txt"}, "points outside"),
        ({"path": "linked/secret.txt"}, "points outside"),
        ({"path": "/etc/passwd"}, "must be relative"),
        ({"path": "C:\\x.txt"}, "must be relative"),
        ({"path": "..\\secret.txt"}, "points outside"),
        ({"path": "a\0b"}, "must be relative"),
        ({"path": "x" * 5000}, "can't be followed"),
        ({"name": "x", "base64": "%%%"}, "base64"),
        ({"name": "x", "url": "file:///etc/passwd"}, "must be an http or https"),
        ({"name": 5}, "its name must be a string"),
        ({}, "no name"),
        (5, "must be an object"),
    ],
)
def test_a_bad_attachment_is_named_and_the_article_kept(tmp_path: Path, entry: object, reason: str) -> None:
    folder = tmp_path / "export"
    (folder / "files").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("no")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    reading = read(folder, attachments=[entry, {"name": "good.pdf"}])
    assert reading.article.attachments == (Attachment("good.pdf"),)
    assert len(reading.problems) == 1
    assert reason in reading.problems[0] and "attachments[0]" in reading.problems[0]


def test_a_path_needs_a_folder_and_bytes_have_a_limit() -> None:
    assert "has no folder" in read(attachments=[{"path": "a.pdf"}]).problems[0]
    reader = RecordReader(Settings(max_file_mb=1))
    big = {**LEAST, "attachments": [{"name": "x", "base64": "A" * 2_000_000}]}
    assert "larger than max_file_mb = 1" in reader.read(big).problems[0]


def test_override_changes_what_it_names_only() -> None:
    article = read(body="Thân", published="2024-01-01", source="a.example").article
    changed = (
        RecordReader(Settings()).override(article, {"published": None, "title": "Mới", "note": 1}).article
    )
    assert (changed.title, changed.published, changed.body) == ("Mới", None, "Thân")
    assert (changed.sources, changed.extra) == (("a.example",), {"note": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "title", "body", "published", "source", "url", "attachments", "audience", "x"])


@given(JSON | st.dictionaries(KEYS, JSON, max_size=6))
def test_any_json_gives_an_article_that_can_be_stored_or_an_item_error(record: object) -> None:
    try:
        article = RecordReader(Settings()).read(record).article
    except ItemError as error:
        assert str(error)
        return
    json.dumps(
        [article.id, article.title, article.body, article.sources, article.extra], ensure_ascii=False
    ).encode()


def test_whom_a_record_is_for_by_two_of_its_fields_is_public_only_where_both_say_so() -> None:
    reader = RecordReader(Settings(field_map={"pham_vi": "audience", "loai_tin": "audience"}))
    for own, scope, kind, audience in (
        ("public", "staff", None, "staff"),
        (None, "public", "staff", "staff"),
        ("staff", "public", "public", "staff"),
        ("public", "public", "", "public"),
        (None, None, "public", "public"),
    ):
        record = {"id": "1", "title": "Bài", "audience": own, "pham_vi": scope, "loai_tin": kind}
        assert reader.read(record).article.audience == audience, record
