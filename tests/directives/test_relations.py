"""Citations in words, and what texts do with what they cite."""

from __future__ import annotations

import pytest

from indexer.directives.citations import Citation, find_citations, is_itself, names_of_itself


def one(text: str, key: str) -> Citation:
    (found,) = [citation for citation in find_citations(text) if citation.key == key]
    return found


@pytest.mark.parametrize(
    ("text", "key", "relation", "subject", "part"),
    [
        ("Thành phố ban hành Kế hoạch thực hiện Chỉ thị số 38-CT/TW ngày 19/9/2019.", "38||CT|TW||", "carries_out", None, False),
        ("Thông tư 2/2024/TT-BTP thay thế Thông tư số 6/2019/TT-BTP.", "6|2019|TT|BTP||", "replaces", "2|2024|TT|BTP||", False),
        ("Bãi bỏ khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP.", "30|2020|NĐ|CP||", "repeals", None, True),
        ("Bãi bỏ Thông tư số 3/2017/TT-BYT.", "3|2017|TT|BYT||", "repeals", None, False),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 34/2010/NĐ-CP.", "34|2010|NĐ|CP||", "amends", None, True),
        ("Căn cứ Luật Đất đai năm 2024 và Nghị định số 1/2025/NĐ-CP.", "1|2025|NĐ|CP||", "based_on", None, False),
        ("Nghị định 9/2024/NĐ-CP quy định chi tiết thi hành Luật Nhà ở.", "law:luat_nha_o", "guides", "9|2024|NĐ|CP||", False),
        ("Hợp nhất Nghị định số 5/2020/NĐ-CP.", "5|2020|NĐ|CP||", "consolidates", None, False),
        ("Đính chính Thông tư số 8/2020/TT-BYT.", "8|2020|TT|BYT||", "corrects", None, False),
        ("Ngưng hiệu lực Thông tư số 8/2020/TT-BYT.", "8|2020|TT|BYT||", "suspends", None, False),
        ("Gia hạn Nghị định số 5/2020/NĐ-CP.", "5|2020|NĐ|CP||", "extends", None, False),
        ("Chính phủ vừa ban hành Nghị định số 5/2020/NĐ-CP.", "5|2020|NĐ|CP||", "issues", None, False),
        ("Theo quy định tại Nghị định số 5/2020/NĐ-CP thì được.", "5|2020|NĐ|CP||", "according_to", None, False),
        ("Theo Nghị định 5/2020/NĐ-CP được sửa đổi bởi Nghị định 6/2021/NĐ-CP.", "5|2020|NĐ|CP||", "amends", "6|2021|NĐ|CP||", False),
        ("Bộ Công Thương rà soát, nghiên cứu, sửa đổi Quyết định số 5/2015/QĐ-TTg.", "5|2015|QĐ|TTG||", "according_to", None, False),
        ("Ban Chỉ đạo về thi hành Luật A và sửa đổi Luật Đất đai năm 2003.", "law:luat_dat_dai@2003", "according_to", None, False),
        ("Chính phủ đã ban hành 09 Nghị quyết về chợ (Nghị quyết số 8/NQ-CP ngày 1/6/2017).", "8||NQ|CP||", "issues", None, False),
        ("Thông tư 25 về tài khoản, được Ngân hàng Nhà nước ban hành từ tháng 3.", "TT:25", "issues", None, False),
        ("Căn cứ khoản 2 Điều 31 và \nĐiều 415 Bộ luật Dân sự năm 2015;", "law:bo_luat_dan_su@2015", "based_on", None, False),
        ("Bãi bỏ Điều 4 của Luật Chợ số 4/2010/QH12; các quy định về chợ trong Luật Giá số 5/2008/QH12.",
         "5|2008||QH12||", "repeals", None, True),
        ("Thông tư 4/2010/TT-BCT sửa đổi một số điều quy định về thủ tục của Quyết định 7/2007/QĐ-BCT; Quyết định 9/2007/QĐ-BCT.",
         "9|2007|QĐ|BCT||", "amends", "4|2010|TT|BCT||", True),
        (f"Quyết định 6/2023/QĐ-TTg sửa đổi Phụ lục {'về thời gian ủ bệnh ' * 9}ban hành kèm theo Quyết định số 2/2016/QĐ-TTg.",
         "2|2016|QĐ|TTG||", "amends", "6|2023|QĐ|TTG||", True),
        ("Thông tư số 5/2013/TT-NHNN sửa đổi Quy chế đóng gói ban hành theo Quyết định số 8/2000/QĐ-NHNN.",
         "8|2000|QĐ|NHNN||", "amends", "5|2013|TT|NHNN||", True),
        ("Sửa đổi một số quy định về chợ cho phù hợp với quy định của Luật Nhà ở số 27/2023/QH15.",
         "27|2023||QH15||", "according_to", None, False),
        ("Pháp lệnh Thú y số 2/2002/PL-UBTVQH11, Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh Thú y"
         " số 4/2011/PL-UBTVQH12 hết hiệu lực.", "4|2011|PL|UBTVQH12||", "repeals", None, False),
        ("Hợp đồng thuộc phạm vi điều chỉnh của Luật Thương mại.", "law:luat_thuong_mai", "according_to", None, False),
        ("Bộ trình Chính phủ ban hành Nghị định thay thế Nghị định 5/2020/NĐ-CP.", "5|2020|NĐ|CP||", "according_to", None, False),
        ("Hiệp hội nêu kiến nghị gồm: sớm giảm thuế, sửa đổi Luật Nhà ở.", "law:luat_nha_o", "according_to", None, False),
        ("Đoàn nghe báo cáo bản sửa đổi Luật Nhà ở.", "law:luat_nha_o", "according_to", None, False),
        ("Bà Lan khởi kiện yêu cầu tòa hủy Quyết định 5/QĐ-UBND.", "5||QĐ|UBND||", "according_to", None, False),
        ("Xã không hề điều chỉnh Quyết định số 9.", "QĐ:9", "according_to", None, False),
        ("UBND tỉnh đã hủy quyết định số 19/QĐ-SYT ngày 2/4/2023.", "19||QĐ|SYT||", "repeals", None, False),
        ("Sở thu hồi, chấm dứt hiệu lực Quyết định số 5/QĐ-SXD.", "5||QĐ|SXD||", "suspends", None, False),
        ("Tuyên truyền thông qua Chỉ thị 5-CT/TW.", "5||CT|TW||", "according_to", None, False),
        ("Ban phát đi Công điện số 5/CĐ-TTg.", "5||CĐ|TTG||", "issues", None, False),
        ("Ông Nam dẫn ra văn bản số 22/UBND-KT.", "22||CV|UBND||KT", "according_to", None, False),
        ("Quán triệt Nghị quyết Đại hội XIII của Đảng, Chỉ thị 5-CT/TW.", "5||CT|TW||", "carries_out", None, False),
        ("Huyện theo Chỉ thị 16/CT-TTg và thực hiện Chỉ thị 15/CT-TTg.", "15||CT|TTG||", "carries_out", None, False),
        ("Luật này có hiệu lực từ 1/7/2023; Pháp lệnh số 4/2007/PL-UBTVQH11 và Nghị quyết số 5/1998/NQ-UBTVQH10 hết hiệu lực.",
         "4|2007|PL|UBTVQH11||", "repeals", None, False),
        ("Nghị định 9/2024/NĐ-CP sửa đổi Nghị định 4/2016/NĐ-CP đã được sửa đổi theo Nghị định 5/2020/NĐ-CP.",
         "9|2024|NĐ|CP||", "according_to", None, False),
        ("Các nghị định quy định chi tiết thi hành Luật Nhà ở theo Nghị định 4/2016/NĐ-CP.", "law:luat_nha_o", "guides", None, False),
        ("Việc sửa đổi Luật Nhà ở là cần thiết.", "law:luat_nha_o", "according_to", None, False),
        ("Việc xét tuyển thực hiện theo Điều 12 của Nghị định 29/2012.", "NĐ:29@2012", "according_to", None, False),
        ("Căn cứ theo Điều 106 Luật Đất đai, xã thu hồi.", "law:luat_dat_dai", "based_on", None, False),
        ("Đề nghị đưa vào chương trình Luật Dân số (sửa đổi).", "law:luat_dan_so", "according_to", None, False),
        ("Cần sớm sửa đổi, bổ sung hoặc thay thế Quyết định 9/2007/QĐ-TTg.", "9|2007|QĐ|TTG||", "according_to", None, False),
        ("Bộ đang điều chỉnh Thông tư 11.", "TT:11", "according_to", None, False),
        ("Hà Nội còn có Luật Thủ đô.", "law:luat_thu_do", "according_to", None, False),
        ("Đính chính bản điện tử Thông tư 8/2020/TT-BYT.", "8|2020|TT|BYT||", "corrects", None, False),
        ("Chính phủ ban hành các nghị quyết, mới đây là Nghị quyết 229/NQ-CP.", "229||NQ|CP||", "issues", None, False),
        ("2. Luật này thay thế các luật sau đây:\na) Luật Nhà ở năm 2005;", "law:luat_nha_o@2005", "replaces", None, False),
        ("Luật Chợ số 4/2010/QH12 đã được sửa đổi, bổ sung một số điều theo Luật số 5/2018/QH14, Luật số 6/2019/QH14 và"
         " Luật số 7/2020/QH14 hết hiệu lực từ ngày Luật này có hiệu lực.", "7|2020||QH14||", "according_to", None, False),
        ("Pháp lệnh Chợ số 4/2002/PL-UBTVQH11 đã được sửa đổi, bổ sung một số điều theo Pháp lệnh số 15/2011/PL-UBTVQH12, Pháp lệnh"
         " tổ chức hội chợ quê hương số 5/2002/PL-UBTVQH11 hết hiệu lực từ ngày Luật này có hiệu lực.",
         "5|2002|PL|UBTVQH11||", "repeals", None, False),
        ("Nghị định số 13/2018/NĐ-CP ngày 8/10/2018, được sửa đổi, bổ sung một số điều tại Nghị định số 30/2023/NĐ-CP.",
         "13|2018|NĐ|CP||", "amends", "30|2023|NĐ|CP||", True),
        ("Pháp lệnh số 4/2002/PL-UBTVQH11 hết hiệu lực, trừ những điều về hội làng vẫn còn có hiệu lực cho tới khi có quy định"
         " mới.", "4|2002|PL|UBTVQH11||", "repeals", None, True),
        ("Luật Chợ số 4/2010/QH12 hết hiệu lực, trừ quy định tại Điều 3 tiếp tục có hiệu lực đến hết ngày 31/12/2025.",
         "4|2010||QH12||", "repeals", None, False),
        ("(Luật Giá năm 2012 bị thay thế bởi Luật Giá năm 2023).", "law:luat_gia@2012", "replaces", "law:luat_gia@2023", False),
        ("2. Thông tư 7/2012/TT-BYT hết hiệu lực kể từ ngày Luật này có hiệu lực.", "7|2012|TT|BYT||", "repeals", None, False),
    ],
)  # fmt: skip
def test_relation(text: str, key: str, relation: str, subject: str | None, part: bool) -> None:
    found = one(text, key)
    assert (found.relation, found.subject, found.part) == (relation, subject, part)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Luật Đất đai năm 2024, Bộ luật Dân sự 2015", ["law:luat_dat_dai@2024", "law:bo_luat_dan_su@2015"]),
        ("theo BLHS và Hiến pháp năm 2013", ["law:bo_luat_hinh_su", "law:hien_phap@2013"]),
        ("các Nghị định số 1/2020/NĐ-CP, 2/2020/NĐ-CP", ["1|2020|NĐ|CP||", "2|2020|NĐ|CP||"]),
        ("các Thông tư số 1, 2 và 3/2020/TT-BTC", ["1|2020|TT|BTC||", "2|2020|TT|BTC||", "3|2020|TT|BTC||"]),
        ("theo các Quyết định 217, 218 của Bộ Chính trị", ["QĐ:217", "QĐ:218"]),
        ("Nghị định số 30/2020/NĐ-CP (sau đây gọi là Nghị định 30)", ["30|2020|NĐ|CP||", "30|2020|NĐ|CP||"]),
        ("Nghị quyết Trung ương 4 (khóa XII)", ["NQ:TW4@12"]),
        ("văn bản số 2916/C67-P9", ["2916||CV|C67||P9"]),
        ("theo NĐ 67, NQ57 và QĐ 33/2014", ["NĐ:67", "NQ:57", "QĐ:33@2014"]),
        ("tòa nhà CT 2, xe KH 95, tàu NĐ 5 tỷ", []),
        ("Quyết định thanh tra số 311 của sở", ["QĐ:311"]),
        ("ra công điện khẩn số 03 ngày 7/2/2017", ["CĐ:3@2017"]),
        ("quyết định bán chân sút số 1 và trâu số 18", []),
        ("văn bản và nguồn nước RO số 2", []),
        ("Nghị quyết T.Ư 4 (khóa XII)", ["NQ:TW4@12"]),
        ("nghị quyết Hội nghị lần thứ tư Ban chấp hành Trung ương Đảng khóa XII", ["NQ:TW4@12"]),
        ("theo Luật số 34 và Luật số 34/2018/QH14", ["34|2018||QH14||", "34|2018||QH14||"]),
        ("Đóng tàu theo Nghị định 67 đồng loạt trả lại", ["NĐ:67"]),
        ("Đạo luật Quốc tịch 1952", []),
        ("Quyết định (QĐ) 33/2014, giấy giới thiệu số 45/TCMT-GGT", ["QĐ:33@2014", "45||GGT|TCMT||"]),
        (
            "Nghị quyết Trung ương 5 khóa (XII), Luật Khoa học công nghệ",
            ["NQ:TW5@12", "law:luat_khoa_hoc_cong_nghe"],
        ),
        ("Tổng thống nói Hiến pháp cho phép; thay đổi Hiến pháp ở Venezuela", []),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2001, Luật Đất đai năm 2003",
            [
                "law:luat_sua_doi_bo_sung_mot_so_dieu_cua_luat_dat_dai",
                "law:luat_dat_dai@2001",
                "law:luat_dat_dai@2003",
            ],
        ),
        ("Luật Đất đai số 45/2013/QH13", ["45|2013||QH13||"]),
        (
            "Nghị quyết số 66.13/2026 của Chính phủ, thi hành luật Đất đai",
            ["NQ:66.13@2026", "law:luat_dat_dai"],
        ),
        ("trái với Hiến pháp. Theo Luật Đấu thầu \nnăm 2023", ["law:hien_phap", "law:luat_dau_thau@2023"]),
        ("trình dự Luật Đất đai, pháp luật Việt Nam đến năm 2010", []),
        ("dự thảo Luật Đất đai, Luật Lao động của Mỹ, vi phạm luật giao thông, luật sư, Luật này", []),
        ("kế hoạch 5 năm, quyết định 3 nội dung, Hợp đồng số 01/2016/HĐBT, QCVN 05:2013/BTNMT", []),
    ],
)
def test_mentions(text: str, keys: list[str]) -> None:
    assert [citation.key for citation in find_citations(text)] == keys


