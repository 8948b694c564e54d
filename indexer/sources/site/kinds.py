"""What kind of page a page is: an article, or a list of them, a form, an error, an empty shell. PURE.

Evidence is weighed, since portals mark their pages carelessly: ``og:type`` says "article" on front pages, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from indexer.html.tree import Element
from indexer.sources.document_values import read_values
from indexer.sources.html_dates import moments_beside
from indexer.sources.html_lines import Line, Tree, text_of
from indexer.sources.html_names import is_kind_of_page, looks_like_site
from indexer.sources.html_own import other_documents, own_lines, related_lines
from indexer.sources.html_rows import Rows, read_rows
from indexer.sources.html_shown import shown_number
from indexer.sources.page import LINKED_NAME
from indexer.sources.site.addresses import is_root, is_search
from indexer.vietnamese.letters import fold

LEAST = 3
"""Weight that makes an article."""
_TEASER = 22
"""Characters of a line that is nothing but a link, to be the title of another page."""
_LONG, _SHORT = 400, 150
"""Characters of running text between two such lines: of an article, of a notice."""
_FEW = 40
"""Characters beside each title of a list: a date, the beginning of its text."""
_SUMMARY = 1200
"""Characters of the longest summary in a list."""
_LIST_CLASS = re.compile(
    r"(?:home|blog|archive|category|tag|search|search-results|error404|author|date|front|page-type-list)|(?:category|tag|term)-\S+"
    r"|post-type-archive\S*",
    re.IGNORECASE,
)
_SINGLE_CLASS = re.compile(r"single(?:-post)?|post-template\S*|node-type-\S+|postid-\d+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w{1,40})"')
_LISTS = ("collectionpage", "searchresultspage", "contactpage", "itemlist", "profilepage", "checkoutpage")
_CONTACT = re.compile(
    r"(?:thong tin |trang )?lien he(?: .{0,60})?|contact(?: us)?|so do (?:cong|trang|website|site)|site ?map|gop y(?: .{0,40})?"
    r"|dang nhap|dang ky|tim kiem.{0,60}|ket qua tim kiem.{0,60}|hoi dap|lich (?:cong tac|lam viec)(?: .{0,40})?"
    r"|thu vien (?:anh|video).{0,40}"
    r"|rss|danh ba.{0,40}|thu tuc hanh chinh|search results.{0,60}"
)
_ERROR = re.compile(
    r"^(?:(?:loi|error|http|ma loi|status)[ :]*)?(?:40[0-9]|50[0-4])(?!\d|[.,]\d)|khong tim thay|khong ton tai"
    r"|da bi xoa|not found|(?:server|runtime|application) error"
    r"|loi (?:he thong|ung dung|may chu|ket noi|truy cap)|access denied"
    r"|forbidden|service (?:temporarily )?unavailable|bao tri|under maintenance|tam ngung"
)
_ERROR_SIZE = 1500
"""Characters of a page's text beyond which a title about an error is that of an article."""
_SHELL = re.compile(r"(?:root|app|__next|__nuxt|q-app|main-app|react-root|svelte|wrapper-app)", re.IGNORECASE)
_SHELL_SIZE = 250
_WANTS_SCRIPT = re.compile(r"javascript", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an article and against it."""

    weight: int
    why_not: str
    """The strongest reason against."""


def robots_of(tree: Tree, header: str) -> set[str]:
    """Return what a page asks of robots (``noindex``, ``nofollow``), by its head or the header ``X-Robots-Tag``."""
    said = {
        part.strip().lower() for text in (tree.meta.get("robots", ""), header) for part in text.split(",")
    }
    return {"noindex", "nofollow"} if "none" in said else said


def is_shell(tree: Tree) -> bool:
    """Tell whether a page has nothing to read until its scripts have run."""
    if sum(len(line.text) for line in tree.lines) > _SHELL_SIZE or not any(
        True for _ in tree.root.iter("script")
    ):
        return False
    for element in tree.root.iter("div", "main", "app-root", "noscript"):
        if element.tag == "noscript":
            if _WANTS_SCRIPT.search(element.text_content()):
                return True
        elif element.tag == "app-root" or (
            _SHELL.fullmatch(element.get("id") or "") and not (element.text_content() or "").strip()
        ):
            return True
    return False


def is_error(tree: Tree) -> bool:
    """Tell whether a page says that there is none, whatever the server's status."""
    headings = (text_of(one) for one in tree.root.iter("h1", "h2") if one.find(".//a") is None)
    titles = [tree.meta.get("title", ""), next(headings, "")]
    if not any(_ERROR.search(fold(title[:200])) for title in titles):
        return False
    return sum(len(line.text) for line in tree.lines if not line.linked) < _ERROR_SIZE


def why_no_article(tree: Tree, address: str) -> str:
    """Return why the page at ``address`` is no article, ``""`` for one that is."""
    if is_root(address):
        return "it is a front page"
    if is_search(address):
        return "it lists search results or the pages of a tag"
    found = weighed(tree)
    return "" if found.weight >= LEAST else found.why_not


def weighed(tree: Tree) -> Evidence:
    """Weigh what a page shows, whatever its address."""
    at = next(iter(tree.title_lines()), None)
    related = related_lines(tree, at)
    own = [n for n in own_lines(tree, related) if n not in related and (at is None or n > at)]
    document = read_rows(tree.lines, own) or Rows()
    values = read_values(document.values)
    number = values.number or shown_number(tree.lines, document)
    described = bool(number and (values.issued or values.particulars.subject or values.type))
    if described:
        others = other_documents(tree, at)
        own = [n for n in own if n not in document.lines and n not in others]
    lines = [tree.lines[n] for n in own if tree.lines[n].text or tree.lines[n].moment]
    title = text_of(tree.title) if tree.title is not None else ""
    teasers = [n for n, line in enumerate(lines) if _is_teaser(line)]
    longest, before = _runs(lines, teasers)
    against: dict[str, int] = {}
    if _is_listed(lines, teasers, longest, before):
        against["it lists other pages"] = 5
    elif teasers and before < _FEW and longest < _SHORT and not _has_documents(lines):
        against["it lists other pages"] = 2
    if marked := _marks_against(tree.root):
        against[marked] = 4
    if described:
        against.clear()
    elif not title:
        against["it has no title"] = 1
    elif _CONTACT.fullmatch(fold(title).strip(" .:!")):
        against["it is a page about the site itself"] = 5
    elif is_kind_of_page(title) or looks_like_site(title) or len(title.split()) < 3:
        against["it lists other pages" if teasers else "its title is not that of an article"] = 2
    weight = _marks_for(tree) + (2 if longest >= _LONG else 1 if longest >= _SHORT else 0)
    weight += 1 if len(_WORD.findall(title)) >= 5 else 0
    weight += 2 if _is_dated(tree, own, at, teasers, lines) else 0
    weight += 2 if _has_documents(lines) else 0
    weight += 4 if described else 0
    weight += 1 if before >= _LONG else 0
    usual = "it lists other pages" if len(teasers) > 1 else "it has too little text"
    reason = max(against, key=lambda one: against[one]) if against else usual
    return Evidence(weight - sum(against.values()), reason)


def _is_teaser(line: Line) -> bool:
    """Whether a line is the title of another page, and the link to it."""
    if len(line.text) < _TEASER or line.linked < 0.8 * len(line.text):
        return False
    return not any(LINKED_NAME.fullmatch(link.name) for link in line.links)


def _runs(lines: Sequence[Line], teasers: Sequence[int]) -> tuple[int, int]:
    """Return the characters of the longest text between two teasers, and of the text before the first."""
    longest = before = size = 0
    stops = set(teasers)
    for n, line in enumerate(lines):
        if n in stops:
            before = before if before or n != teasers[0] else size
            longest, size = max(longest, size), 0
        elif line.linked * 2 < len(line.text) or not line.text:
            size += len(line.text)
    longest = max(longest, size)
    return longest, before if teasers else longest


def _is_listed(lines: Sequence[Line], teasers: Sequence[int], longest: int, before: int) -> bool:
    """Whether the page is a list of others: titles that are links, with little text before the first."""
    if len(teasers) < 3 or before >= _LONG:
        return False
    if before < _SHORT:
        return longest < _SUMMARY
    # A notice above a list of others, or a list with a few words above it: that has a few words for each, too.
    text = sum(len(line.text) for line in lines) - sum(len(lines[n].text) for n in teasers)
    return text - before >= _FEW * len(teasers)


def _is_dated(
    tree: Tree, own: Sequence[int], at: int | None, teasers: Sequence[int], lines: Sequence[Line]
) -> bool:
    """Whether the lines beside the title, before any link to another page, say when it appeared."""
    end = teasers[0] if teasers else len(lines)
    near = list(lines[: min(4, end)])
    if at is not None:
        near += [line for line in tree.lines[max(0, at - 4) : at] if line.text and not line.linked]
    found = moments_beside(near, UTC)
    return found.published is not None or found.updated is not None


def _has_documents(lines: Sequence[Line]) -> bool:
    documents = sum(any(LINKED_NAME.fullmatch(link.name) for link in line.links) for line in lines)
    return 0 < documents <= 20


def _marks_for(tree: Tree) -> int:
    """Return the weight of what the head and the body call the page."""
    meta = tree.meta
    weight = 2 if meta.get("og:type", "").lower() == "article" else 0
    weight += (
        2 if meta.get("article:published_time") or meta.get("datepublished") or meta.get("pubdate") else 0
    )
    kinds = _kinds(tree.root)
    weight += 2 if any(kind.endswith(("article", "posting", "legislation")) for kind in kinds) else 0
    body = next(iter(tree.root.iter("body")), None)
    names = (body.get("class") or "").split() if body is not None else []
    return weight + (2 if any(map(_SINGLE_CLASS.fullmatch, names)) else 0)


def _marks_against(root: Element) -> str:
    """Return why head and body call the page no article, ``""`` where they don't."""
    body = next(iter(root.iter("body")), None)
    names = (body.get("class") or "").split() if body is not None else []
    single = any(map(_SINGLE_CLASS.fullmatch, names))
    if any(map(_LIST_CLASS.fullmatch, names)) and not single:
        return "it lists other pages"
    kinds = _kinds(root)
    articles = any(kind.endswith(("article", "posting")) for kind in kinds)
    return "it lists other pages" if any(kind in _LISTS for kind in kinds) and not articles else ""


def _kinds(root: Element) -> set[str]:
    texts = (e.text or "" for e in root.iter("script") if "ld+json" in (e.get("type") or ""))
    return {kind.lower() for text in texts for kind in _TYPE.findall(text)}
