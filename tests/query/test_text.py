"""What a query says is read once, when its tree is made."""

import pytest

from indexer.directives.cleaning import clean
from indexer.highlight.from_query import wanted_by
from indexer.lexicon.lexicon import Lexicon
from indexer.query.documents import documents_asked
from indexer.query.expansion import Known, expand
from indexer.query.interpretation import interpretation
from indexer.query.parser import parse
from indexer.query.plan import Planner
from indexer.query.text import Text
from indexer.query.tree import Quoted, Word
from indexer.vietnamese.terms import Syllable


def test_a_text_is_known_by_its_letters_and_knows_what_they_say() -> None:
    text = Text("38-CT/TW")
    assert text == Text("38-CT/TW") != Text("38-ct/tw")
    assert len({text, Text("38-CT/TW"), Word("38-CT/TW"), Quoted("38-CT/TW")}) == 3
    assert text.number is not None and text.number.type == "CT"
    assert [syllable.folded for syllable in text.syllables] == ["38", "ct", "tw"]
    assert Text("kế hoạch").number is None


@pytest.mark.parametrize(
    "query",
    [
        "kế hoạch 15/CT-UBND",
        '"lễ hội" OR đèn',
        "chi thi 38 ve bien* dao~ số:74/KH-UBND",
        "nguồn:báo tiêu đề:lịch kinh t*",
        "xin hỏi lệ phí khai sinh của con là bao nhiêu",
    ],
)
def test_no_stage_reads_again_what_another_has_read(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[str] = []
    places: list[tuple[str, int]] = []

    def cleaning(text: str) -> str:
        cleaned.append(text)
        return clean(text)

    def syllable(toned: str, folded: str, start: int, end: int) -> Syllable:
        places.append((folded, start))
        return Syllable(toned, folded, start, end)

    typed = parse(query)
    monkeypatch.setattr("indexer.directives.number.clean", cleaning)
    monkeypatch.setattr("indexer.vietnamese.terms.Syllable", syllable)
    node = expand(typed, Known(Lexicon([])))
    for reading in ("close", "some"):
        Planner().plan(node, reading)
    wanted_by(node)
    interpretation(node)
    documents_asked(node)
    assert (cleaned, places) == ([], [])
