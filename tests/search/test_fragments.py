"""What of an article and of its attachments a hit shows, and what is marked in it: golden cases on every engine."""

from __future__ import annotations

import pytest

from indexer.model import Article, Attachment, Marked
from indexer.search.request import SearchRequest
from indexer.search.response import Hit
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index
from tests.extract.documents import pdf

HEAD = (
    "UỶ BAN NHÂN DÂN\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ LAM GIANG\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 27/KH-UBND\tLam Giang, ngày 19 tháng 3 năm 2025\n"
)
END = "Nơi nhận:\n- Như trên;\n- Sở Y tế;\n- Lưu: VT.\nTM. UỶ BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\n"
PLAN = (
    f"{HEAD}KẾ HOẠCH\nTiêm bù vắc xin sởi\n"
    "Trạm y tế phường lập danh sách trẻ tạm trú trước ngày 25/3. Sở Y tế giám sát các điểm tiêm lưu động.\n"
    "Uỷ ban nhân dân phường bố trí nhà văn hoá làm điểm tiêm.\n"
    f"{END}"
)
FORM = (
    f"{HEAD}ĐƠN ĐĂNG KÝ\nKính gửi: Trạm y tế phường ..............\nHọ tên: ..............................\n"
)
ARTICLES = (
    Article(
        "tiem",
        "Thành phố tổ chức tiêm bù vắc xin sởi",
        "Thành phố tổ chức tiêm bù vắc xin sởi.\nCha mẹ mang theo sổ tiêm khi đưa con đến trạm.",
        attachments=(
            Attachment("ke-hoach.txt", content=PLAN.encode()),
            Attachment("don.txt", content=FORM.encode()),
        ),
    ),
    Article(
        "can-cuoc",
        "Lam Giang cấp căn cước tại nhà",
        "Tổ dân phố lập danh sách người già của phường và các thôn. Công an làm căn cước công dân cho những ai"
        " khó đi lại.",
    ),
    Article(
        "quy-che",
        "Quy chế làm việc",
        attachments=(
            Attachment(
                "quy-che.pdf",
                content=pdf("Trang mot noi ve gio lam viec.", "Trang hai noi ve tien luong va phu cap."),
            ),
            Attachment("2026-04-15_bienban_hop.txt", content=b"Khong co gi."),
        ),
    ),
)


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def hit(service: SearchService, query: str) -> Hit:
    return service.search(SearchRequest(query)).hits[0]


def marks(piece: Marked) -> list[str]:
    return [piece.text[start:end] for start, end in piece.marks]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("sở y tế giám sát", "Sở Y tế giám sát các điểm tiêm lưu động.", id="not the receivers"),
        pytest.param(
            "uỷ ban nhân dân phường", "Uỷ ban nhân dân phường bố trí nhà văn hoá", id="not the head"
        ),
        pytest.param("danh sach tre tam tru", "Trạm y tế phường lập danh sách trẻ tạm trú", id="no accents"),
    ],
)
def test_a_file_shows_the_sentence_that_answers(service: SearchService, query: str, shown: str) -> None:
    [file] = [file for file in hit(service, query).files if file.name == "ke-hoach.txt"]
    assert shown in file.snippet.text
    for furniture in ("CỘNG HOÀ", "Hạnh phúc", "Nơi nhận", "Đã ký", "TM."):
        assert furniture not in file.snippet.text


def test_furniture_is_found_and_shown_where_nothing_else_answers(service: SearchService) -> None:
    found = hit(service, "19 tháng 3 năm 2025")
    assert found.id == "tiem"
    assert all("ngày 19 tháng 3 năm 2025" in file.snippet.text for file in found.files)


def test_room_to_write_is_not_shown(service: SearchService) -> None:
    [form] = [file for file in hit(service, "đơn đăng ký").files if file.name == "don.txt"]
    assert "ĐƠN ĐĂNG KÝ" in form.snippet.text and ".." not in form.snippet.text


def test_an_article_shows_more_than_its_title(service: SearchService) -> None:
    assert hit(service, "tiêm bù vắc xin sởi").snippet.text == (
        "Cha mẹ mang theo sổ tiêm khi đưa con đến trạm."
    )


def test_words_of_questions_and_of_names_are_not_marked(service: SearchService) -> None:
    found = hit(service, "lam can cuoc cong dan o dau")
    assert found.id == "can-cuoc"
    assert "Lam" not in marks(found.title) and {"căn", "cước"} <= set(" ".join(marks(found.title)).split())
    for query in (
        "căn cước là gì",
        "căn cước của người già ở đâu",
        "các căn cước và những căn cước cho người già",
    ):
        words = " ".join(
            w for piece in (hit(service, query).title, hit(service, query).snippet) for w in marks(piece)
        )
        assert not {"là", "gì", "ở", "đâu", "cho", "của", "và", "các", "những"} & set(words.split()), query


def test_the_page_of_a_file_that_answers_is_shown(service: SearchService) -> None:
    found = hit(service, "tien luong")
    assert [(file.name, file.page) for file in found.files] == [("quy-che.pdf", 2)]
    assert marks(found.files[0].snippet) == ["tien luong"]


def test_a_beginning_is_marked_where_what_must_precede_it_does(service: SearchService) -> None:
    found = hit(service, "sở y t*")
    [file] = [file for file in found.files if file.name == "ke-hoach.txt"]
    assert {marked.lower() for marked in marks(file.snippet)} <= {"sở y tế", "y tế"}
    assert "Sở Y tế" in marks(file.snippet)
    assert not found.title.marks and not found.snippet.marks


def test_the_article_tells_where_its_attachments_answer(service: SearchService) -> None:
    articles = service.searcher().articles
    (place,) = articles.view("quy-che", "tiền lương").files
    assert (place.n, place.page) == (0, 2)
    assert "phu cap" in place.snippet.text
    assert not articles.view("quy-che", "quy chế").files
    assert not articles.view("quy-che", "không có ở đâu cả").files
    assert not articles.view("quy-che").files


def test_a_file_that_was_found_by_its_name_is_named(service: SearchService) -> None:
    found = hit(service, "bienban")
    assert found.id == "quy-che"
    assert [(file.n, file.page, marks(file.snippet)) for file in found.files] == [(1, None, ["bienban"])]
    assert not [file.snippet for file in hit(service, "phụ cấp").files if "bienban" in file.snippet.text]
