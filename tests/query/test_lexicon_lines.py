"""One line of a lexicon changed in its text: comments, order and all other lines stay as a person wrote them."""

from __future__ import annotations

import tomllib

import pytest

from indexer.errors import SettingsError, UsageError
from indexer.lexicon.lines import with_line, without_line

TEXT = """# của phòng
[synonyms] # nhiều cách gọi
"bằng lái" = [
  "giấy phép lái xe",  # tên đúng
  "GPLX",
]
"bus" = ["xe buýt"]

[ "typed" ]
ko = "không"
"""


def test_a_line_is_added_changed_and_taken_out() -> None:
    added = with_line(TEXT, "abbreviations", 'TT"ĐH', ["trung tâm điều hành"])
    assert added.startswith(TEXT) and tomllib.loads(added)["abbreviations"] == {
        'TT"ĐH': "trung tâm điều hành"
    }
    assert '[ "typed" ]\n"k" = "không"\nko = "không"\n' in with_line(TEXT, "typed", "k", "không")
    changed = with_line(TEXT, "synonyms", "bằng lái", ["giấy phép lái xe"])
    assert changed == TEXT.replace(
        TEXT[TEXT.index('"bằng') : TEXT.index('"bus"')], '"bằng lái" = ["giấy phép lái xe"]\n'
    )
    assert without_line(TEXT, "synonyms", "bằng lái").splitlines()[1:3] == [
        "[synonyms] # nhiều cách gọi",
        '"bus" = ["xe buýt"]',
    ]
    assert with_line("", "renamed", "a", ["b", "c"]) == '[renamed]\n"a" = ["b", "c"]\n'


def test_an_abbreviation_of_several_meanings_is_a_list() -> None:
    assert tomllib.loads(with_line("", "abbreviations", "TT", ["thông tư", "trung tâm"])) == {
        "abbreviations": {"TT": ["thông tư", "trung tâm"]}
    }


@pytest.mark.parametrize(
    ("text", "table", "form", "meant", "error"),
    [
        ("[typed", "typed", "a", "b", SettingsError),
        ("", "other", "a", "b", UsageError),
        ("", "typed", "a", ["b", "c"], SettingsError),
        ("", "typed", "a", "", SettingsError),
        ('typed = { a = "b" }\n', "typed", "a", "c", UsageError),
        ('typed = { a = "b" }\n', "typed", "c", "d", UsageError),
        ('typed.a = "b"\n', "typed", "c", "d", UsageError),
    ],
)
def test_what_can_not_be_a_line_is_told(
    text: str, table: str, form: str, meant: str | list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        with_line(text, table, form, meant)


def test_what_is_not_there_can_not_be_taken_out() -> None:
    with pytest.raises(UsageError):
        without_line(TEXT, "typed", "khác")
