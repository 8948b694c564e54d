"""The site as a search engine of the browser: description and suggestions of OpenSearch 1.1."""

from __future__ import annotations

import json
import textwrap
from xml.etree import ElementTree

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.parameters import read_request
from indexer.suggest.completion import Suggestion
from webui.context.public_url import absolute_url, root_url
from webui.context.service import service
from webui.context.translation import gettext
from webui.presenters import atom, links, rss, words
from webui.presenters.printable import printable

opensearch = flask.Blueprint("opensearch", __name__)
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_MEDIA_TYPE = "application/opensearchdescription+xml"
_SUGGESTIONS_TYPE = "application/x-suggestions+json"
_SUGGESTIONS = "/opensearch/suggestions"
_LONGEST_NAME = 16
"""Maximum length of ``ShortName`` in characters (OpenSearch 1.1)."""
_SUGGESTED = 8
"""Number of suggestions, as in the search box of the pages."""
_TERMS = "q={searchTerms}"


@opensearch.get("/opensearch.xml")
def description() -> BaseResponse:
    """The description that browsers need to search this site."""
    root, name = root_url(), printable(service().settings.site_name)
    document = ElementTree.Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    for tag, text in (
        ("ShortName", textwrap.shorten(name, _LONGEST_NAME, placeholder="") or name[:_LONGEST_NAME]),
        ("Description", gettext("Tìm tin bài, văn bản và tệp đính kèm của các cổng thông tin điện tử")),
        ("Language", "vi"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        ElementTree.SubElement(document, tag).text = text
    image = ElementTree.SubElement(
        document, "Image", {"width": "16", "height": "16", "type": "image/svg+xml"}
    )
    image.text = f"{root}/static/favicon.svg"
    for media_type, path in (
        ("text/html", links.SEARCH),
        (_SUGGESTIONS_TYPE, _SUGGESTIONS),
        (atom.MEDIA_TYPE, links.FEEDS["atom"]),
        (rss.MEDIA_TYPE, links.FEEDS["rss"]),
    ):
        ElementTree.SubElement(document, "Url", {"type": media_type, "template": f"{root}{path}?{_TERMS}"})
    # Browsers look here for a newer description.
    ElementTree.SubElement(
        document,
        "Url",
        {"type": _MEDIA_TYPE, "rel": "self", "template": root + flask.request.path},
    )
    xml = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    response = flask.Response(xml, mimetype=_MEDIA_TYPE)
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(flask.request)


@opensearch.get(_SUGGESTIONS)
def suggestions() -> flask.Response:
    """Four parallel lists: completions of ``q``, what each is, and where it leads."""
    typed = flask.request.args.get("q", "")
    prefix = read_request({"q": [typed]}, strict_names=False).text
    found = service().suggest(prefix, _SUGGESTED)
    # Browsers drop a response that does not begin with exactly what was typed.
    answer = [
        typed,
        [one.text for one in found],
        [words.articles(one.count) for one in found],
        [absolute_url(_leads_to(one)) for one in found],
    ]
    return flask.Response(json.dumps(answer, ensure_ascii=False), mimetype=_SUGGESTIONS_TYPE)


def _leads_to(one: Suggestion) -> str:
    return links.article_url(one.url, title=one.text) if one.url else links.query_url(one.text)
