"""Templates compiled once for each language: what they say in it is part of their text, not a call for each page."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any, ClassVar

import flask
from jinja2 import Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from indexer.model import Language
from webui.context import language, translation


class _Said(Extension):
    """Puts the words of one language where a template prints a message and nothing else: ``{{ _("Tìm") }}``."""

    language: ClassVar[Language]

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, those that are settled by the language as text."""
        printed: list[Token] = []
        for token in stream:
            if not printed and token.type != "variable_begin":
                yield token
                continue
            printed.append(token)
            if token.type == "variable_end":
                text = self._text([one.value for one in printed[1:-1]])
                if text is None:
                    yield from printed
                elif text:
                    yield Token(printed[0].lineno, "data", text)
                printed = []

    def _text(self, values: Sequence[Any]) -> str | None:
        match values:
            case ["_", "(", str(message), ")"]:
                return translation.catalog(self.language).gettext(message)
            case ["as_written", "(", ")"]:
                return str(language.written_on(self.language))
            case ["language", "(", ")"]:
                return self.language
        return None


def _said_in(one: Language) -> type[_Said]:
    # Extensions are known by their names.
    return type(f"Said_{one}", (_Said,), {"language": one})


_SAID = {one: _said_in(one) for one in language.LANGUAGES}


class TemplateLanguages(flask.templating.Environment):
    """Hands out the templates of the language of the request; filters and names are the same for all of them."""

    language: Language | None = None
    """Of one language's templates."""

    def __init__(self, app: flask.Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._of_language: dict[Language, TemplateLanguages] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template as Jinja does."""
        if self.language is not None:
            return super().get_template(name, parent, globals)
        return self.of(language.current()).get_template(name, parent, globals)

    def of(self, one: Language) -> TemplateLanguages:
        """Return the templates of a language."""
        found = self._of_language.get(one)
        if found is None:
            # Two that ask at once make the same.
            found = self.overlay(extensions=[_SAID[one]])
            found.language = one
            self._of_language[one] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows: those of all templates, where it has none of its own.

        Jinja lays a second mapping over them, and walks through both in Python for each import of each page.
        """
        return super().make_globals(d) if d else self.globals


def compile_all(app: flask.Flask) -> None:
    """Compile every template of ``app`` in every language, so that no visitor waits for it."""
    environment = app.jinja_env
    assert isinstance(environment, TemplateLanguages)
    for name in environment.list_templates():
        for one in language.LANGUAGES:
            environment.of(one).get_template(name)
