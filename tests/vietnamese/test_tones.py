"""Tone marks in one place: the table of pairs, what must stay, and idempotence."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vietnamese.letters import nfc
from indexer.vietnamese.tones import canonical_tone, tone_forms
from tests.shared import CORPORA, needs_corpora

PAIRS = """
hòa→hoà khỏe→khoẻ thủy→thuỷ Ủy→Uỷ THÚY→THUÝ ÒA→OÀ họa→hoạ qúy→quý qủa→quả qũy→quỹ gìa→già gỉai→giải
gíup→giúp gíêng→giếng hòan→hoàn tòet→toèt hùynh→huỳnh túyp→tuýp sóoc→soóc lọai→loại ngòai→ngoài
xóay→xoáy khòeo→khoèo ngóeo→ngoéo khủyu→khuỷu thúê→thuế thủơ→thuở chúyên→chuyến quỵên→quyện
ngừơi→người đựơc→được cuả→của tuí→túi tiêú→tiếu gịa→giạ
""".split()
STAY = "gì gìn giữa giặt quý quạu quèo múa mía thúi goòng oẳn yếu café sưòn Krông ủng ă 38 hoà".split()


@pytest.mark.parametrize("pair", PAIRS)
def test_moves_the_mark(pair: str) -> None:
    before, after = pair.split("→")
    assert canonical_tone(before) == after
    assert canonical_tone(after) == after


@pytest.mark.parametrize("syllable", STAY)
def test_leaves_alone(syllable: str) -> None:
    assert canonical_tone(syllable) == syllable


@given(st.text(max_size=12))
def test_is_idempotent_on_any_text(text: str) -> None:
    once = canonical_tone(nfc(text))
    assert canonical_tone(once) == once


@needs_corpora
def test_is_idempotent_on_real_text() -> None:
    seen: set[str] = set()
    with gzip.open(CORPORA / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(20_000), lines, strict=False):
            record = json.loads(line)
            seen.update(nfc(record["title"] + " " + record["summary"]).split())
    for token in seen:
        once = canonical_tone(token)
        assert canonical_tone(once) == once


@pytest.mark.parametrize(
    ("syllable", "forms"),
    [
        pytest.param("đường", "đương", id="without the tone"),
        pytest.param("đương", "đường đướng đưỡng đưởng đượng", id="with any tone"),
        pytest.param("quí", "qui", id="after qu"),
        pytest.param("hoa", "hoà hoá hoã hoả hoạ", id="in the canonical place"),
        pytest.param("xyz", "", id="no syllable"),
        pytest.param("38", "", id="no letters"),
    ],
)
def test_forms_that_differ_by_a_missing_tone(syllable: str, forms: str) -> None:
    assert sorted(tone_forms(syllable)) == sorted(forms.split())
    assert all(canonical_tone(form) == form for form in tone_forms(syllable))
