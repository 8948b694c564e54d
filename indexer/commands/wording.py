"""The words that commands print around results, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.in_words import number_in_words
from indexer.model import FileState, Language
from indexer.search.labels import relation_label, status_label


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases in one language; names in braces are placeholders."""

    language: Language
    result: str
    results: str
    close: str
    some: str
    page: str
    number: str
    cites: str
    attachment: str
    status: str
    text: str
    citing_article: str
    citing_articles: str
    similar: str
    copy: str
    cites_it: str
    cited_by_it: str
    dated: str
    part: str
    by: str
    file_states: Mapping[FileState, str]

    def found(self, total: int, took_ms: float) -> str:
        """Return the number of results and the duration of the search in milliseconds."""
        said = self.result if total == 1 else self.results
        shown = f"{took_ms:g}" if self.language == "en" else f"{took_ms:g}".replace(".", ",")
        return f"{said.format(n=self.count(total))}, {shown} ms"

    def cited_by(self, articles: int) -> str:
        """Return the number of articles that cite a document."""
        said = self.citing_article if articles == 1 else self.citing_articles
        return said.format(n=self.count(articles))

    def count(self, number: int) -> str:
        """Return ``number`` with separators between thousands."""
        return number_in_words(number, self.language)

    def relation(self, name: str) -> str:
        """Return the label of the relation ``name``."""
        return relation_label(name, self.language)

    def legal_status(self, status: str) -> str:
        """Return the label of a legal status."""
        return status_label(status, self.language)


_VIETNAMESE = Wording(
    language="vi",
    result="{n} kết quả", results="{n} kết quả",
    close="Có đủ các chữ đã gõ, nhưng khác dấu hoặc không liền nhau",
    some="Chỉ chứa một số từ đã gõ",
    page="trang {n}",
    number="Số, ký hiệu", cites="Viện dẫn", attachment="Tệp đính kèm", status="Hiệu lực", text="Văn bản",
    citing_article="{n} bài viện dẫn", citing_articles="{n} bài viện dẫn",
    similar="Gần giống", copy="cũng đăng trên",
    cites_it="viện dẫn bài này", cited_by_it="được bài này viện dẫn",
    dated="ngày {day}", part="một phần", by="bởi {document}",
    file_states={
        FileState.TEXT: "có chữ", FileState.OCR: "bản quét đã nhận dạng", FileState.PARTIAL: "đọc được một phần",
        FileState.EMPTY: "không có chữ", FileState.PROTECTED: "có mật khẩu", FileState.FAILED: "không đọc được",
        FileState.PENDING: "đang chờ đọc", FileState.MISSING: "không có ở đây",
    },
)  # fmt: skip
_ENGLISH = Wording(
    language="en",
    result="{n} result", results="{n} results",
    close="All the syllables typed, but with other accents or apart",
    some="Only some of the words typed",
    page="page {n}",
    number="Number", cites="Cites", attachment="Attachment", status="Legal status", text="Text",
    citing_article="Cited by {n} article", citing_articles="Cited by {n} articles",
    similar="Similar", copy="also published by",
    cites_it="cites this article", cited_by_it="cited by this article",
    dated="of {day}", part="in part", by="by {document}",
    file_states={
        FileState.TEXT: "has text", FileState.OCR: "scan, read by OCR", FileState.PARTIAL: "read in part",
        FileState.EMPTY: "no text", FileState.PROTECTED: "password-protected", FileState.FAILED: "unreadable",
        FileState.PENDING: "waiting to be read", FileState.MISSING: "missing here",
    },
)  # fmt: skip
WORDINGS: Mapping[Language, Wording] = {"vi": _VIETNAMESE, "en": _ENGLISH}
