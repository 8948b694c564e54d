"""Words between the type of a document and its number: ``Quyết định thanh tra số``, ``Công văn hỏa tốc số``."""

from __future__ import annotations

_URGENCIES = "hỏa tốc|hoả tốc|thượng khẩn|khẩn cấp|khẩn|tối mật|mật"
_CASES = (
    r"(?:không )?khởi tố(?: vụ án| vụ| bị can)?(?: hình sự)?|truy nã(?: đặc biệt)?(?: toàn quốc)?|đình chỉ(?: điều tra| vụ án)?"
    r"|kháng nghị(?: giám đốc thẩm| phúc thẩm| tái thẩm)?|giám đốc thẩm|sơ thẩm|phúc thẩm|thi hành án(?: chủ động)?|cưỡng chế"
    r"|kiểm sát|giám định|điều tra"
)
_AFFAIRS = (
    r"thanh tra(?: đột xuất)?|kiểm tra|kiểm toán|hành chính|xử phạt(?: vi phạm)?(?: hành chính)?|kỷ luật"
    r"|giải quyết (?:khiếu nại|tố cáo)(?: lần (?:đầu|hai))?|thu hồi đất|giao đất|cho thuê đất|phê duyệt phương án bồi thường"
    r"|phê duyệt(?: dự án| kế hoạch)?|bổ nhiệm|kết quả (?:thanh tra|kiểm tra)|kết luận|chỉ đạo|trả lời|phúc đáp|thẩm định|thẩm tra"
)
SUBTYPE = rf"(?:\s(?:{_URGENCIES}|{_CASES}|{_AFFAIRS})){{1,2}}"
"""Pattern of these words, including the blank before them."""
LABEL = r"(?:(?:có |mang |ghi )?số(?:\s?:)?)"
"""Pattern of the label before a number."""
