"""Templates compiled once per language: fixed messages become part of the template instead of a call on every page."""

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
    """Replaces messages that a template prints without parameters, such as ``{{ _("Tìm") }}``, by their text in one language."""

    language: ClassVar[Language]

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, with fixed messages replaced by text."""
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
    # Jinja identifies extensions by name.
    return type(f"Said_{one}", (_Said,), {"language": one})


_SAID = {one: _said_in(one) for one in language.LANGUAGES}


class TemplateLanguages(flask.templating.Environment):
    """Provides the templates in the language of the request; all languages share filters and globals."""

    language: Language | None = None
    """The environment of one language."""

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
        """Return the environment of a language."""
        found = self._of_language.get(one)
        if found is None:
            # Two threads that arrive at once create the same thing.
            found = self.overlay(extensions=[_SAID[one]])
            found.language = one
            self._of_language[one] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: the shared ones, unless it has its own.

        Jinja chains a second mapping over them and walks both in Python for each import on each page.
        """
        return super().make_globals(d) if d else self.globals


def compile_all(app: flask.Flask) -> None:
    """Compile every template of ``app`` in every language, so that no visitor has to wait for it."""
    environment = app.jinja_env
    assert isinstance(environment, TemplateLanguages)
    for name in environment.list_templates():
        for one in language.LANGUAGES:
            environment.of(one).get_template(name)
