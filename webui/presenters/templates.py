"""What templates can call besides the values passed by a view: filters, addresses and words."""

from __future__ import annotations

import hashlib
from pathlib import Path

import flask
import jinja2

from indexer.settings import Settings
from webui.context import language
from webui.presenters import desk_links, desk_words, file_words, formats, links, words
from webui.presenters.comparison import added_html, compare_url, removed_html
from webui.presenters.long_text import paragraph_html, place_id
from webui.presenters.marking import breakable, marked_html
from webui.presenters.moments import local_moment
from webui.presenters.template_languages import TemplateLanguages
from webui.presenters.tick_html import ticks_html


def register(app: flask.Flask, settings: Settings) -> None:
    """Give the templates of ``app`` their filters and globals; undefined names raise errors."""
    app.jinja_environment = TemplateLanguages  # type: ignore[assignment]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters |= {
        "marked": marked_html,
        "paragraph": paragraph_html,
        "removed": removed_html,
        "added": added_html,
        "place_id": place_id,
        "breakable": breakable,
        "ticks": ticks_html,
        "number": formats.number,
        "day": formats.day,
        "moment": formats.moment,
        "local_moment": local_moment,
        "seconds": formats.seconds,
        "file_size": formats.file_size,
        "search_url": links.query_url,
        "number_url": links.number_url,
    }
    app.jinja_env.globals |= {
        "site_name": settings.site_name,
        "site_root": settings.site_url.rstrip("/"),
        "words": words,
        "formats": formats,
        "file_words": file_words,
        "article_url": links.article_url,
        "file_url": links.file_url,
        "page_url": links.page_url,
        "text_url": links.text_url,
        "provision_url": links.provision_url,
        "picture_url": links.picture_url,
        "page_address": links.page_address,
        "mounted": links.mounted,
        "files_url": desk_links.files_url,
        "desk_url": desk_links.desk_url,
        "desk_words": desk_words,
        "pages_url": links.pages_url,
        "directive_url": links.directive_url,
        "citing_url": links.citing_url,
        "key_url": links.key_url,
        "compare_url": compare_url,
        "outside_url": links.outside_url,
        "as_written": language.as_written,
        "other_language": language.other,
        "feed_url": links.feed_url,
        "alert_url": links.alert_url,
        "citing_alert_url": links.citing_alert_url,
        "results_url": links.results_url,
        "picked_url": links.picked_url,
        "static": _Static({path.name: static_path(path) for path in Path(app.static_folder or "").iterdir()}),
    }


class _Static(dict[str, str]):
    """Maps the name of a static file to its address."""

    def path(self, name: str) -> str:
        """Return its path."""
        return super().__getitem__(name)

    def __getitem__(self, name: str) -> str:
        return links.mounted(super().__getitem__(name))


def static_path(path: Path) -> str:
    """Return the path of a static file, which changes with its contents."""
    return f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
