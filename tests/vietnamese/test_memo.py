"""What is remembered is bounded, and what comes often is worked out once."""

from indexer.vietnamese.memo import Memo


class _Lengths(Memo[int]):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.asked: list[str] = []

    def made(self, text: str) -> int:
        self.asked.append(text)
        return len(text)


def test_what_comes_often_stays_and_the_rest_is_forgotten() -> None:
    lengths = _Lengths(10)
    for n in range(100):
        assert lengths["ban"] == 3
        assert lengths[str(n)] == len(str(n))
        assert len(lengths) <= 10
    assert lengths.asked.count("ban") == 1
    assert lengths["0"] == 1
    assert lengths.asked.count("0") == 2


def test_long_texts_are_not_remembered() -> None:
    lengths = _Lengths(10)
    assert [lengths["a" * 100], lengths["a" * 100]] == [100, 100]
    assert len(lengths) == 0
    assert len(lengths.asked) == 2
