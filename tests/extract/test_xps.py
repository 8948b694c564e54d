"""Documents of fixed pages: pages by number, words neither torn nor run together."""

from pathlib import Path

from indexer.extract.reasons import problem
from indexer.model import FileState
from tests.extract.parts.xps import LINES, PARTS, document, glyphs, page
from tests.extract.reading import found_in


def test_every_part_is_found_once(tmp_path: Path) -> None:
    found = found_in(tmp_path, document(), "a.xps")
    text = "\n".join(one.text for one in found.pages)
    assert found.state is FileState.TEXT and [one.number for one in found.pages] == [1, 2, 3, 4]
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [line for line in LINES if line not in text.split("\n")] == []


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = (
        glyphs(f"{column} {line}", 50 + 250 * column, 20 * line) for column in (0, 1) for line in range(1, 4)
    )
    found = found_in(tmp_path, document(page(*columns)), "a.xps")
    assert found.pages[2].text.split("\n") == ["0 1", "0 2", "0 3", "1 1", "1 2", "1 3"]


def test_a_page_that_is_drawn_in_any_order_is_read_from_the_top(tmp_path: Path) -> None:
    lines = [f"dong {n}" for n in range(20)]
    drawn = (glyphs(lines[n * 7 % 20], 50, 20 * (n * 7 % 20)) for n in range(20))
    assert found_in(tmp_path, document(page(*drawn)), "a.xps").pages[2].text.split("\n") == lines


def test_what_can_not_be_read_is_told(tmp_path: Path) -> None:
    picture = page('<Path><Path.Fill><ImageBrush ImageSource="a.png"/></Path.Fill></Path>')
    found = found_in(tmp_path, document(picture, page(glyphs("a", 0, 0))[:-20]), "a.xps")
    assert found.state is FileState.PARTIAL
    assert problem("pictures_unread", count=1, all=6) in found.problems
    assert problem("part_damaged", part="D/1/Pages/3.fpage") in found.problems


def test_what_is_drawn_without_colour_is_no_text(tmp_path: Path) -> None:
    drawn = f'<Canvas Opacity="0"><Canvas>{glyphs("AN", 0, 0)}</Canvas></Canvas>{glyphs("HIEN", 0, 0)}'
    assert found_in(tmp_path, document(page(drawn)), "a.xps").pages[2].text == "HIEN"


def test_letters_of_no_height_cost_no_other_words(tmp_path: Path) -> None:
    small = '<Canvas RenderTransform="1e-200,0,0,1e-200,0,0">' * 2 + glyphs("nho", 0, 0) + "</Canvas>" * 2
    large = '<Canvas RenderTransform="1e8,0,0,1e8,0,0">' * 50 + glyphs("lon", 1, 1) + "</Canvas>" * 50
    text = found_in(tmp_path, document(page(small, large, glyphs("HIEN", 0, 9))), "a.xps").pages[2].text
    assert [word for word in ("nho", "lon", "HIEN") if word not in text] == []
