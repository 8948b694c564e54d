"""Vietnamese words and number forms of the interface that are not in a template."""

from __future__ import annotations

from markupsafe import Markup

from indexer.directives.citations import CHANGES
from indexer.extract.archives import ARCHIVES
from indexer.model import FileState, SignatureStatus, StoredFile
from indexer.page_view import PICTURED

FACET_TITLES = {
    "date": "Ngày đăng", "source": "Nguồn tin", "category": "Chuyên mục", "type": "Loại văn bản",
    "issuer": "Cơ quan ban hành", "file_type": "Loại tệp đính kèm",
}  # fmt: skip
SORTS = {"relevance": "Liên quan nhất", "newest": "Mới nhất", "oldest": "Cũ nhất"}
AREAS = {"all": "Mọi phần", "title": "Tiêu đề", "body": "Nội dung bài", "files": "Tệp đính kèm"}
GROUPS = {
    "issues": "Công bố, ban hành", "according_to": "Viện dẫn", "based_on": "Lấy làm căn cứ",
    "carries_out": "Triển khai, thực hiện", "guides": "Hướng dẫn", "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế", "repeals": "Bãi bỏ", "consolidates": "Hợp nhất", "corrects": "Đính chính",
    "extends": "Gia hạn", "suspends": "Ngưng hiệu lực",
}  # fmt: skip
"""What articles do with a document they cite."""
ACTS_ON = {**GROUPS, "issues": "Ban hành", "based_on": "Căn cứ", "carries_out": "Thực hiện"}
"""What a document does with others."""
ACTED_ON_BY = {
    "issues": "Được công bố bởi", "according_to": "Được viện dẫn bởi", "based_on": "Là căn cứ của",
    "carries_out": "Được thực hiện bởi", "guides": "Được hướng dẫn bởi", "amends": "Được sửa đổi, bổ sung bởi",
    "replaces": "Bị thay thế bởi", "repeals": "Bị bãi bỏ bởi", "consolidates": "Được hợp nhất bởi",
    "corrects": "Được đính chính bởi", "extends": "Được gia hạn bởi", "suspends": "Bị ngưng hiệu lực bởi",
}  # fmt: skip
"""What others do with a document."""
UNDATED = "Không rõ ngày đăng"
STRICT = "Đúng dấu như đã gõ"

FILE_STATES = {
    FileState.TEXT: "Tìm được toàn văn",
    FileState.OCR: "Tìm được qua nhận dạng chữ từ bản quét",
    FileState.PARTIAL: "Chỉ đọc được một phần",
    FileState.EMPTY: "Tệp không có chữ",
    FileState.PROTECTED: "Tệp có mật khẩu, không đọc được nội dung",
    FileState.FAILED: "Không đọc được nội dung",
    FileState.PENDING: "Đang chờ đọc nội dung",
    FileState.MISSING: "Bài có nhắc tới nhưng tệp không có ở đây",
}

