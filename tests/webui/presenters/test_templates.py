"""What templates have at hand."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from webui.context.language import LANGUAGES
from webui.presenters.template_languages import TemplateLanguages, compile_all


def test_static_files_have_addresses_that_change_with_them(client: FlaskClient) -> None:
    page = client.get("/").text
    url = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = client.get(url)
    assert (
        "?v=" in url
        and response.status_code == 200
        and "max-age=31536000" in response.headers["Cache-Control"]
    )
    assert "no-cache" in client.get("/").headers["Cache-Control"]


def test_a_message_that_stands_by_itself_is_not_looked_up_for_a_page(client: FlaskClient) -> None:
    names: dict[str, Any] = client.application.jinja_env.globals
    looked_up = names["_"]
    asked: list[str] = []

    def noted(text: str, /, **values: object) -> object:
        asked.append(text)
        return looked_up(text, **values)

    names["_"] = noted
    for language, says in (("vi", "Chuyển tới nội dung chính"), ("en", "Skip to main content")):
        assert says in client.get(f"/search?lang={language}").text
    assert asked
    assert "Chuyển tới nội dung chính" not in asked


def test_each_language_has_templates_of_its_own(client: FlaskClient) -> None:
    compile_all(client.application)
    environment = client.application.jinja_env
    assert isinstance(environment, TemplateLanguages)
    one, other = (environment.of(language) for language in LANGUAGES)
    assert one.get_template("base.html") is not other.get_template("base.html")
    assert one.get_template("base.html") is one.get_template("base.html")
    assert one.filters is other.filters
