"""What kind of page a page is, on saved pages of the common systems and on small ones that go wrong."""

from __future__ import annotations

import pytest

from indexer.html.encoding import decode_page
from indexer.sources.html_lines import Tree, read_tree
from indexer.sources.site.kinds import is_error, is_shell, robots_of, why_no_article
from tests.sources.saved_pages import PAGES

LISTS = {"danh-sach-van-ban"}
SAVED = sorted(path.stem for path in PAGES.glob("*.html"))
ADDRESS = "http://lamgiang.example/trang"
TEXT = (
    "Uỷ ban nhân dân phường Tân Lam mời người dân dự buổi trao đổi về sửa đường vào sáng thứ Bảy tại nhà văn hoá. "
    * 5
)
LINK = '<h3><a href="/{n}">Phường Tân Lam họp bàn việc sửa đường số {n} trong tháng này</a></h3>'


def tree(body: str, head: str = "") -> Tree:
    return read_tree(f'<html lang="vi"><head>{head}</head><body>{body}</body></html>')


@pytest.mark.parametrize("name", SAVED)
def test_saved_pages_are_articles_but_for_lists(name: str) -> None:
    page = read_tree(decode_page((PAGES / f"{name}.html").read_bytes(), declares=True))
    assert (why_no_article(page, ADDRESS) == "") == (name not in LISTS)


@pytest.mark.parametrize("summary", ["", TEXT[:110], TEXT], ids=["titles", "teasers", "long summaries"])
def test_lists_of_pages_are_no_articles(summary: str) -> None:
    items = "".join(f"{LINK.format(n=n)}<p>0{n}/05/2026</p><p>{summary}</p>" for n in range(1, 9))
    head = '<meta property="og:type" content="article"><title>Tin hoạt động của phường trong năm nay</title>'
    assert "lists" in why_no_article(
        tree(f"<h1>Tin hoạt động của phường trong năm nay</h1>{items}", head), ADDRESS
    )


@pytest.mark.parametrize("text", [TEXT, TEXT[:220]], ids=["article", "notice"])
def test_an_article_above_a_list_of_others_is_one(text: str) -> None:
    others = "".join(LINK.format(n=n) for n in range(1, 9))
    page = f"<h1>Phường Tân Lam mời dân dự họp về sửa đường</h1><p>02/05/2026 08:00</p><p>{text}</p>"
    assert why_no_article(tree(f"{page}<div><h2>Có thể anh chị cần</h2>{others}</div>"), ADDRESS) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/",
        "http://a.example/index.php",
        "http://a.example/?s=x",
        "http://a.example/tag/y-te/",
        "http://a.example/tim-kiem?q=x",
    ],
)
def test_some_addresses_are_never_articles(address: str) -> None:
    assert why_no_article(
        tree(f"<h1>Phường Tân Lam mời dân dự họp</h1><p>02/05/2026</p><p>{TEXT}</p>"), address
    )


@pytest.mark.parametrize(
    "title", ["404 - Không tìm thấy trang", "Lỗi hệ thống", "Error 500", "Hệ thống đang bảo trì"]
)
def test_errors_are_known_by_what_they_say(title: str) -> None:
    assert is_error(tree(f"<h1>{title}</h1><p>Xin quay lại sau.</p>"))


@pytest.mark.parametrize(
    "title", ["Hỗ trợ 500.000 đồng cho hộ nghèo", "404 hộ dân được cấp nước sạch", "Bảo tồn làng gốm"]
)
def test_articles_about_numbers_are_no_errors(title: str) -> None:
    page = f"<h1>{title}</h1><p>02/05/2026</p><p>{TEXT}{TEXT}{TEXT}</p>"
    assert not is_error(tree(page, f"<title>{title}</title>"))


def test_shells_of_applications_are_known() -> None:
    assert is_shell(tree('<div id="root"></div><script src="/a.js"></script>'))
    assert is_shell(
        tree("<noscript>You need to enable JavaScript to run this app.</noscript><script></script>")
    )
    assert not is_shell(tree(f"<div id='root'><p>{TEXT}</p></div><script></script>"))


def test_what_a_page_asks_of_robots() -> None:
    assert robots_of(tree("", '<meta name="robots" content="NoIndex, follow">'), "") >= {"noindex"}
    assert robots_of(tree(""), "none") >= {"noindex", "nofollow"}
    assert "noindex" not in robots_of(tree("", '<meta name="robots" content="index">'), "")


@pytest.mark.parametrize("number", [1, 2, 6])
@pytest.mark.parametrize(
    "card",
    [
        '<a class="c" href="/{n}"><div>Phường Tân Lam họp bàn việc sửa đường số {n}</div><div>{text}</div><div>0{n}/05/2026</div></a>',
        '<a href="/{n}"><h3>Phường Tân Lam họp bàn việc sửa đường số {n}</h3></a><span>0{n}/05/2026</span><p>{text}</p>',
        '<article><header><h2><a href="/{n}">Phường Tân Lam họp bàn việc sửa đường số {n}</a></h2></header><p>{text}</p></article>',
    ],
    ids=["a card is a link", "a heading in a link", "a heading in a header"],
)
def test_lists_of_cards_are_no_articles(card: str, number: int) -> None:
    cards = "".join(f"<div>{card.format(n=n, text=TEXT[:108])}</div>" for n in range(1, number + 1))
    page = tree(f"<h1>Văn hoá - Du lịch</h1>{cards}", '<meta property="og:type" content="article">')
    assert why_no_article(page, ADDRESS)