def test_a_number_without_code_says_that_it_was_resolved() -> None:
    text = "Nghị định 67/2014/NĐ-CP có hiệu lực. Theo Nghị định 67, tàu được vay vốn."
    first, second = find_citations(text)
    assert (first.resolved, second.resolved) == (False, True)
    assert first.key == second.key and text[second.start : second.end] == "Nghị định 67"


def test_the_day_of_issue_may_open_the_sentence() -> None:
    found = one("Ngày 24/5/2017, Ngân hàng đã có văn bản số 3851/NHNN-PC.", "3851||CV|NHNN||PC")
    assert found.date == "2017-05-24"


HOSTILE = 200_000
"""Characters, of whatever piece."""


@pytest.mark.parametrize(
    "piece",
    [
        "Luật ",
        "Nghị định số ",
        "Điều 1 ",
        "1/",
        "các Nghị định 1, 2 ",
        "1/2020/NĐ-CP, ",
        "a) Nghị định 1/2020/NĐ-CP;\n",
        "Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở, ",
        "Điều này được sửa đổi ",
        "của\n",
    ],
)
def test_repeated_pieces_end(piece: str) -> None:
    """Nothing in a hostile text makes the time grow faster than the text; a blow-up would never end."""
    find_citations(piece * (HOSTILE // len(piece)))


AMENDING = "law:luat_sua_doi_bo_sung_mot_so_dieu_cua_"
GOVERNMENT, AUTHORITY = "luat_to_chuc_chinh_phu", "luat_to_chuc_chinh_quyen_dia_phuong"
OF_BOTH = f"{AMENDING}{GOVERNMENT}_{AUTHORITY}@2019"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức"
            " Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
            [
                (f"law:{GOVERNMENT}@2015", "based_on", None),
                (OF_BOTH, "based_on", None),
                (f"law:{GOVERNMENT}", "amends", OF_BOTH),
                (f"law:{AUTHORITY}", "amends", OF_BOTH),
            ],
            id="the day is that of the amending law",
        ),
        pytest.param(
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15 ngày"
            " 29 tháng 6 năm 2024;",
            [
                (f"{AMENDING}luat_dat_dai_luat_nha_o@2024", "based_on", None),
                ("31|2024||QH15||", "amends", f"{AMENDING}luat_dat_dai_luat_nha_o@2024"),
                ("27|2023||QH15||", "amends", f"{AMENDING}luat_dat_dai_luat_nha_o@2024"),
            ],
            id="numbers of the laws that are amended",
        ),
        pytest.param(
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Hải quan số 90/2025/QH15;",
            [
                ("law:luat_dau_thau", "amends", "90|2025||QH15||"),
                ("law:luat_hai_quan", "amends", "90|2025||QH15||"),
                ("90|2025||QH15||", "based_on", None),
            ],
            id="one number behind several laws is the amending law's",
        ),
        pytest.param(
            "Theo Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2013 thì được.",
            [
                (f"{AMENDING}luat_dat_dai", "according_to", None),
                ("law:luat_dat_dai@2013", "amends", f"{AMENDING}luat_dat_dai"),
            ],
            id="a year behind one law is that law's",
        ),
        pytest.param(
            "Căn cứ Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch ngày 20/11/2018;",
            [(f"{AMENDING}37_luat_co_lien_quan_den_quy_hoach@2018", "based_on", None)],
            id="laws that are not named one by one",
        ),
        pytest.param(
            "Hội thảo góp ý dự thảo Luật sửa đổi, bổ sung một số điều của Luật Giáo dục.",
            [("law:luat_giao_duc", "according_to", None)],
            id="a draft amends nothing",
        ),
    ],
)
def test_laws_that_are_named_by_what_they_amend(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(one.key, one.relation, one.subject) for one in find_citations(text)] == found


