"""Marks land on the original text, whatever its accents, case and form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, mark
from indexer.highlight.from_query import wanted_by
from indexer.query import tree
from indexer.query.parser import parse
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import syllables

TEXT = (
    "Ủy ban nhân dân thành phố vừa ban hành Kế hoạch thực hiện Chỉ thị số 38-CT/TW về hòa bình và hoa hồng."
)


def marked(query: str, text: str = TEXT, strict: bool = False) -> list[str]:
    return [text[start:end] for start, end in mark(text, wanted_by(parse(query), strict))]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        pytest.param("ke hoach", ["Kế hoạch"], id="typed without accents"),
        pytest.param("HOÀ BÌNH", ["hòa bình"], id="other tone style, capitals, exact accents only"),
        pytest.param("hoa", ["hòa", "hoa"], id="without accents all are equal"),
        pytest.param("hoá", ["hòa", "hoa"], id="other accents where none is as typed"),
        pytest.param("hoa binh", ["hòa bình"], id="accents as beside the neighbour of the query"),
        pytest.param("38-CT/TW", ["38-CT/TW"], id="a number is one mark"),
        pytest.param('"ban hành kế hoạch"', ["ban hành Kế hoạch"], id="a phrase as a whole"),
        pytest.param('"ban kế hoạch"', [], id="no part of a phrase that is not there"),
        pytest.param('"ủy ban nhan dân"', ["Ủy ban nhân dân"], id="mixed phrase"),
        pytest.param('"ủy ban nhạn dân"', [], id="a phrase is strict about typed accents"),
        pytest.param("hoach*", ["hoạch"], id="beginning"),
        pytest.param("hoachj~", ["hoạch"], id="one typo"),
        pytest.param("hồng -bình", ["hồng"], id="nothing negated"),
    ],
)
def test_marks(query: str, parts: list[str]) -> None:
    assert marked(query) == parts


def test_letters_of_other_shapes_are_marked() -> None:
    text = "Khí CO₂ và H₂SO₄; Ｎghị quyết số ５."
    assert marked("co2", text) == ["CO₂"]
    assert marked("h2so4", text) == ["H₂SO₄"]
    assert marked("nghị quyết 5", text) == ["Ｎghị quyết", "５"]


def test_strict_marks_nothing_with_other_accents() -> None:
    assert marked("hoa", strict=True) == ["hoa"]


FILLER = "Chữ không liên quan. " * 40
HEAD = (
    "UỶ BAN NHÂN DÂN\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ LAM GIANG\tĐộc lập - Tự do - Hạnh phúc\n"
)


def piece_of(text: str, query: str, title: str = "") -> str:
    """The fragment with its marks in brackets."""
    piece = fragment(text, wanted_by(parse(query)), title=title)
    shown, at = "", 0
    for start, end in piece.marks:
        shown += f"{piece.text[at:start]}[{piece.text[start:end]}]"
        at = end
    return shown + piece.text[at:]


def test_fragment_is_the_sentence_with_most_of_what_is_wanted() -> None:
    text = f"Đầu bài nói về hoạch. {FILLER}Kế hoạch thực hiện ở đây. {'Cuối bài. ' * 40}"
    piece = piece_of(text, "kế hoạch thực hiện")
    assert piece.startswith("[Kế hoạch thực hiện] ở đây. Cuối bài.") and piece.endswith("Cuối bài.")


def test_a_sentence_that_is_too_long_is_cut_with_an_ellipsis() -> None:
    piece = piece_of("một hai ba " * 60 + "giá vé xe buýt " + "bốn năm sáu " * 60, "xe buýt")
    assert piece.startswith("… ") and "giá vé [xe buýt] bốn" in piece and piece.endswith(" …")


def test_words_side_by_side_go_before_the_same_words_apart() -> None:
    text = f"Số chuyển này đổi cho số kia. {FILLER}Thành phố đẩy mạnh chuyển đổi số. {FILLER}"
    assert piece_of(text, "chuyển đổi số").startswith("Thành phố đẩy mạnh [chuyển đổi số].")


def test_a_whole_phrase_goes_before_its_words() -> None:
    syllable = {one.folded: one for one in syllables("dân số")}
    wanted = Wanted({"dan": frozenset({"dân"})}, phrases=((syllable["dan"], syllable["so"]),))
    text = f"Dân làng và người dân. {FILLER}Dân số tăng nhanh. {FILLER}"
    assert fragment(text, wanted).text.startswith("Dân số tăng nhanh.")


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        pytest.param(
            f"{HEAD}QUYẾT ĐỊNH\nGiá vé do Uỷ ban nhân dân thành phố quy định. {FILLER}",
            "uỷ ban nhân dân",
            "Giá vé do [Uỷ ban nhân dân] thành phố quy định.",
            id="letterhead",
        ),
        pytest.param(
            f"Trẻ em được tiêm miễn phí. Sở Y tế kiểm tra.\n{FILLER}\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.",
            "sở y tế lưu",
            "[Sở Y tế] kiểm tra.",
            id="receivers",
        ),
        pytest.param(
            f"{FILLER}\nChủ tịch phường trực tiếp đối thoại. {FILLER}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)",
            "chủ tịch",
            "[Chủ tịch] phường trực tiếp đối thoại.",
            id="signature",
        ),
        pytest.param(
            f"Mục 2. Học phí ............ 7\n{FILLER}\nMức học phí năm nay giữ nguyên. {FILLER}",
            "học phí",
            "Mức [học phí] năm nay giữ nguyên.",
            id="table of contents",
        ),
        pytest.param(f"{HEAD}THÔNG BÁO\nVề giá vé.", "gì khác", "THÔNG BÁO Về giá vé.", id="nothing found"),
    ],
)
def test_fragment_leaves_out_furniture(text: str, query: str, shown: str) -> None:
    piece = piece_of(text, query)
    assert shown in piece
    assert not any(sign in piece for sign in ("CỘNG HOÀ", "Nơi nhận", "Đã ký", "...."))


def test_furniture_is_shown_where_nothing_else_answers() -> None:
    assert "[LAM GIANG]" in piece_of(f"{HEAD}THÔNG BÁO\nVề giá vé. {FILLER}", "lam giang")


def test_room_to_write_is_left_out_of_a_line() -> None:
    text = "Tôi là .......................... xin đăng ký học nghề tại trung tâm. " + FILLER
    assert piece_of(text, "học nghề").startswith("Tôi là … xin đăng ký [học nghề] tại trung tâm.")


TITLE = "Giá vé xe buýt tăng từ tháng năm"


def test_the_title_is_not_shown_again() -> None:
    assert piece_of(f"{TITLE}\nVé lượt là 8.000 đồng.", "xe buýt", TITLE) == "Vé lượt là 8.000 đồng."
    assert piece_of(TITLE, "xe buýt", TITLE) == ""


def test_a_sentence_that_says_the_title_in_other_words_comes_after_one_that_says_more() -> None:
    lead = "Từ tháng năm, giá vé xe buýt tăng theo quyết định mới."
    more = "Người đi xe buýt tuyến ngắn trả 6.000 đồng."
    assert piece_of(f"{lead} {FILLER[: 21 * 14]} {more} {FILLER}", "xe buýt", TITLE).startswith(
        "Người đi [xe buýt]"
    )
    assert piece_of(f"{lead} {FILLER}", "xe buýt", TITLE).startswith("Từ tháng năm, giá vé [xe buýt]")


def test_lines_of_a_page_are_no_sentences() -> None:
    text = (
        f"{FILLER}\nChuyển trả hồ sơ khi chưa nêu rõ căn cứ, mỗi hồ sơ chỉ yêu cầu\nbổ sung một lần. {FILLER}"
    )
    assert piece_of(text, "bổ sung").startswith(
        "Chuyển trả hồ sơ khi chưa nêu rõ căn cứ, mỗi hồ sơ chỉ yêu cầu [bổ sung] một lần."
    )


def test_fragment_without_a_match_is_the_beginning() -> None:
    piece = fragment("Mở đầu. " * 100, wanted_by(parse("gì khác")))
    assert piece.text.startswith("Mở đầu.") and not piece.marks


def phrases(*texts: str) -> Wanted:
    return Wanted(phrases=tuple(tuple(syllables(text)) for text in texts))


@pytest.mark.parametrize(
    ("typed", "text", "parts"),
    [
        pytest.param(
            "dân số", "Dân số và người dân ở số nhà", ["Dân số"], id="as a whole, nothing beside it"
        ),
        pytest.param("can cuoc", "Căn cước, cần cuốc", ["Căn cước", "cần cuốc"], id="without accents any"),
        pytest.param("dân số", "dẫn số", [], id="typed with accents only these"),
        pytest.param("bộ phận", "Bộ\nphận một cửa", ["Bộ\nphận"], id="over the end of a line"),
        pytest.param("hòa bình", "lễ hoà  bình", ["hoà  bình"], id="other tone style, two blanks"),
        pytest.param("dân số", "của dân. Số nhà", [], id="not over the end of a sentence"),
        pytest.param("dân số", "của dân; số nhà", [], id="not over a semicolon"),
        pytest.param("dân số", "gồm dân: số nhà", [], id="not over a colon"),
        pytest.param("dân số", "dân (số nhà)", [], id="not over a bracket"),
        pytest.param("tp hồ chí minh", "ở TP. Hồ Chí Minh", ["TP. Hồ Chí Minh"], id="but an abbreviation"),
        pytest.param("5 2013 bt", "QCVN 5:2013/BT", ["5:2013/BT"], id="but signs within a word"),
        pytest.param("dân số", "bao cao dan so nam nay", ["dan so"], id="in a text without accents"),
        pytest.param("dân số", "báo cáo dan so năm nay", [], id="but not among accents"),
    ],
)
def test_phrases_are_marked_as_wholes(typed: str, text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in mark(text, phrases(typed))] == parts


def test_what_was_quoted_is_marked_over_the_end_of_a_sentence() -> None:
    text = "Kính gửi người dân. Số nhà ghi ở dưới"
    assert [text[start:end] for start, end in mark(text, wanted_by(parse('"dân số"')))] == ["dân. Số"]
    assert mark(text, phrases("dân số")) == ()


def test_phrases_that_overlap_are_one_mark() -> None:
    text = "kế hoạch chuyển đổi số"
    assert mark(text, phrases("kế hoạch chuyển", "chuyển đổi")) == ((0, len("kế hoạch chuyển đổi")),)


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        pytest.param("học phí của trường", "học phí của lớp", ["học phí"], id="typed with accents"),
        pytest.param("hoc phi cua truong", "học phí của lớp", ["học phí"], id="without accents"),
        pytest.param("các trường và những lớp", "các lớp và những ai", ["lớp"], id="only what has a subject"),
        pytest.param("can cuoc", "cần mang căn cước", ["căn cước"], id="what merely looks like one"),
        pytest.param("ban tin", "Ban đọc tin", ["Ban", "tin"], id="a word that has no accents"),
        pytest.param("của và các", "của dân và các xã", ["của", "và các"], id="nothing else was typed"),
        pytest.param("đấu giá là gì", "đấu giá là gì", ["đấu giá"], id="a question"),
        pytest.param('"của dân"', "của dân", ["của dân"], id="in a phrase"),
    ],
)
def test_function_words_are_not_marked(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        pytest.param(
            "lam can cuoc", "Lam Giang làm căn cước", ["làm căn cước"], id="where the word stands, too"
        ),
        pytest.param("lam can cuoc", "Người dân Lam Giang", [], id="where nothing else does"),
        pytest.param("lam can cuoc", "Lam Giang, tỉnh Lam Sơn", [], id="where it is all that was found"),
        pytest.param("lam giang", "Lam Giang", ["Lam Giang"], id="but the name that was typed"),
        pytest.param("lam", "Lam Giang", ["Lam"], id="but what alone was typed"),
        pytest.param("trump thue quan", "Donald Trump nói", ["Trump"], id="but a name that is no syllable"),
        pytest.param("can tho mua lon", "ở Cần Thơ", ["Cần Thơ"], id="but a name with a function word"),
    ],
)
def test_a_syllable_of_a_name_is_not_marked(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        pytest.param("bảo hiểm y t*", "Thẻ bảo hiểm y tế từ tháng tới", ["bảo hiểm y tế"], id="one mark"),
        pytest.param("y t*", "Y tế, trạm y tá, tô y", ["Y tế", "y tá"], id="behind what was typed before it"),
        pytest.param("kinh t*", "kinh. Tế, (kinh) tế; kinh\n\ntế", [], id="not over what parts words"),
        pytest.param("kinh-t*", "kinh tế, tiền", ["kinh tế"], id="behind the syllables of its own word"),
        pytest.param("số*", "số liệu, hồ sơ, rà soát", ["số"], id="in the accents that were typed"),
        pytest.param("số*", "hồ sơ, rà soát", ["sơ", "soát"], id="in others where these stand nowhere"),
    ],
)
def test_a_beginning_is_marked_where_it_was_found(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        pytest.param("tiêm vắc xin", "vắc xin sởi, xin tiêm", ["vắc xin", "tiêm"], id="behind its word"),
        pytest.param("tiem vac xin", "vắc xin sởi", ["vắc xin"], id="without accents"),
        pytest.param("mua nhà ở", "nhà ở, nhà ổ chuột", ["nhà ở", "nhà"], id="in its accents only"),
        pytest.param("hanh chinh cong", "hành chính công", ["hành chính công"], id="between its words"),
        pytest.param("ở trong nước", "ở ngoài, trong nước", ["trong nước"], id="before its word"),
        pytest.param(
            "học phí của trường", "học phí của trường", ["học phí của trường"], id="grammar within a run"
        ),
        pytest.param("mua vắc xin", "vắc; xin vắc\n\nxin", ["vắc", "vắc"], id="not over what parts words"),
    ],
)
def test_a_function_word_is_marked_beside_what_it_was_typed_beside(
    query: str, text: str, parts: list[str]
) -> None:
    assert marked(query, text) == parts


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        pytest.param("trump kim jong un", "Trump gặp Kim Jong Un", ["Trump", "Kim Jong Un"], id="a name"),
        pytest.param(
            "kế hoạch năm", "kế hoạch năm, năm kế hoạch", ["kế hoạch năm", "năm", "kế hoạch"], id="in order"
        ),
        pytest.param(
            "kế hoạch năm", "kế hoạch. Năm", ["kế hoạch", "Năm"], id="not over the end of a sentence"
        ),
        pytest.param("kế hoạch năm", "kế\nhoạch", ["kế\nhoạch"], id="over the end of a line"),
    ],
)
def test_a_run_that_stands_as_it_was_typed_is_one_mark(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


def test_a_name_is_marked_whole_whatever_words_it_was_cut_into() -> None:
    kim_jong = tree.Compound((tree.Word("kim"), tree.Word("jong")))
    wanted = wanted_by(tree.And((tree.Word("trump"), kim_jong, tree.Word("un"))), as_typed=True)
    text = "Ông Trump gặp ông Kim Jong Un"
    assert [text[start:end] for start, end in mark(text, wanted)] == ["Trump", "Kim Jong Un"]


def test_the_words_of_an_abbreviation_may_be_marked_one_by_one() -> None:
    hdnd = tree.Either(tree.words_in("hội đồng nhân dân"), (tree.Reading("hđnd", "abbreviation"),))
    text = "Hội đồng nhân dân ban hành Nghị quyết 08/2024/NQ-HĐND"
    assert [text[start:end] for start, end in mark(text, wanted_by(hdnd))] == ["Hội đồng nhân dân"]
    apart = "Hội đồng họp dân theo Nghị quyết 08/2024/NQ-HĐND"
    assert "HĐND" in [apart[start:end] for start, end in mark(apart, wanted_by(hdnd))]


def test_words_are_one_mark_where_the_first_of_them_is_a_name_of_the_whole() -> None:
    words = tree.words_in("căn cước công dân")
    parts = (tree.Compound(words[:2]), tree.Compound(words[2:]))
    node = tree.Either(words, (tree.Reading("căn cước", "synonym"),), parts)
    wanted = wanted_by(node, as_typed=True)
    text = "mang căn cước công dân hoặc căn cước"
    assert [text[start:end] for start, end in mark(text, wanted)] == ["căn cước công dân", "căn cước"]


def test_a_figure_is_no_part_of_a_date_where_it_stands_by_itself() -> None:
    text = "Đề án 06 ban hành ngày 06/01/2022"
    assert marked("đề án 06", text) == ["Đề án 06"]
    assert marked("đề án 06", "Ban hành ngày 06/01/2022") == ["06"]


def either(typed: str, *others: tree.Other) -> Wanted:
    return wanted_by(tree.Either(tree.words_in(typed), others), as_typed=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("từ tháng 8 năm 2024", ["tháng 8 năm 2024"], id="as typed"),
        pytest.param("Nghị quyết số 08/2024/NQ-HĐND", [], id="not in a number"),
        pytest.param("Nghị quyết 08/2024/NQ-HĐND từ 8/2024.", ["8/2024"], id="beside a number"),
        pytest.param("từ ngày 01/8/2024", ["01/8/2024"], id="a day of it as a whole"),
    ],
)
def test_a_date_is_marked_as_a_date(text: str, parts: list[str]) -> None:
    wanted = either("tháng 8 năm 2024", tree.Quantity("m2024-08"))
    assert [text[start:end] for start, end in mark(text, wanted)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "Uỷ ban nhân dân ký Kế hoạch 61/KH-UBND",
            ["Uỷ ban nhân dân"],
            id="not in a number beside the same words",
        ),
        pytest.param("theo Kế hoạch số 61/KH-UBND", ["UBND"], id="where it stands nowhere else"),
        pytest.param("UBND phường, KH-UBND", ["UBND", "UBND"], id="without figures it is no number"),
    ],
)
def test_an_abbreviation_in_a_number_is_not_marked_beside_what_it_stands_for(
    text: str, parts: list[str]
) -> None:
    wanted = either("ubnd", tree.Reading("uỷ ban nhân dân", "abbreviation"))
    assert [text[start:end] for start, end in mark(text, wanted)] == parts


@given(st.text(max_size=700), st.text(max_size=20))
def test_marks_are_inside_and_apart_on_any_text(text: str, query: str) -> None:
    text = nfc(text)
    looked_for = wanted_by(parse(query + " " + text[:30]))
    for piece, marks in (
        (text, mark(text, looked_for)),
        (lambda f: (f.text, f.marks))(fragment(text, looked_for)),
    ):
        last = 0
        for start, end in marks:
            assert last <= start < end <= len(piece)
            last = end


@pytest.mark.parametrize(
    "query", ["đường", "ky thuat", "hoà", "uy ban", "ứng", "38", "ha*", "ky*", "quy hoach -so"]
)
def test_finds_what_the_analyzer_finds(query: str) -> None:
    """The pattern that skips to likely tokens leaves nothing out, whatever the spelling."""
    text = (
        "ĐƯỜNG Kĩ thuật, KỸ THUẬT kỷ hòa HÒA ho\u0300a hoà\u200b uỷ ban Ủy_ban ỨNG ứ\u00adng 38-CT 138 hải HÀ nha trang xkỹ"
        " quý qui hoạch đuờng Ðường ưng ky Hoa hoá"
    )
    looked_for = wanted_by(parse(query))
    begun = [typed.folded for (typed,) in looked_for.beginnings]
    expected = {
        token.folded
        for token in syllables(nfc(text))
        if token.folded in looked_for.words or any(map(token.folded.startswith, begun))
    }
    loose = Wanted(dict.fromkeys(looked_for.words, frozenset()), beginnings=looked_for.beginnings)
    found = {token.folded for a, b in mark(nfc(text), loose) for token in syllables(nfc(text)[a:b])}
    assert found == expected
