"""Articles and requests that try to run scripts: in every stored and every typed field, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page

from indexer.model import Article, Attachment, RelatedItem
from indexer.search.pins import pin
from indexer.settings import Settings
from tests.browser.serving import serving
from tests.browser.watching import Watch
from tests.collection import index
from tests.extract.documents import pdf
from tests.thoroughness import ALL

PAYLOADS = (
    "<script>hit(1)</script>",
    "<img src=x onerror=hit(1)>",
    '"><svg/onload=hit(1)>',
    "'\"--></style></script><script>hit(1)</script>",
    "' onmouseover='hit(1)' autofocus onfocus='hit(1)",
    "javascript:hit(1)//",
    "data:text/html,<script>hit(1)</script>",
    "{{constructor.constructor('hit(1)')()}}",
    "${hit(1)}",
    "<iframe srcdoc='<script>parent.hit(1)</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=hit(1)>",
    '<noscript><p title="</noscript><img src=x onerror=hit(1)>">',
    '<a href="java&#10;script:hit(1)">x</a>',
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "]]><script>hit(1)</script>",
    "\\u003cscript\\u003ehit(1)\\u003c/script\\u003e",
    "\u2028hit(1)\u2029</title><script>hit(1)</script>",
    "<mark onclick=hit(1)>bẫy</mark>",
    "%3Cscript%3Ehit(1)%3C/script%3E",
)
"""Each calls ``hit`` where it gets to run."""
_WORD = "bẫy"
"""Every article has it, so that one search shows them."""


def _article(number: int, payload: str) -> Article:
    text = f"{_WORD} {payload} kế hoạch"
    url = payload if ":" in payload else f"https://portal.example/{payload}"
    return Article(
        f"{number}{payload}",
        f"{payload} {_WORD}",
        f"{text}. Căn cứ Quyết định số 1{number}/QĐ-UBND {payload}.",
        summary=text,
        sources=(payload,),
        category=payload,
        url=url,
        number=f"{number}/KH-UBND {payload}",
        type=payload,
        issuer=payload,
        related=(RelatedItem(payload, payload),),
        extra={payload: payload},
        attachments=(
            Attachment(f"{payload}.txt", payload, content=text.encode()),
            Attachment(f"{payload}.html", "text/html", content=f"<p>{_WORD}</p>{payload}".encode()),
            Attachment("a.pdf", content=pdf(f"bay {payload.encode('ascii', 'replace').decode()} ke hoach")),
        ),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("hostile"), ocr=False)
    articles = [_article(number, payload) for number, payload in enumerate(PAYLOADS)]
    index(settings, articles)
    pin(settings.data, _WORD, [articles[0].id, articles[3].id])
    return settings


@contextmanager
def opened(browser: Browser, origin: str, **options: Any) -> Iterator[Page]:
    """Open a page whose scripts say so when they run; nothing may have run, nor been refused, nor asked of others."""
    context = browser.new_context(locale="vi-VN", base_url=origin, **options)
    context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
    page = context.new_page()
    page.set_default_timeout(10_000)
    watch, dialogs = Watch(page, [origin]), list[str]()

    def asked(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    try:
        yield page
    finally:
        complaints = watch.complaints
        context.close()
    assert complaints == [] and dialogs == []


def harmless(page: Page, path: str) -> None:
    """Open ``path``, touch everything on it, and assert that nothing ran."""
    page.goto(path, wait_until="load")
    page.evaluate(
        """() => { for (const one of document.querySelectorAll('*')) {
            one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
            if (one.focus) one.focus();
        } }"""
    )
    assert page.evaluate("window.hits") == 0, path
    # Links that scripts would hide in, and elements that nobody here writes.
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('[href], [src], [action], [formaction]')]
            .flatMap(one => ['href', 'src', 'action', 'formaction'].map(name => one.getAttribute(name) || ''))
            .filter(value => /^[\\s\\u0000-\\u001f]*(javascript|vbscript|data:text)/i.test(value))"""
        )
        == []
    ), path
    assert (
        page.evaluate(
            "document.querySelectorAll('iframe, base, object, embed, math, meta[http-equiv]').length"
        )
        == 0
    ), path


