"""What mails say, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.alerts.rhythm import Rhythm
from indexer.in_words import number_in_words
from indexer.model import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; names in braces are filled in."""

    language: Language
    one: str
    several: str
    """``{n}`` new articles."""
    subject: str
    confirm_subject: str
    confirm: str
    confirm_button: str
    confirm_ignore: str
    rhythms: Mapping[Rhythm, str]
    intro: str
    more: str
    all: str
    why: str
    leave: str
    untitled: str
    in_file: str
    page: str

    def articles(self, n: int) -> str:
        """Return ``n`` new articles in words."""
        return (self.one if n == 1 else self.several).format(n=number_in_words(n, self.language))


WORDING: Mapping[Language, Wording] = {
    "vi": Wording(
        language="vi",
        one="1 bài mới",
        several="{n} bài mới",
        subject="{search}: {articles}",
        confirm_subject="Xác nhận nhận tin: {search}",
        confirm="Địa chỉ này vừa được dùng để đăng ký nhận tin {rhythm} trên {site} khi có bài mới cho nội dung tìm: {search}",
        confirm_button="Xác nhận nhận tin",
        confirm_ignore="Nếu bạn không đăng ký, hãy bỏ qua thư này: sẽ không có thư nào gửi tới và địa chỉ được xóa sau 2 ngày.",
        rhythms={"daily": "hằng ngày", "weekly": "hằng tuần", "now": "ngay"},
        intro="{articles} trên {site} cho nội dung tìm: {search}",
        more="Còn {articles} khác.",
        all="Xem tất cả kết quả",
        why="Bạn nhận thư này vì đã đăng ký nhận tin {rhythm} trên {site}.",
        leave="Thôi nhận tin này",
        untitled="Bài viết không có tiêu đề",
        in_file="Trong tệp {name}",
        page="trang {page}",
    ),
    "en": Wording(
        language="en",
        one="1 new article",
        several="{n} new articles",
        subject="{search}: {articles}",
        confirm_subject="Confirm your alert: {search}",
        confirm="Somebody asked {site} to send {rhythm} e-mails to this address when there are new articles for: {search}",
        confirm_button="Confirm the alert",
        confirm_ignore="If this was not you, do nothing: no e-mails will be sent, and the address will be deleted after 2 days.",
        rhythms={"daily": "daily", "weekly": "weekly", "now": "immediate"},
        intro="{articles} on {site} for: {search}",
        more="And {articles} more.",
        all="See all results",
        why="You receive this e-mail because you asked {site} for {rhythm} e-mails.",
        leave="Stop this alert",
        untitled="Article without a title",
        in_file="In the file {name}",
        page="page {page}",
    ),
}