@pytest.mark.parametrize(
    ("text", "relation", "part"),
    [
        ("Khoản này bị bãi bỏ bởi khoản 4 Điều 9 Nghị định số 1/2021/NĐ-CP.", "repealed_by", True),
        ("Điểm này được sửa đổi bởi khoản 2 Điều 5 Nghị định số 1/2021/NĐ-CP.", "amended_by", True),
        ("Khoản này được bổ sung theo quy định tại Điều 7 Nghị định 1/2021/NĐ-CP.", "amended_by", True),
        ("Phụ lục này được thay thế bởi Phụ lục II kèm theo Nghị định số 1/2021/NĐ-CP.", "replaced_by", True),
        ("Thông tư này hết hiệu lực kể từ ngày Nghị định số 1/2021/NĐ-CP có hiệu lực.", "repealed_by", False),
        ("Cụm từ “sở” được thay thế bằng cụm từ “ban” theo quy định tại Điều 7 Nghị định 1/2021/NĐ-CP.", "amended_by", True),
        ("Mức phạt này được thực hiện theo quy định tại Nghị định 1/2021/NĐ-CP.", "according_to", False),
    ],
)  # fmt: skip
def test_what_a_text_says_was_done_to_itself(text: str, relation: str, part: bool) -> None:
    found = one(text, "1|2021|NĐ|CP||")
    assert (found.relation, found.subject, found.part) == (relation, None, part)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Sở đề xuất bãi bỏ Quyết định số 9/2024/QĐ-UBND.", "according_to"),
        ("Hội nghị lấy ý kiến về việc sửa đổi Quyết định số 9/2024/QĐ-UBND.", "according_to"),
        ("Sở tham mưu dự thảo Quyết định thay thế Quyết định số 9/2024/QĐ-UBND.", "according_to"),
        ("Căn cứ để tỉnh ban hành là Quyết định số 9/2024/QĐ-UBND.", "based_on"),
        ("Xét Tờ trình số 9/2024/QĐ-UBND của Sở;", "based_on"),
        ("trước ngày ban hành Quyết định số 9/2024/QĐ-UBND thì theo luật cũ.", "according_to"),
        ("Bãi bỏ các văn bản sau đây:\na) Chỉ thị về chợ;\nb) Quyết định số 9/2024/QĐ-UBND;", "repeals"),
        (
            "1. Quyết định số 1/2023/QĐ-UBND và Quyết định số 9/2024/QĐ-UBND hết hiệu lực từ hôm nay.",
            "repeals",
        ),
        ("thực hiện Kế hoạch và theo Quyết định\nsố 9/2024/QĐ-UBND", "according_to"),
    ],
)
def test_what_is_done_to_a_decision(text: str, relation: str) -> None:
    assert one(text, "9|2024|QĐ|UBND||").relation == relation


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Về việc thành lập Ủy ban dự thảo sửa đổi, bổ sung một số điều của Hiến pháp năm 2013", set()),
        ("Luật số 31/2024/QH15 Luật Đất đai", {"law:luat_dat_dai"}),
        ("Pháp lệnh số 1/2022/PL-UBTVQH15 sửa đổi, bổ sung một số điều của Pháp lệnh Chi phí tố tụng", set()),
    ],
)
def test_the_name_of_a_law_is_in_its_title(title: str, names: set[str]) -> None:
    assert names_of_itself(title) == names