@pytest.fixture(scope="module")
def origin(browser: Browser, hostile: Settings) -> Iterator[str]:
    with serving(hostile) as origin:
        yield origin


def test_nothing_that_is_stored_runs(browser: Browser, origin: str, hostile: Settings) -> None:
    with opened(browser, origin) as page:
        for path in (
            "/",
            f"/search?q={quote(_WORD)}&size=50",
            f"/search?q={quote(_WORD)}&size=50&lang=en",
            "/search?q=xyzxyz",
            *(f"/search/values/{facet}" for facet in ("source", "category", "type", "issuer", "file_type")),
            "/directives",
            "/directives?scope=all&size=100",
            "/directives/1-kh-ubnd",
            "/directives/11-qd-ubnd",
            "/embed",
        ):
            harmless(page, path)
        # The desk shows them to staff, and what was typed.
        page.set_extra_http_headers({"X-Staff": PAYLOADS[0].encode().decode("latin-1")})
        for path in (
            "/staff/files?state=text",
            f"/staff/pins?q={quote(_WORD)}",
            f"/staff/lexicon?form={quote(PAYLOADS[0])}",
        ):
            harmless(page, path)
        page.set_extra_http_headers({})
        page.goto(f"/search?q={quote(_WORD)}&size=50")
        links = page.eval_on_selector_all(
            "main h2 a, main h3 a", "all => all.map(one => one.getAttribute('href'))"
        )
        slugs = sorted({link.partition("?")[0] for link in links})
        assert len(slugs) >= len(PAYLOADS) / 2
        for slug in slugs if ALL else slugs[::3]:
            harmless(page, f"{slug}?q={quote(_WORD)}")
            harmless(page, f"{slug}/files/0/pages?q={quote(_WORD)}")
            harmless(page, f"{slug}/files/2/pages/1?q=bay")
        harmless(page, f"/compare?a={slugs[0]}&b={slugs[-1]}&all=1")
        harmless(page, f"/compare?a={slugs[0]}")


def test_nothing_that_is_typed_runs(browser: Browser, origin: str) -> None:
    with opened(browser, origin) as page:
        for payload in PAYLOADS if ALL else PAYLOADS[::3]:
            said = quote(payload, safe="")
            for path in (
                f"/search?q={said}",
                f"/search?q={quote(_WORD)}&source={said}&category={said}&type={said}&issuer={said}",
                f"/search?q={said}&date={said}&sort={said}&page={said}&in={said}&{said}={said}&lang={said}",
                f"/search/values/source?q={said}&starts={said}",
                f"/directives?missing={said}",
                f"/directives?q={said}&type={said}&issuer={said}",
                f"/compare?a={said}&b={said}",
            ):
                harmless(page, path)
        for payload in PAYLOADS[:4]:
            said = quote(payload, safe="")
            for path in (f"/articles/{said}", f"/directives/{said}", f"/{said}"):
                harmless(page, path)


def test_nothing_runs_while_typing(browser: Browser, origin: str) -> None:
    with opened(browser, origin) as page:
        page.goto("/")
        box = page.get_by_role("combobox").first
        for typed in (*PAYLOADS[:6], "javascript", "data", "hit", "scr"):
            box.fill("")
            box.press_sequentially(typed[:40])
            page.wait_for_timeout(120)
            assert page.evaluate("window.hits") == 0
        page.get_by_role("option").first.wait_for()
        assert "(1)" in (page.get_by_role("option").first.text_content() or "")
        box.press("ArrowDown")
        box.press("Enter")
        page.wait_for_load_state()
        assert page.evaluate("window.hits") == 0


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/search?q={said}",
        "/api/v1/suggest?q={said}",
        "/opensearch/suggestions?q={said}",
        "/search.json?q={said}",
        "/feed?q={said}",
        "/api/v1/articles/{said}",
    ],
)
def test_data_is_never_taken_for_a_page(browser: Browser, origin: str, path: str) -> None:
    with opened(browser, origin, accept_downloads=True) as page:
        for payload in PAYLOADS[:4]:
            answer = page.request.get(path.replace("{said}", quote(payload, safe="")))
            assert "text/html" not in answer.headers["content-type"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
