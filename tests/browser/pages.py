"""Every kind of page there is, in one place: tests and screenshots go through this list."""

from __future__ import annotations

import functools
import json
import urllib.request
from dataclasses import dataclass, replace
from urllib.parse import quote

from tests.thoroughness import ALL


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page. ``{name}`` in its path stands for the address of an article of ``ARTICLES``, ``{name.id}`` for its id."""

    name: str
    path: str
    status: int = 200


ARTICLES = {
    "plan": "Lam Giang ban hành Kế hoạch chuyển đổi số giai đoạn 2023 - 2025",
    "scanned": "Sửa chữa mặt cầu Bến Nguyệt: chỉ thi công ban đêm",
    "directive": "Chỉ thị của Chủ tịch UBND thành phố về siết chặt kỷ luật",
}
"""Articles by the beginnings of their titles: one with a PDF, one with a scan, one with a PDF of several pages."""

_VIETNAMESE = (
    Kind("home", "/"),
    Kind("results", "/search?q=ke+hoach"),
    Kind(
        "results-filtered",
        "/search?q=ke+hoach&source=lamgiang.example&source=Báo+Lam+Giang&date=2024&in=body&sort=newest",
    ),
    Kind("results-number", "/search?q=15/CT-UBND"),
    Kind("results-few", "/search?q=sửa+chữa+cầu+Bến+Nguyệt"),
    Kind("results-none", "/search?q=xyzxyz&source=lamgiang.example"),
    Kind("values", "/search/values/source?q=ke+hoach"),
    Kind("article", "{plan}?q=ke+hoach"),
    Kind("article-plain", "{scanned}"),
    Kind("page-pdf", "{directive}/files/0/pages/2?q=lễ+hội"),
    Kind("page-scan", "{scanned}/files/0/pages/1?q=đò+Cẩm+Trúc"),
    Kind("file-text", "{directive}/files/0/text?q=lễ+hội"),
    Kind("directive", "/directives/74-kh-ubnd"),
    Kind("directive-of-several", "/directives/38-ct-tw"),
    Kind("directives", "/directives"),
    Kind("directives-filtered", "/directives?scope=all&q=ubnd&type=Kế+hoạch&sort=cited"),
    Kind("compare", "/compare?a={plan}&b={directive}/files/0/text"),
    Kind("compare-choose", "/compare?a=74/KH-UBND"),
    Kind("picked", "/list?id={plan.id}&id={directive.id}"),
    Kind("help", "/help"),
    Kind("api", "/api/v1/docs"),
    Kind("embed", "/embed"),
    Kind("alert", "/alerts?q=ke+hoach+chuyen+doi+so&type=Kế+hoạch&source=sotttt.lamgiang.example"),
    Kind("alert-asked", "/alerts/asked"),
    Kind("alert-over", "/alerts/leave?token=khong-con", 404),
    Kind("not-found", "/articles/khong-co", 404),
    Kind("bad-request", "/search?q=ke+hoach&page=0&date=x", 400),
)
_ENGLISH = tuple(
    replace(kind, name=f"{kind.name}-en", path=f"{kind.path}{'&' if '?' in kind.path else '?'}lang=en")
    for kind in _VIETNAMESE
)
EVERY_KIND = _VIETNAMESE + _ENGLISH
KINDS = EVERY_KIND if ALL else _VIETNAMESE + _ENGLISH[:2]
"""The kinds that tests go through."""

_AS_THEY_ARE = "/?&=+:;,~%-._#"
"""Characters of an address kept as they are; all others are encoded, as a browser does."""


@dataclass(frozen=True)
class Site:
    """The pages at ``origin``."""

    origin: str

    def url(self, path: str) -> str:
        """Return the address of ``path``, with names of articles replaced by their addresses."""
        for name in ARTICLES:
            if f"{{{name}.id}}" in path:
                path = path.replace(f"{{{name}.id}}", self.article(name).rpartition("/")[2])
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", self.article(name))
        return self.origin + quote(path, safe=_AS_THEY_ARE)

    @functools.cache  # noqa: B019 - there is one site
    def article(self, name: str) -> str:
        """Return the path of an article of ``ARTICLES``."""
        title = ARTICLES[name]
        asked = f"{self.origin}/api/v1/search?q={quote(title)}"
        with urllib.request.urlopen(asked, timeout=30) as response:
            hits = json.load(response)["hits"]
        (found,) = (str(hit["url"]) for hit in hits if hit["title"]["text"].startswith(title))
        return found
