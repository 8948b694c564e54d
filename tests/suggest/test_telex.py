"""Keys of input methods become syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.suggestions import typed_in
from indexer.suggest.telex import decoded
from indexer.vietnamese.tones import canonical_tone, is_syllable

SYLLABLES = "thủ tục hành chính đường phố hải phòng uỷ ban nhân dân việt nước trường quận nghiệp đến đang quyền thuế xã ấp".split()


@pytest.mark.parametrize("syllable", SYLLABLES)
@pytest.mark.parametrize("vni", [False, True])
def test_decodes_what_a_keyboard_gives(syllable: str, vni: bool) -> None:
    keys = typed_in(syllable, vni)
    assert keys == syllable if syllable.isascii() else syllable in decoded(keys)


@pytest.mark.parametrize(
    ("token", "syllable"),
    [
        ("tucj", "tục"),
        ("ha3i", "hải"),
        ("phong2", "phòng"),
        ("tujc", "tục"),
        ("dduowngf", "đường"),
        ("dangd", "đang"),
    ],
)
def test_keys_in_other_places(token: str, syllable: str) -> None:
    assert syllable in decoded(token)


@pytest.mark.parametrize("token", ["", "q1", "thu", "xyz", "2024", "ban", "covid"])
def test_nothing_where_no_key_is(token: str) -> None:
    assert decoded(token) == ()


@given(st.text(alphabet="abcdeghiklmnopqrstuvxywfjz0123456789", max_size=12))
def test_gives_canonical_syllables(token: str) -> None:
    for syllable in decoded(token):
        assert is_syllable(syllable) and canonical_tone(syllable) == syllable
