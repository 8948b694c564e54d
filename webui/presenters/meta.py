"""What the head of a page tells search engines, and programs that show a link to it. Pure.

Canonical addresses are claimed under ``site_url`` only: the host of a request may be whatever a proxy or a client wrote, and a
wrong claim takes a site out of the results of search engines.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from indexer.model import Language
from webui.context.language import DEFAULT, LANGUAGES, current, stated
from webui.presenters import links

LONGEST_DESCRIPTION = 160
"""Characters that results of search engines have room for."""
_LOCALES: Mapping[Language, str] = {"vi": "vi_VN", "en": "en_US"}
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element that holds the data, or is no text of a script."""


@dataclass(frozen=True, slots=True)
class Meta:
    """One page; ``path`` and ``asked`` are its own address without the language."""

    path: str
    description: str = ""
    asked: Sequence[tuple[str, str]] = ()
    kind: Literal["website", "article"] = "website"
    data: tuple[Mapping[str, Any], ...] = ()
    """Things of schema.org that the page is about."""
    published: str | None = None

    def url(self, root: str, language: Language) -> str:
        """Return its address in ``language``: the plain one is Vietnamese, as the articles are."""
        asked = [*self.asked, *([("lang", language)] if language != DEFAULT else [])]
        return f"{root}{self.path}" + (f"?{links.query_string(asked)}" if asked else "")

    def canonical(self, root: str) -> str:
        """Return the one address of all that show this page in the language that the request states.

        Where it states none that is the plain one, in whatever language the browser has asked for it.
        """
        return self.url(root, stated() or DEFAULT)

    def alternates(self, root: str) -> list[tuple[str, str]]:
        """Return the languages it is there in, and which it has where nobody asks for one, with their addresses."""
        return [
            *((language, self.url(root, language)) for language in LANGUAGES),
            ("x-default", self.url(root, DEFAULT)),
        ]

    @property
    def locale(self) -> str:
        """The language of the page as Open Graph names it."""
        return _LOCALES[current()]

    @property
    def json_ld(self) -> Markup:
        """What it is about as JSON-LD, to stand in an element ``script``; nothing where that is not told."""
        if not self.data:
            return Markup()
        document = {"@context": "https://schema.org", "@graph": list(self.data)}
        return Markup(json.dumps(document, ensure_ascii=False).translate(_UNSAFE))


def shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    """Return ``text`` as one line of at most ``most`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: line.rfind(" ", 1, most) if " " in line[1:most] else most - 1].rstrip(" ,;:.–-") + "…"
