"""A paragraph as HTML, with its marks and links; the number of a clause links to its own address."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from indexer.search.long_text import Paragraph
from webui.presenters.links import provision_url
from webui.presenters.marking import linked_html

_NUMBER = re.compile(r"(?:Khoản )?\d{1,3}[a-zđ]?\s?[.)/:–-]")


def paragraph_html(paragraph: Paragraph) -> Markup:
    """Return ``paragraph`` as HTML, with mentions of provisions linked to them."""
    links = [
        (one.start, one.end, Markup(f'<a href="{escape(provision_url(one.address))}">'))
        for one in paragraph.links
    ]
    if paragraph.provision and paragraph.provision.kind == "clause":
        number = _NUMBER.match(paragraph.text.text)
        if number:
            # Not a tab stop: a law has hundreds, and the heading of its article has an address.
            tag = Markup(f'<a class="clause" tabindex="-1" href="#{escape(paragraph.provision.anchor)}">')
            links.insert(0, (0, number.end(), tag))
    return linked_html(paragraph.text, links)


def place_id(paragraph: Paragraph) -> Markup:
    """Return the ``id`` attribute of a paragraph with a leading blank: of its provision, or of the place that begins with it."""
    anchor = (
        paragraph.provision.anchor
        if paragraph.provision
        else f"cho-{paragraph.place}"
        if paragraph.place
        else ""
    )
    return Markup(f' id="{escape(anchor)}"') if anchor else Markup("")
