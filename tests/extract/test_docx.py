"""Documents of Word: every part, no word joined or torn, the numbers that Word writes."""

from pathlib import Path

import pytest

from indexer.extract.reasons import sentence
from indexer.model import FileState
from tests.extract.documents import docx, zipped
from tests.extract.parts.docx import BODY, LEFT_OUT, LINES, PARTS, box, document, p, run
from tests.extract.reading import found_in, text_in


def text_of(folder: Path, content: bytes) -> str:
    return text_in(folder, content, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(document(), id="usual"),
        pytest.param(document(strict=True), id="strict namespaces"),
        pytest.param(document(main="van/ban.xml"), id="parts under other names"),
    ],
)
def test_every_part_is_found_once(tmp_path: Path, content: bytes) -> None:
    text = text_of(tmp_path, content)
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [part for part, word in LEFT_OUT.items() if word in text] == []


def test_words_are_neither_joined_nor_torn(tmp_path: Path) -> None:
    lines = text_of(tmp_path, document()).split("\n")
    assert [line for line in LINES if line not in lines] == []
    assert "7" not in lines, "the number of a page is no text"


def test_a_damaged_part_costs_itself(tmp_path: Path) -> None:
    found = found_in(tmp_path, document(BODY.replace("DOANVAN", "DOANVAN</w:t></w:p><w:tbl>")), "a.docx")
    assert found.state is FileState.PARTIAL and "document.xml" in sentence(found.problems[0])
    text = "\n".join(page.text for page in found.pages)
    assert "DOANVAN" in text and "CHUTHICHMOT" in text


def test_a_document_without_its_text_has_failed(tmp_path: Path) -> None:
    found = found_in(tmp_path, zipped(**{"word/document.xml": "", "word/styles.xml": "<x/>"}), "a.docx")
    assert found.state is FileState.FAILED and found.problems


def test_pieces_begin_at_headings_of_styles(tmp_path: Path) -> None:
    long = p(run("chữ " * 600))
    body = "".join(p(run(f"Đề mục {n}"), '<w:outlineLvl w:val="0"/>') + long for n in range(5))
    pages = found_in(tmp_path, docx(body), "a.docx").pages
    assert [page.text.partition("\n")[0] for page in pages] == [f"Đề mục {n}" for n in range(5)]


def test_deep_and_long_documents_are_read_in_time(tmp_path: Path) -> None:
    depth = 400
    tables = "<w:tbl><w:tr><w:tc>" * depth + p(run("TRONGCUNG")) + "</w:tc></w:tr></w:tbl>" * depth
    assert "TRONGCUNG" in text_of(tmp_path, docx(tables))
    assert text_of(tmp_path, docx(p(run("x")) * 20_000)).count("x") == 20_000


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(box("GIAU").replace("<wp:anchor>", '<wp:anchor><wp:docPr id="1" hidden="1"/>'), "", id="shape"),
        pytest.param(
            '<w:r><w:pict><v:shape style="left:1;visibility: hidden"><v:textbox><w:txbxContent>'
            f"{p(run('GIAU'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            "",
            id="old shape",
        ),
        pytest.param(run("GIAU", '<w:rStyle w:val="An"/>') + run("HIEN", '<w:rStyle w:val="An"/><w:vanish w:val="0"/>'),
                     "HIEN", id="shown in spite of its style"),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_no_text(body: str, text: str, tmp_path: Path) -> None:
    found = text_of(tmp_path, document(p(run("Khe Sậy")) + p(body)))
    assert "GIAU" not in found and text in found and "Khe Sậy" in found


def test_hidden_rows_of_tables_are_no_text(tmp_path: Path) -> None:
    row = "<w:tr><w:trPr>%s</w:trPr><w:tc>%s</w:tc></w:tr>"
    table = f"<w:tbl>{row % ('<w:hidden/>', p(run('AN')))}{row % ('', p(run('HIEN')))}</w:tbl>"
    assert text_of(tmp_path, docx(table)) == "HIEN"


@pytest.mark.parametrize("note", ["footnote", "endnote", "comment"])
@pytest.mark.parametrize("mark", ["<w:del><w:r>%s</w:r></w:del>", "<w:r><w:rPr><w:vanish/></w:rPr>%s</w:r>"])
def test_notes_on_deleted_or_hidden_text_are_gone_with_it(note: str, mark: str, tmp_path: Path) -> None:
    kept = run("Khe Sậy") + f'<w:r><w:{note}Reference w:id="2"/></w:r>'
    body = p(kept + mark % f'<w:{note}Reference w:id="1"/>')
    lost = {"footnote": "CHUTHICHMOT", "endnote": "CHUCUOI", "comment": "BINHLUAN"}[note]
    assert lost not in text_of(tmp_path, document(body)) and lost in text_of(tmp_path, document(p(kept)))


@pytest.mark.parametrize(
    ("section", "settings", "shown"),
    [
        pytest.param('<w:headerReference w:type="default" r:id="r6"/>', "", True, id="usual"),
        pytest.param("", "", False, id="no section uses it"),
        pytest.param('<w:headerReference w:type="first" r:id="r6"/>', "", False, id="first page like others"),
        pytest.param('<w:headerReference w:type="first" r:id="r6"/><w:titlePg/>', "", True, id="first page"),
        pytest.param('<w:headerReference w:type="even" r:id="r6"/>', "", False, id="even pages like others"),
        pytest.param('<w:headerReference w:type="even" r:id="r6"/>', "<w:evenAndOddHeaders/>", True, id="even pages"),
        pytest.param('<w:sectPrChange><w:sectPr><w:headerReference r:id="r6"/></w:sectPr></w:sectPrChange>', "", False,
                     id="before a change"),
    ],
)  # fmt: skip
def test_headers_that_no_page_shows_are_no_text(
    section: str, settings: str, shown: bool, tmp_path: Path
) -> None:
    content = document(p(run("Khe Sậy")), section=section, settings=settings)
    assert ("DAUTRANG" in text_of(tmp_path, content)) is shown


def test_a_first_page_shows_the_header_of_the_section_before(tmp_path: Path) -> None:
    before = p("", '<w:sectPr><w:headerReference w:type="first" r:id="r6"/></w:sectPr>')
    assert "DAUTRANG" in text_of(tmp_path, document(before, section="<w:titlePg/>"))


def test_hidden_paragraphs_are_not_counted(tmp_path: Path) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = p(run("GIAU", "<w:vanish/>"), number + "<w:rPr><w:vanish/></w:rPr>")
    one, two = p(run("MOT"), number), p(run("HAI"), number)
    assert text_of(tmp_path, document(one + hidden + two)) == text_of(tmp_path, document(one + two))