def test_a_law_that_ends_an_older_one_of_its_name_cites_that() -> None:
    names = names_of_itself("Luật Đất đai")
    own, older = find_citations("Quốc hội ban hành Luật Đất đai.\nLuật này thay thế Luật Đất đai.")
    assert is_itself(own, (), names)
    assert not is_itself(older, (), names)


def test_a_line_that_breaks_within_a_sentence_divides_nothing() -> None:
    text = "Căn cứ Luật Nhà ở ngày 27/11/2023 và Nghị định số\n95/2024/NĐ-CP ngày 24/7/2024 của\nChính phủ"
    assert [found.relation for found in find_citations(text)] == ["based_on", "based_on"]


@pytest.mark.parametrize(
    ("text", "subject", "amended"),
    [
        (
            "Căn cứ Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh Thú y ngày 16 tháng 7 năm 2012;",
            "law:phap_lenh_sua_doi_bo_sung_mot_so_dieu_cua_phap_lenh_thu_y@2012",
            "law:phap_lenh_thu_y",
        ),
        (
            "Căn cứ Pháp lệnh số 4/2012/UBTVQH13 sửa đổi, bổ sung một số điều của Pháp lệnh Thú y;",
            "4|2012||UBTVQH13||",
            "law:phap_lenh_thu_y",
        ),
        (
            "Căn cứ Nghị quyết sửa đổi, bổ sung một số điều của Luật Tổ chức Quốc hội ngày 17/6/2025;",
            "law:nghi_quyet_sua_doi_bo_sung_mot_so_dieu_cua_luat_to_chuc_quoc_hoi@2025",
            "law:luat_to_chuc_quoc_hoi",
        ),
        (
            "Căn cứ Nghị quyết số 203/2025/QH15 về sửa đổi, bổ sung một số điều của Hiến pháp năm 2013;",
            "203|2025||QH15||",
            "law:hien_phap@2013",
        ),
    ],
)
def test_ordinances_and_resolutions_amend_as_laws_do(text: str, subject: str, amended: str) -> None:
    assert one(text, subject).relation == "based_on"
    assert (one(text, amended).relation, one(text, amended).subject) == ("amends", subject)


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch Hội Luật gia tỉnh Lam Giang phát biểu.",
        "Tuyên truyền pháp luật Đất đai cho người dân.",
        "Các dự án luật được trình gồm: Luật Đất đai (sửa đổi); Luật Nhà ở.",
        "Kỳ họp xem xét các dự án Luật Đất đai (sửa đổi), Luật Nhà ở và Luật Giá.",
        "Cảnh sát và Cơ quan bảo vệ Hiến pháp đang điều tra.",
        "Quyền của phụ nữ có trong Hiến pháp nước này, theo Bộ luật Hình sự nước này.",
        "Mọi người cùng gìn giữ Hiến pháp này.",
        "Ghe số hiệu NĐ 1816 chở cát.",
        "Hội đồng Bảo an Liên Hợp Quốc thông qua Nghị quyết 2356.",
        "Xã quyết định 500 suất quà và quyết định 2026 là năm dân vận.",
    ],
)
def test_what_only_looks_like_a_citation(text: str) -> None:
    assert find_citations(text) == []


