"""The ticks of a facet as HTML. A page has about a hundred: the constant part of each is cached, its count is not."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from indexer.search.response import FacetValue
from webui.presenters import formats, words
from webui.presenters.marking import breakable

_REMEMBERED = 4096


def ticks_html(
    values: Iterable[FacetValue],
    name: str,
    form: str | None = None,
    counted: Callable[[int], str] = words.articles_word,
) -> Markup:
    """Return list items, each a checkbox ``name`` belonging to ``form``, with the months of a year below it.

    ``counted`` is the word for what the counts refer to.
    """
    return Markup("".join(_tick(value, name, form, counted) for value in values))


def _tick(value: FacetValue, name: str, form: str | None, counted: Callable[[int], str]) -> str:
    box, label = _settled(name, value.value, str(value.label), form)
    inner = ticks_html(value.children, name, form, counted) if value.children else ""
    within = f'<ul class="choices choices-within">{inner}</ul>\n' if inner else ""
    said = f'<span class="unseen"> {escape(counted(value.count))}</span>'
    count = f'<span class="count"><span class="unseen">, </span>{formats.number(value.count)}{said}</span>'
    return f"{box}{' checked' if value.selected else ''}{label}{count}\n</label>\n{within}</li>\n"


@functools.lru_cache(maxsize=_REMEMBERED)
def _settled(name: str, value: str, label: str, form: str | None) -> tuple[str, str]:
    """Return the constant parts before and after the ticked state, up to the count."""
    belongs = f' form="{escape(form)}"' if form else ""
    return (
        f'<li>\n<label class="choice">\n<input type="checkbox" name="{escape(name)}" value="{escape(value)}"{belongs}',
        f'>\n<span class="choice-label">{breakable(label)}</span>\n',
    )
