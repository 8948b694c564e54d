"""Metadata in the head of a page, for search engines and for programs that preview links. Pure.

Canonical addresses are given only if ``site_url`` is set. The host of a request may be anything that a proxy or a client sends,
and a wrong canonical address removes a site from search engines.
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
"""Characters of a description that search engines show."""
_LOCALES: Mapping[Language, str] = {"vi": "vi_VN", "en": "en_US"}
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""Characters that could end the element with the data, or that scripts do not allow."""


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata of a page; ``path`` and ``asked`` are its address without the language."""

    path: str
    description: str = ""
    asked: Sequence[tuple[str, str]] = ()
    kind: Literal["website", "article"] = "website"
    data: tuple[Mapping[str, Any], ...] = ()
    """The schema.org objects that the page describes."""
    published: str | None = None

    def url(self, root: str, language: Language) -> str:
        """Return the address in ``language``: without ``lang`` it is Vietnamese, like the articles."""
        asked = [*self.asked, *([("lang", language)] if language != DEFAULT else [])]
        return f"{root}{self.path}" + (f"?{links.query_string(asked)}" if asked else "")

    def canonical(self, root: str) -> str:
        """Return the canonical address of this page in the language stated by the request.

        If none is stated, this is the plain address, whatever language the browser prefers.
        """
        return self.url(root, stated() or DEFAULT)

    def alternates(self, root: str) -> list[tuple[str, str]]:
        """Return the addresses of the page in each language, and of its default version."""
        return [
            *((language, self.url(root, language)) for language in LANGUAGES),
            ("x-default", self.url(root, DEFAULT)),
        ]

    @property
    def locale(self) -> str:
        """The language of the page in Open Graph notation."""
        return _LOCALES[current()]

    @property
    def json_ld(self) -> Markup:
        """The data as JSON-LD for a ``script`` element; empty if there is none."""
        if not self.data:
            return Markup()
        document = {"@context": "https://schema.org", "@graph": list(self.data)}
        return Markup(json.dumps(document, ensure_ascii=False).translate(_UNSAFE))


def shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    """Return ``text`` as a single line of at most ``most`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: line.rfind(" ", 1, most) if " " in line[1:most] else most - 1].rstrip(" ,;:.–-") + "…"
