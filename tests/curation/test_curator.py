"""Changes of pins, lexicon and notes: one place, a journal that is only added to, nothing lost between two editors."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.curation.curator import Curator
from indexer.curation.journal import FILE_NAME, Journal
from indexer.curation.pinned import read_pinned
from indexer.curation.queries import read
from indexer.errors import PreconditionError, SettingsError, UsageError
from indexer.query_log.store import Proposal
from indexer.search.pins import read_pins
from indexer.settings import Settings

LINE = '[abbreviations]\n"TTĐH" = "trung tâm điều hành"\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def _an(settings: Settings) -> Curator:
    return Curator(settings, "an", "desk")


def test_every_change_is_kept_with_what_was_there_before(settings: Settings) -> None:
    _an(settings).pin("Học phí", ["a", "b"])
    Curator(settings, "binh", "api").pin("học  phí", ["b"])
    _an(settings).replace_lexicon(LINE)
    _an(settings).accept(Proposal("typed", "ko", "không"))
    _an(settings).pin("hoc phi", ())
    journal = Journal(settings.data)
    lines = journal.page(None, 10)
    assert [(one.who, one.via, one.kind) for one in lines] == [
        ("an", "desk", "pins"), ("an", "desk", "lexicon"), ("an", "desk", "lexicon"), ("binh", "api", "pins"), ("an", "desk", "pins"),
    ]  # fmt: skip
    assert [read_pinned(one.after)[1] for one in journal.history("pins", "hoc phi", 9)] == [
        (),
        ("b",),
        ("a", "b"),
    ]
    last = journal.last("lexicon", "")
    assert last and last.before == LINE and '"ko" = "không"' in last.after
    assert journal.page(lines[1].n, 2) == lines[2:4]


def test_what_changes_nothing_is_no_change(settings: Settings) -> None:
    for _ in range(2):
        _an(settings).pin("a", ["x"])
        _an(settings).replace_lexicon(LINE)
    assert len(Journal(settings.data).page(None, 10)) == 2


def test_what_was_edited_by_hand_is_noticed(settings: Settings) -> None:
    (settings.data / "lexicon.toml").write_text(LINE)
    _an(settings).replace_lexicon(f"# mới\n{LINE}")
    found = Journal(settings.data).page(None, 10)
    assert [(one.who, one.via, one.before, one.after) for one in reversed(found)] == [
        ("", "outside", "", LINE), ("an", "desk", LINE, f"# mới\n{LINE}"),
    ]  # fmt: skip


def test_a_change_that_is_refused_is_no_line(settings: Settings) -> None:
    def late() -> None:
        raise PreconditionError("late")

    with pytest.raises(SettingsError):
        _an(settings).replace_lexicon("[abbr")
    with pytest.raises(UsageError):
        _an(settings).pin("!", ["x"])
    with pytest.raises(PreconditionError):
        _an(settings).pin("a", ["x"], late)
    assert Journal(settings.data).page(None, 10) == [] and not read_pins(settings.data / "pins.json")


def test_of_two_who_note_something_of_a_query_the_second_is_told(settings: Settings) -> None:
    _an(settings).note_query("Sổ đỏ ", "asked", "đã hỏi Sở", 0)
    with pytest.raises(PreconditionError):
        Curator(settings, "binh", "desk").note_query("sổ đỏ", "ignored", "", 0)
    done = read(Journal(settings.data).latest("query")["sổ đỏ"])
    assert (done.state, done.remark, done.change.who) == ("asked", "đã hỏi Sở", "an")
    Curator(settings, "binh", "desk").note_query("sổ đỏ", None, "", done.change.n)
    assert read(Journal(settings.data).latest("query")["sổ đỏ"]).state is None


def test_lines_can_not_be_changed_and_damage_is_found(settings: Settings) -> None:
    for id in "xyz":
        _an(settings).pin("a", [id])
    path = settings.data / FILE_NAME
    with closing(sqlite3.connect(path)) as db:
        for statement in ("DELETE FROM changes", "UPDATE changes SET who = 'khác'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                db.execute(statement)
        assert list(Journal(settings.data).damage()) == []
        db.execute("DROP TRIGGER changes_stay")
        db.execute("DROP TRIGGER changes_remain")
        db.execute("UPDATE changes SET who = 'khác' WHERE n = 1")
        db.execute("DELETE FROM changes WHERE n = 2")
        db.commit()
    assert list(Journal(settings.data).damage()) == ["line 1 is damaged", "lines 2 to 2 are missing"]
