"""Words on a page that name its site or a kind of page rather than the article. PURE."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.sources.page_dates import is_only_day
from indexer.vietnamese.letters import CAPITALS, fold

_DIVIDER = re.compile(r"\s+(?:[|–—»:-]|::)\s+|\s*\|\s*")
_SITE = re.compile(
    r"(?:cong|trang)(?: thong tin| tin)?(?: dien tu| ttdt| tt dt| giao tiep dien tu| thanh phan)"
    r"|(?:cong|trang) (?:thong tin|ttdt|tt dt|web)\b"
    r"|website\b|cong dich vu cong|he thong van ban|he thong thong tin van ban|co so du lieu|csdl\b|trang chu\b|home\b|bao dien tu"
    r"|vbpl\b|van ban phap luat (?:tinh|thanh pho|viet nam)|uy ban nhan dan (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)"
    r"|(?:ubnd|hdnd|hoi dong nhan dan) (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)|welcome\b|untitled|index\b"
)
_BODY = re.compile(
    rf"(?:Sở|Phòng|Ban|Bộ|Cục|Chi cục|Tổng cục|Vụ|Hội|Liên đoàn|Đoàn|Viện|Báo|Đài|Tạp chí|Thanh tra|Mặt trận|Trung tâm|Bệnh viện"
    rf"|Học viện|Đảng bộ|Đảng ủy|Xã|Phường|Huyện|Tỉnh|Trường) [{CAPITALS}].*"
    r"|(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Huyện ủy|Tỉnh ủy|Thành ủy|Quận ủy|Đảng ủy|Công an|Tòa án|Viện kiểm sát"
    r"|Trường (?:tiểu học|mầm non|đại học|cao đẳng|trung cấp)) .*"
)
"""Names of bodies as written: "Sở Y tế"; "Bộ luật" and "Phòng chống" continue in small letters."""
_DASH_IN_NAME = re.compile(
    r"(?<=Phát thanh) [-–] (?=Truyền hình)|(?<=Lao động) [-–] (?=Thương binh)|(?<=Tài chính) [-–] (?=Kế hoạch)"
    r"|(?<=Văn hóa) [-–] (?=Xã hội|Thông tin)|(?<=Quy hoạch) [-–] (?=Kiến trúc)|(?<=Mẫu giáo) [-–] (?=\w)"
)
_ANY_PORTAL = re.compile(r"(?:cong|trang)(?: thong tin| tin)?(?: dien tu)?|website|trang chu|home|trang web")
_NEAR = 8
"""Number of lines below a title in which to look for the subject of its document."""
_SUBJECT_SIZE = range(25, 500)
"""Maximum length of a subject in characters."""
_SITE_WORDS = 14
"""Maximum number of words in the name of a site: "Trang thông tin điện tử Sở Giáo dục và Đào tạo tỉnh Lam Giang" has 13."""
_IMPRINT = re.compile(
    r"giay phep (?:so|hoat dong|thiet lap|xuat ban)|ban quyen (?:thuoc|cua)|^(?:©|copyright)|ghi ro nguon|giu ban quyen"
    r"|^nguoi chiu trach nhiem|^dia chi ?:.*(?:dien thoai|e-?mail|chiu trach nhiem)"
    r"|chiu trach nhiem (?:chinh|noi dung|xuat ban)|^co quan chu quan|so luot truy cap|tong (?:so )?(?:luot )?truy cap"
)
_KIND = re.compile(
    r"(?:xem |thong tin )?chi tiet(?: (?:van ban(?: phap luat| phap quy)?|tin|tin tuc|tin bai|bai viet|bai|noi dung|thong bao))?"
    r"|(?:he thong |danh sach |danh muc |tra cuu |tim kiem |thu vien |xem |noi dung |thong tin |toan van |thuoc tinh )?van ban"
    r"(?: (?:phap luat|phap quy|quy pham phap luat|qppl|moi|moi ban hanh|chi dao dieu hanh|chi dao|dieu hanh|hanh chinh|cua tinh))*"
    r"|thong tin(?: chi tiet| chung| van ban)?|noi dung(?: chi tiet| toan van)?|thuoc tinh|toan van|tom tat|luoc do|lich su"
    r"|tin tuc(?: - su kien| su kien)?|tin (?:noi bat|moi|khac|hoat dong)|trang chu|home|trang nhat|menu|tim kiem|lien he|dang nhap"
    r"|gioi thieu|chuyen muc|danh muc|bai viet|tai lieu|article|document|details?|page title|title|untitled(?: document)?|\W*"
)


def is_kind_of_page(text: str) -> bool:
    """Return whether ``text`` names a kind of page ("Chi tiết văn bản"), which is never the title of an article."""
    return _KIND.fullmatch(fold(text).strip(" .:»-")) is not None


def is_imprint(text: str) -> bool:
    """Return whether ``text`` is a line of the imprint at the end of a page."""
    return _IMPRINT.search(fold(text[:300])) is not None


def looks_like_site(text: str) -> bool:
    """Return whether ``text`` begins like the name of a portal; so may an article about one."""
    folded = fold(text).strip()
    return _SITE.match(folded) is not None and len(folded.split()) <= _SITE_WORDS


def names_body(text: str) -> bool:
    """Return whether ``text`` is the name of a body with a site: "Sở Nội vụ Lam Giang", "Huyện ủy Vân Sơn"."""
    return len(text.split()) <= _SITE_WORDS and _BODY.fullmatch(text.strip()) is not None


def is_any_portal(text: str) -> bool:
    """Return whether ``text`` is a generic name of portals that does not tell whose portal it is."""
    return _ANY_PORTAL.fullmatch(fold(text).strip()) is not None


def site_names(meta: Mapping[str, str]) -> list[str]:
    """Return the names of the site in the head of a page: ``og:site_name``, otherwise a part of ``<title>``."""
    given = meta.get("og:site_name") or meta.get("application-name")
    parts = title_parts(meta)
    names = [given] if given else []
    like = [part for part in parts if looks_like_site(part)]
    # Articles may be about portals: if all parts look like names of sites, the last one is.
    names += like[-1:] if len(like) == len(parts) else like
    if not names and len(parts) > 1:
        names.append(parts[0] if names_body(parts[0]) and not names_body(parts[-1]) else parts[-1])
    return names


def title_parts(meta: Mapping[str, str]) -> list[str]:
    """Return the parts of ``<title>`` between bars and dashes."""
    title = _DASH_IN_NAME.sub(" \u2010 ", meta.get("title", ""))
    return [part.replace("\u2010", "-") for part in map(str.strip, _DIVIDER.split(title)) if part]


def names_of_article(meta: Mapping[str, str]) -> list[str]:
    """Return the names of the article in the head of a page, most reliable first, without names of sites and kinds of pages."""
    sites = {fold(name) for name in site_names(meta)}
    own = [part for part in title_parts(meta) if fold(part) not in sites]
    given = [
        meta.get(name, "")
        for name in ("citation_title", "headline", "og:title", "twitter:title", "dc.title", "dcterms.title")
    ]
    for n, text in enumerate(given):
        # Portals add their name after the title here, too.
        parts = _DIVIDER.split(text)
        if len(parts) > 1 and (fold(parts[-1].strip()) in sites or looks_like_site(parts[-1])):
            given[n] = text[: text.rindex(parts[-1])].rstrip(" |–—»:-")
    names = [*given, " - ".join(own)]
    return [
        name
        for name in dict.fromkeys(map(str.strip, names))
        if name and not is_kind_of_page(name) and fold(name) not in sites
    ]


def subject_below(texts: Sequence[str], number: str) -> str:
    """Return which of the ``texts`` below a title states the subject, if the title is only a document's number; otherwise empty."""
    near = (text for text in texts[:_NEAR] if number not in text and not text.isupper())
    return next((text for text in near if len(text) in _SUBJECT_SIZE and not is_only_day(text)), "").rstrip(
        " .;"
    )
