"""The phrases of one article: in or out, as hashes."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from indexer.suggest.once import SCHEMA, Once

TEXTS = st.sets(st.sampled_from([f"cụm từ {n}" for n in range(40)]))


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_it_holds_what_a_set_holds(changes: list[tuple[set[str], set[str]]]) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    once, held = Once(db), set[str]()
    for out, into in changes:
        once.change(out, into)
        held = (held - out) | into
        assert once.holds(f"cụm từ {n}" for n in range(40)) == held
    once.change(held, [])
    assert db.execute("SELECT count(*) FROM once").fetchone() == (0,)


def test_texts_of_one_group_stand_in_one_row_in_order() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    texts = [f"cụm {n}" for n in range(9_000)]
    Once(db).change([], texts)
    other = sqlite3.connect(":memory:")
    other.executescript(SCHEMA)
    Once(other).change([], texts[5_000:])
    Once(other).change([], texts[:5_000])
    rows = db.execute("SELECT * FROM once").fetchall()
    assert len(rows) < 4_096
    assert sum(len(hashes) for _, hashes in rows) == 5 * len(texts)
    assert rows == other.execute("SELECT * FROM once").fetchall()