STATE_ADVICE = {
    FileState.TEXT: None,
    FileState.OCR: None,
    FileState.PARTIAL: Markup("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.EMPTY: Markup("Bản quét chưa nhận dạng chữ thì đọc lại: <code>tracuu reextract --ocr</code>."),
    FileState.PROTECTED: "Cần đăng lại bản không đặt mật khẩu.",
    FileState.FAILED: Markup("Đọc lại: <code>tracuu reextract --failed</code>. Tệp hỏng thì cần đăng lại."),
    FileState.PENDING: Markup("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.MISSING: "Bài nhắc tới tệp nhưng nguồn không gửi kèm; gửi lại bài cùng tệp.",
}
"""What those can do who look after attachments."""

SIGNATURES = {
    SignatureStatus.VALID: "Chữ ký số hợp lệ",
    SignatureStatus.UNTRUSTED: "Chữ ký số nguyên vẹn, người ký không có trong danh sách tin cậy",
    SignatureStatus.ALTERED: "Tệp đã bị sửa sau khi ký số",
    SignatureStatus.UNREADABLE: "Có chữ ký số nhưng không đọc được",
}
MOST_PAGES = 40
"""Pages of a file that answer and are linked by number."""
ARCHIVE = "Tệp nén, các tệp bên trong liệt kê bên dưới"

_VALUE = "có quá nhiều giá trị, hoặc một giá trị quá dài."
BAD_PARAMETERS = {
    "q": "Nội dung cần tìm dài quá 512 ký tự. Hãy giữ lại những từ chính, hoặc số, ký hiệu văn bản.",
    "source": f"Nguồn tin: {_VALUE}",
    "category": f"Chuyên mục: {_VALUE}",
    "type": f"Loại văn bản: {_VALUE}",
    "issuer": f"Cơ quan ban hành: {_VALUE}",
    "file_type": f"Loại tệp đính kèm: {_VALUE}",
    "date": "Ngày đăng cần là một năm (2024), một tháng (2024-11) hoặc none (không rõ ngày đăng).",
    "from": "“Từ ngày” không phải là ngày có thật. Viết theo năm-tháng-ngày, ví dụ 2024-11-22.",
    "to": "“Đến ngày” không phải là ngày có thật, hoặc trước “Từ ngày”.",
    "in": "Phần cần tìm không đúng: chọn mọi phần, tiêu đề, nội dung bài hoặc tệp đính kèm.",
    "sort": "Thứ tự sắp xếp không đúng: chọn liên quan nhất, mới nhất hoặc cũ nhất.",
    "page": "Số trang không đúng. Chỉ xem được 10.000 kết quả đầu; hãy thêm từ hoặc bộ lọc để thu hẹp.",
    "size": "Số kết quả một trang phải từ 1 đến 100.",
    "strict": "Lựa chọn “đúng dấu” phải là 0 hoặc 1.",
    "lang": "Ngôn ngữ phải là vi hoặc en.",
}
"""What is wanted of each parameter, for the person who followed or edited an address."""

ERRORS = {
    400: ("Yêu cầu chưa hợp lệ", "Hãy sửa lại rồi tìm lần nữa."),
    404: ("Không có trang này", "Địa chỉ có thể bị gõ sai, hoặc bài viết đã được gỡ. Hãy thử tìm lại."),
    405: ("Không thể làm việc này ở đây", "Trang này chỉ để xem. Hãy thử tìm lại."),
    413: ("Dữ liệu gửi lên quá lớn", "Trang này không nhận dữ liệu lớn như vậy."),
    414: ("Địa chỉ quá dài", "Hãy tìm với ít từ hoặc ít bộ lọc hơn."),
    503: ("Tạm thời chưa tìm được", "Kho dữ liệu chưa sẵn sàng. Hãy thử lại sau ít phút."),
}
OTHER_ERROR = ("Có lỗi xảy ra", "Lỗi này ở phía máy chủ và đã được ghi lại. Hãy thử lại sau ít phút.")
OTHER_REFUSAL = ("Không trả lời được yêu cầu này", "Hãy thử tìm lại.")


def file_state(file: StoredFile) -> str:
    """Return how far an attachment could be read."""
    unpacked = file.media_type in ARCHIVES and file.state in (FileState.TEXT, FileState.PARTIAL)
    return ARCHIVE if unpacked else FILE_STATES[file.state]


def no_picture(file: StoredFile) -> str:
    """Return why the page of an attachment can't be seen."""
    if not file.media_type.startswith(PICTURED):
        return "Loại tệp này không có ảnh trang; chữ của trang ở bên dưới."
    return "Không vẽ được ảnh của trang này; chữ của trang ở bên dưới."


def changes(relation: str) -> bool:
    """Tell whether ``relation`` is one that changes a document."""
    return relation in CHANGES


def number(value: int) -> str:
    """Return ``value`` with a dot between thousands: ``86.416``."""
    return f"{value:,}".replace(",", ".")


def day(value: str | None) -> str:
    """Return a ``YYYY-MM-DD`` as ``dd/mm/yyyy``; None as its words."""
    return "/".join(reversed(value.split("-"))) if value else UNDATED


def seconds(milliseconds: float) -> str:
    """Return a duration in seconds with a decimal comma: ``0,004 giây``."""
    return f"{max(milliseconds, 1) / 1000:.3f} giây".replace(".", ",")


def file_size(size: int | None) -> str:
    """Return ``size`` bytes in the largest unit that leaves a figure above one; nothing for None."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    amount, unit = (size / 1024, "KB") if size < 1024**2 else (size / 1024**2, "MB")
    return (f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}").replace(".", ",")


def month(value: str) -> str:
    """Return a value of the date facet in words: ``2024``, ``Tháng 11/2024``, undated."""
    if value == "none":
        return UNDATED
    year, _, of_year = value.partition("-")
    return f"Tháng {int(of_year)}/{year}" if of_year else f"Năm {year}"
