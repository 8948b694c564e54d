"""The sentences for problems: why a file, or a part of it, was not read, and what to do. Loaded from ``reasons.toml``."""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from indexer.in_words import number_in_words
from indexer.model import Language, Problem

_PAGE = {"en": "page {}: ", "vi": "trang {}: "}


@dataclass(frozen=True, slots=True)
class Reason:
    """The sentences for all problems with one code."""

    en: str
    vi: str
    do_en: str = ""
    """What can be done; empty if nothing helps."""
    do_vi: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """The names of the placeholders in its sentences."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.en + self.vi) if name)


@functools.cache
def reasons() -> Mapping[str, Reason]:
    """Return all reasons by code."""
    text = resources.files("indexer.extract").joinpath("reasons.toml").read_text("utf-8")
    return {code: Reason(**table) for code, table in tomllib.loads(text).items()}


def problem(code: str, page: int | None = None, detail: str = "", **values: int | float | str) -> Problem:
    """Return a problem; raises KeyError for an unknown code, TypeError for values without a placeholder.

    ``detail`` is the message of a library: kept for developers, but shown in no sentence.
    """
    if values.keys() != reasons()[code].fields:
        raise TypeError(f"{code} is filled by {sorted(reasons()[code].fields)}, not by {sorted(values)}")
    if detail:
        values["detail"] = detail[:300]
    return Problem(code, tuple(values.items()), page)


def sentence(problem: Problem, language: Language = "en") -> str:
    """Return what is wrong, without initial capital and full stop; for an unknown code of a later version, the code."""
    page = "" if problem.page is None else _PAGE[language].format(problem.page)
    reason = reasons().get(problem.code)
    if reason is None:
        return page + problem.code
    told = {name: _told(value, language) for name, value in problem.values}
    return page + str(getattr(reason, language)).format_map(_Unknown(told))


def advice(problem: Problem, language: Language = "en") -> str:
    """Return what can be done, in the same form; empty if nothing helps."""
    reason = reasons().get(problem.code)
    return str(getattr(reason, f"do_{language}")) if reason else ""


def sentences(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return what is wrong, in English."""
    return tuple(map(sentence, problems))


def _told(value: float | str, language: Language) -> str:
    if isinstance(value, int):
        return number_in_words(value, language)
    if isinstance(value, float):
        return f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return value


class _Unknown(dict[str, str]):
    """Leaves placeholders open that an older version did not record."""

    def __missing__(self, name: str) -> str:
        return "?"
