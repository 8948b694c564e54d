"""Every way of typing finds what is meant: golden cases on every engine."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.lexicon.loading import load_lexicon
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, EngineName, Settings
from tests.collection import index

BODIES = {
    "uy-ban": "Ủy ban nhân dân phường Bến Nguyệt tiếp công dân hằng tuần.",
    "ubnd": "Chủ tịch UBND phường trả lời kiến nghị.",
    "gddt": "Sở GD&ĐT thông báo lịch thi.",
    "giao-duc": "Sở Giáo dục và Đào tạo công bố điểm chuẩn.",
    "trung-uong": "Nghị quyết của Trung ương về nông thôn.",
    "tu-thuc": "Trường tư thục tuyển sinh.",
    "ngay-gach": "Hội nghị họp ngày 05-03-2024 tại hội trường.",
    "ngay-chu": "Hạn nộp là ngày 5 tháng 3 năm 2024.",
    "ngay-cham": "Lễ khai mạc 5.3.2024, mở cửa tự do.",
    "khong-nam": "Sáng 5/3 có mưa.",
    "khoang": "Lễ hội diễn ra từ 3-6/3.",
    "thang": "Thu ngân sách tháng 3 năm 2024 tăng.",
    "quy": "Báo cáo quý III/2024 đã gửi.",
    "khoa-la-ma": "Kỳ họp Hội đồng nhân dân khóa XIII.",
    "khoa-so": "Đại biểu khóa 13 tiếp xúc cử tri.",
    "tien-cham": "Mức hỗ trợ 3.200 đồng một suất.",
    "tien-lien": "Có 3200 hộ được vay.",
    "le-cham": "Tăng 3,2 phần trăm.",
    "can-cuoc": "Cấp thẻ căn cước lưu động.",
    "so-do": "Cấp giấy chứng nhận quyền sử dụng đất lần đầu.",
    "hai-phong": "Đường ven biển qua Hải Phòng thông xe.",
    "hai-phong-cu": "Tuyến phố mới của Hải Phòng.",
    "hai-duong": "Vải thiều Hải Dương vào vụ.",
    "nghi-dinh": "Xử phạt theo Nghị định 168 từ đầu năm.",
    "ke-hoach": "Ban hành Kế hoạch số 74/KH-UBND về cải cách.",
    "ho-khau": "Thủ tục đăng ký thường trú cho trẻ.",
    "quy-hoc": "Quỹ Khuyến học Khe Sậy (QKHKS) ra mắt.",
    "du-an": "Dự án (DA) cầu Khe Sậy khởi công.",
    "du-an-2": "Tiến độ dự án (DA) chợ Bến Đá.",
    "du-an-3": "Dự án trồng rừng.",
    "quy-hoc-2": "Ủng hộ Quỹ Khuyến học Khe Sậy (viết tắt là QKHKS) đợt hai.",
    "quy-hoc-3": "Quỹ khuyến học Khe Sậy trao thưởng.",
    "truoc": "Nộp trưóc hạn thì được giảm phí.",
    "tp-hcm": "Sở Y tế TP Hồ Chí Minh khuyến cáo.",
    "tu-tuong": "Thi tìm hiểu tư tưởng Hồ Chí Minh.",
    "binh-duong": "Bình Dương xây cầu.",
    "cccd": "Đổi CCCD gắn chip.",
    "so-hong": "Trả sổ hồng cho dân.",
    "ky-thay": "TL. GIÁM ĐỐC, chánh thanh tra.",
    "tinh-lo": "Sửa tỉnh lộ 10, giám đốc công trình nói.",
    "t-u": "Ban Bí thư T.Ư họp.",
    "ca-phe": "Cà phê Đắc Lắc được giá.",
    "chua": "Giấy đi đường không còn cần thiết.",
    "chi-thi": "Quán triệt Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư.",
    "nghi-dinh-30": "Công tác văn thư theo Nghị định số 30/2020/NĐ-CP của Chính phủ.",
}

AFTER_MERGER = datetime.fromisoformat("2025-08-06T08:00:00+07:00")


@pytest.fixture(scope="module", params=ENGINES)
def find(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., set[str]]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    published = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
    days = dict.fromkeys(BODIES, published) | {"hai-phong": AFTER_MERGER}
    index(settings, [Article(id, "", body, published=days[id]) for id, body in BODIES.items()])
    service = open_search(settings)

    def ids(text: str, **more: object) -> set[str]:
        return {hit.id for hit in service.search(SearchRequest(text, size=50, **more)).hits}  # type: ignore[arg-type]

    ids.service = service  # type: ignore[attr-defined]
    return ids


DAY = {"ngay-gach", "ngay-chu", "ngay-cham"}
COMMITTEE = {"uy-ban", "ubnd", "ke-hoach"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("chi thi 38 tw", {"chi-thi"}, id="document number in words"),
        pytest.param("38/CT-TW", {"chi-thi"}, id="document number with its signs exchanged"),
        pytest.param("chỉ thị 38 của ban bí thư", {"chi-thi"}, id="document number with its issuer"),
        pytest.param("nd 30/2020", {"nghi-dinh-30"}, id="document number by its code"),
        pytest.param("nghị định 30 năm 2020", {"nghi-dinh-30"}, id="document number with its year"),
        pytest.param("UBND", COMMITTEE, id="abbreviation"),
        pytest.param("ubnd", COMMITTEE, id="in small letters"),
        pytest.param("U.B.N.D", COMMITTEE, id="with points"),
        pytest.param("ủy ban nhân dân", COMMITTEE, id="the long form finds the short one"),
        pytest.param("uy ban nhan dan phuong", {"uy-ban", "ubnd"}, id="without accents, beside other words"),
        pytest.param('"ủy ban nhân dân"', {"uy-ban"}, id="quoted text is as typed"),
        pytest.param("sở gdđt", {"gddt", "giao-duc"}, id="joined"),
        pytest.param("Sở GD-ĐT", {"gddt", "giao-duc"}, id="with a hyphen"),
        pytest.param(
            "sở giáo dục và đào tạo", {"gddt", "giao-duc"}, id="long form of an abbreviation with &"
        ),
        pytest.param("TW", {"trung-uong", "t-u", "chi-thi"}, id="TW"),
        pytest.param("T.Ư", {"trung-uong", "t-u", "chi-thi"}, id="T.Ư"),
        pytest.param("tư thục", {"tu-thuc"}, id="a syllable is no abbreviation"),
        pytest.param("ngày 5/3/2024", DAY, id="date"),
        pytest.param("05/03/2024", DAY, id="date with zeros"),
        pytest.param("ngay 5 thang 3 nam 2024", DAY, id="date in words without accents"),
        pytest.param("2024-03-05", DAY, id="date as programs write it"),
        pytest.param("ngày 5/3", {*DAY, "khong-nam", "khoang"}, id="day without year, and in a range"),
        pytest.param("mùng 5 tháng 3", {*DAY, "khong-nam", "khoang"}, id="mùng"),
        pytest.param("tháng 3/2024", {"thang"}, id="month"),
        pytest.param(
            "3/2024", {"thang", "ngay-cham"}, id="month in digits, also as a part of a day as it stands"
        ),
        pytest.param("quý 3 năm 2024", {"quy"}, id="quarter, Arabic"),
        pytest.param("quý III-2024", {"quy"}, id="quarter, Roman"),
        pytest.param("khóa 13", {"khoa-la-ma", "khoa-so"}, id="Arabic finds Roman"),
        pytest.param("khóa XIII", {"khoa-la-ma", "khoa-so"}, id="Roman finds Arabic"),
        pytest.param("khoa xiii", {"khoa-la-ma", "khoa-so"}, id="Roman in small letters"),
        pytest.param("3.200", {"tien-cham", "tien-lien"}, id="thousands with a point"),
        pytest.param("3200", {"tien-cham", "tien-lien"}, id="without"),
        pytest.param("3,200", {"tien-cham", "tien-lien"}, id="with a comma"),
        pytest.param("3.2", {"le-cham"}, id="decimals"),
        pytest.param("CMND", {"can-cuoc", "cccd"}, id="old paper, abbreviated"),
        pytest.param("chứng minh nhân dân", {"can-cuoc", "cccd"}, id="old paper"),
        pytest.param("so do", {"so-do", "so-hong"}, id="name of the street"),
        pytest.param("passport", set(), id="nothing stays nothing"),
        pytest.param("Hải Dương", {"hai-duong", "hai-phong"}, id="old province, since the merger"),
        pytest.param("hai phong", {"hai-duong", "hai-phong", "hai-phong-cu"}, id="new province"),
        pytest.param("nd168", {"nghi-dinh"}, id="glued"),
        pytest.param("NĐ168", {"nghi-dinh"}, id="glued in capitals"),
        pytest.param("Số: 74 /KH-UBND", set(), id="pasted heading asks for the document itself"),
        pytest.param("74 /KH-UBND", {"ke-hoach"}, id="number with blanks"),
        pytest.param("V/v cải cách", {"ke-hoach"}, id="pasted subject"),
        pytest.param("https://lamgiang.example/tin/cap-the-can-cuoc-12345.html", {"can-cuoc"}, id="address"),
        pytest.param("đăng ký thường trú ở đâu?", {"ho-khau"}, id="question"),
        pytest.param("dang ky thuong tru nhu the nao", {"ho-khau"}, id="question without accents"),
        pytest.param("qkhks", {"quy-hoc", "quy-hoc-2", "quy-hoc-3"}, id="learned abbreviation"),
        pytest.param("DA", {"du-an", "du-an-2", "du-an-3"}, id="learned abbreviation in capitals"),
        pytest.param("đá", {"du-an-2"}, id="a word in small letters is none"),
        pytest.param("da", {"du-an", "du-an-2", "quy"}, id="nor where its accents are left out"),
        pytest.param("tphcm", {"tp-hcm"}, id="glued name of a city, in the usual half-long form"),
        pytest.param("sài gòn", {"tp-hcm"}, id="the name of the people"),
        pytest.param("Bình Dương", {"binh-duong"}, id="a person is no province"),
        pytest.param("tư tưởng hồ chí minh", {"tu-tuong"}, id="nor a province a person"),
        pytest.param("TL. GIÁM ĐỐC", {"ky-thay"}, id="who signs for whom is no road"),
        pytest.param("TL 10", {"tinh-lo"}, id="which it is elsewhere"),
        pytest.param("Đăk Lăk", {"ca-phe"}, id="a name with a tone missing"),
        pytest.param("daklak", {"ca-phe"}, id="and glued"),
        pytest.param("quý 3", {"quy"}, id="quarter of any year"),
        pytest.param("quý iii", {"quy"}, id="in small letters"),
        pytest.param("3 200 ho", {"tien-cham", "tien-lien"}, id="thousands with a blank"),
        pytest.param("tiêu đề:UBND", set(), id="other forms stay in the area asked for"),
        pytest.param("thường trú cần giấy tờ gì", {"ho-khau"}, id="what papers"),
        pytest.param("ở đâu?", set(), id="nothing but a question is searched as it is"),
        pytest.param(
            "www.lamgiang.example/tin/doi-cccd/12345", {"cccd"}, id="address without a scheme, title inside"
        ),
        pytest.param(
            "Số: 74 / KH - UBND V/v cải cách", set(), id="a whole pasted heading is of the document"
        ),
        pytest.param("74 / KH - UBND V/v cải cách", {"ke-hoach"}, id="or of what cites it"),
        pytest.param('"trước hạn"', {"truoc"}, id="ưo for ươ in a strict phrase"),
        pytest.param("trước hạn", {"truoc"}, id="ưo for ươ"),
        pytest.param("trưóc hạn", {"truoc"}, id="ưo typed"),
        pytest.param("ko còn", {"chua"}, id="typed in a hurry"),
    ],
)
def test_finds(find: Callable[..., set[str]], query: str, ids: set[str]) -> None:
    assert find(query) == ids


def test_strict_reads_nothing_into_it(find: Callable[..., set[str]]) -> None:
    assert find("UBND", strict=True) == {"ubnd", "ke-hoach"}
    assert find("ngày 5/3/2024", strict=True) == set()


def test_a_day_without_a_year_takes_the_articles(find: Callable[..., set[str]]) -> None:
    service: SearchService = find.service  # type: ignore[attr-defined]
    found = service.search(SearchRequest("5/3/2024 mưa"))
    assert found.total == 0
    assert found.relaxed is not None and found.relaxed.hits[0].id == "khong-nam"


def test_typed_forms_come_first(find: Callable[..., set[str]]) -> None:
    service: SearchService = find.service  # type: ignore[attr-defined]
    assert service.search(SearchRequest("Hải Dương")).hits[0].id == "hai-duong"
    assert service.search(SearchRequest("Hải Phòng")).hits[0].id.startswith("hai-phong")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_form_does_not_outscore_the_short_one_that_was_typed(
    tmp_path: Path, engine: EngineName
) -> None:
    settings = Settings(data=tmp_path, engine=engine)
    long = "Thành phố Hồ Chí Minh và cảnh sát giao thông thành phố Hồ Chí Minh."
    bodies = {"a": long, "b": "Một góc Bình Dương có CSGT.", "c": "Chợ quê.", "d": "Mưa rào."}
    index(settings, [Article(id, "", body) for id, body in bodies.items()])
    service = open_search(settings)
    for query in ("Bình Dương", "csgt"):
        assert [hit.id for hit in service.search(SearchRequest(query)).hits] == ["b", "a"]


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        pytest.param("ubnd phường", ["“ubnd”: cũng tìm “ủy ban nhân dân”"], id="abbreviation"),
        pytest.param(
            "CMND",
            [
                "“CMND”: cũng tìm “chứng minh nhân dân”, “căn cước” (tên mới), “căn cước công dân”, “chứng minh thư” …"
            ],
            id="new name",
        ),
        pytest.param("Hải Dương", ["“Hải Dương”: cũng tìm “Hải Phòng” (tên mới từ 7/2025)"], id="place"),
        pytest.param("3-5/3", ["từ ngày 03/03 đến ngày 05/03, theo mọi cách viết"], id="range"),
        pytest.param("khóa 13", ["“khóa 13”: cũng tìm “khóa XIII”"], id="numeral"),
        pytest.param("3200 đồng", ["3.200, theo mọi cách viết"], id="amount"),
        pytest.param("2024", [], id="a number has no accents to speak of"),
        pytest.param("ngày 5-3-2024", ["ngày 05/03/2024, theo mọi cách viết"], id="date"),
        pytest.param("khai báo tạm trú ở đâu?", ["ưu tiên bài có “ở đâu”"], id="question"),
        pytest.param(
            "qkhks", ["“qkhks”: cũng tìm “quỹ khuyến học khe sậy” (theo các bài đã đăng)"], id="learned"
        ),
    ],
)
def test_says_how_it_was_read(find: Callable[..., set[str]], query: str, lines: list[str]) -> None:
    service: SearchService = find.service  # type: ignore[attr-defined]
    assert list(service.search(SearchRequest(query)).query.interpretation) == lines


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        pytest.param("ubnd tiếp công dân", "Ủy ban nhân dân tiếp công dân", id="long form"),
        pytest.param("5/3/2024 hạn", "Hạn 5 tháng 3 năm 2024", id="date in words"),
        pytest.param("khóa XIII cử tri", "khóa 13 cử tri", id="numeral"),
    ],
)
def test_marks_the_form_that_is_there(find: Callable[..., set[str]], query: str, marked: str) -> None:
    service: SearchService = find.service  # type: ignore[attr-defined]
    snippet = service.search(SearchRequest(query)).hits[0].snippet
    assert " ".join(snippet.text[start:end] for start, end in snippet.marks) == marked


SPELLINGS = (
    ("xe buýt", "xe bus"),
    ("vaccine", "vắc-xin", "vacxin"),
    ("tiêm phòng", "chích ngừa", "tiêm chủng"),
    ("thư điện tử", "email", "e-mail"),
    ("trang web", "website"),
    ("trực tuyến", "online"),
    ("trái cây", "hoa quả"),
    ("lịch cúp điện", "lịch cắt điện"),
    ("thịt lợn", "thịt heo"),
    ("Moskva", "Mátxcơva", "Mát-xcơ-va", "Moscow"),
    ("Covid-19", "Covid", "nCoV"),
)


@pytest.mark.parametrize("engine", ENGINES)
def test_other_spellings_bring_each_other_and_nothing_else(tmp_path: Path, engine: EngineName) -> None:
    settings = Settings(data=tmp_path, engine=engine)
    near = [
        "Xe chở trái bưởi.",
        "Tiêm thuốc phòng ngừa ngứa.",
        "Trang sách cắt chữ điện.",
        "Thịt bò, hoa lan.",
    ]
    index(
        settings,
        [
            *(Article(form, "", f"Tin về {form} hôm qua.") for group in SPELLINGS for form in group),
            *(Article(f"near {i}", "", body) for i, body in enumerate(near)),
        ],
    )
    service = open_search(settings)
    for group in SPELLINGS:
        for form in group:
            found = [hit.id for hit in service.search(SearchRequest(form, size=50)).hits]
            assert set(found) == set(group), form
            assert form in found[0], "what was typed comes first, alone or in a longer form"


def test_own_lexicon_adds_to_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[abbreviations]\n"TTĐH" = "trung tâm điều hành"\n[renamed]\n"phường Khe Sậy" = ["xã Khe Sậy"]\n'
    )
    settings = Settings(data=tmp_path / "data", lexicon=str(own))
    index(settings, [Article("a", "", "Trung tâm điều hành đặt tại phường Khe Sậy.")])
    service = open_search(settings)
    for query in ("ttđh", "TTDH", "xã Khe Sậy", "xa khe say"):
        assert service.search(SearchRequest(query)).total == 1, query
    assert service.search(SearchRequest("UBND")).query.interpretation


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("x = ", "not valid TOML", id="no TOML"),
        pytest.param("[shortened]\nA = 'b'", r"\[shortened\]", id="unknown table"),
        pytest.param("[abbreviations]\nA = 3", "'A' = 3", id="no text"),
        pytest.param("[renamed]\nA = 'b'", "list of strings", id="no list"),
        pytest.param("[typed]\nA = ['b']", "one string", id="no single text"),
    ],
)
def test_a_bad_lexicon_is_named(tmp_path: Path, content: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content)
    with pytest.raises(SettingsError, match=said):
        load_lexicon(own)
    with pytest.raises(SettingsError, match="can't be read"):
        load_lexicon(tmp_path / "missing.toml")