def test_decisions_in_small_letters_that_are_joined_share_their_relation() -> None:
    found = find_citations("Bộ đang thực hiện nghị quyết 29 và đặc biệt là nghị quyết 88 của Quốc hội.")
    assert [(one.key, one.relation) for one in found] == [("NQ:29", "carries_out"), ("NQ:88", "carries_out")]


def test_laws_that_were_adopted_are_no_drafts() -> None:
    text = "Quốc hội đã thông qua các dự án luật gồm: Luật Đất đai; Luật Nhà ở."
    assert [one.key for one in find_citations(text)] == ["law:luat_dat_dai", "law:luat_nha_o"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Luật Hỗ trợ doanh nghiệp (DN) nhỏ và vừa có hiệu lực.", "law:luat_ho_tro_doanh_nghiep_nho_va_vua"),
        ("theo nghị quyết 42 của Quốc hội", "NQ:42"),
        ("tại điều 21, quyết định 1627, khoản 3", "QĐ:1627"),
        ("theo Quyết định số 45 của UBND tỉnh ngày 27/9/2011", "QĐ:45@2011"),
        ("tại Nghị quyết HĐND tỉnh Lam Giang số 170 ngày 10.7.2015", "NQ:170@2015"),
        ("ra quyết định khởi tố vụ án số 133/QĐ - CSĐT về tội trộm", "133||QĐ|CSĐT||"),
        ("có quyết định số 15 QĐ/VKS của Viện", "15||QĐ|VKS||"),
        ("theo Quyết định số 10/2016 QĐ-UBND ngày 18/1 của tỉnh", "10|2016|QĐ|UBND||"),
        (
            "hướng dẫn Pháp lệnh khai thác và bảo vệ công trình thủy lợi.",
            "law:phap_lenh_khai_thac_va_bao_ve_cong_trinh_thuy_loi",
        ),
        ("theo quyết định số 468 - QĐ/VC- ĐT của Tổng công ty", "468||QĐ|VC||ĐT"),
        ("thực hiện Điện số 499/ĐK của Bộ", "499||CV|ĐK||"),
    ],
)
def test_numbers_and_names_as_newspapers_write_them(text: str, key: str) -> None:
    assert [one.key for one in find_citations(text)] == [key]
