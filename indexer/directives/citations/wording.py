"""Patterns of the words that state a relation to a cited document; see :mod:`relations`."""

from __future__ import annotations

import re

from indexer.directives.citations.subtypes import SUBTYPE
from indexer.directives.codes import WORDS

_TYPE = "|".join(sorted((*WORDS, "văn bản"), key=len, reverse=True))
_PIECE = (
    r"(?<!\w)(?:(?<!chi )tiết|điểm|khoản|điều|chương|mục|(?<!một )phần|đoạn|phụ lục|tiểu mục|mẫu số|mẫu|biểu|cụm từ|bảng)(?: thứ)?"
    r"(?: (?:[\dIVXivx]+[a-zđ]?(?:\.\d+)*|[a-zđ]|số [\w/-]+)(?![\w]))?"
)
_PIECES = (
    rf"(?:(?<!\w)(?:tại |của |ở |trong |theo |vào |thuộc )?(?:các |những )?(?P<piece>{_PIECE}"
    rf"(?:\s?(?:,|;|và|đến|hoặc)?\s?(?:{_PIECE}|\d+[a-zđ]?(?!\w)|[a-zđ](?!\w)))*)"
    r"[\s,;]*(?:ban hành )?(?:kèm theo|của|tại|thuộc|trong)?[\s,]*)?"
)
_LAW = (
    r"(?<!\w)(?:bộ luật|luật|pháp lệnh|kế hoạch|chương trình|giấy phép)"
    r" (?:(?!này|sửa đổi|bổ sung|thay thế|bãi bỏ|hướng dẫn|quy định|thực hiện|triển khai|(?:của|và) (?:bộ )?luật)"
    r"[^;.:(]){2,90}? số\s*"
)
OF_NUMBER = re.compile(
    rf"{_PIECES}(?:(?:(?<!\w)(?:(?:các|những|hai|ba|bốn|\d+) )?"
    rf"(?:{_TYPE})(?: thẩm (?:tra|định))?(?:{SUBTYPE})?(?:\s(?:s[ốôổ]|:))*\s*)|{_LAW})?[\s(“\"]*$",
    re.IGNORECASE,
)
OF_NAME = re.compile(rf"{_PIECES}[\s(“\"]*$", re.IGNORECASE)
"""Words that belong to the citation they precede: the articles meant, the type, the name of the law."""
_FILL = (
    r"(?:[\s,]+(?:một số|một phần|toàn bộ|các|những|nội dung|quy định|điều|khoản|của|tại|trong|đối với|việc|và|hoặc|cho|tổ chức"
    r"|thi hành|thực hiện|áp dụng|thi công|văn bản|cụ thể|nghiêm|nghiêm túc|tốt|hiệu quả|có hiệu quả|đầy đủ|kịp thời|triệt để"
    r"|toàn diện|sâu rộng|rộng rãi|mạnh mẽ|chặt chẽ|thống nhất|thành công|thắng lợi|sớm|nhanh"
    r"|đồng bộ|quyết liệt|đúng|chủ trương|quan điểm|đường lối|của Đảng"
    r"|tinh thần|chỉ đạo|mục tiêu|nhiệm vụ|giải pháp|biện pháp|hiệu lực|thời hạn|thời gian"
    r"|thời điểm|có|đã|tiếp tục|tinh thần|phụ lục|kèm theo|danh mục|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|điều khoản"
    r"|chấm dứt hiệu lực|nêu tại|ban hành|đã đề ra|đề ra|nêu|thêm|lại|\d+ năm|vị trí|vai trò|hơn nữa))*[\s,]*$"
)
CHANGING = r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|điều chỉnh)"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words}){_FILL}", re.IGNORECASE)


BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "according_to",
        _before(
            r"(?:thực hiện|hành|phê duyệt|công bố) (?:kèm )?theo|kèm theo|(?:theo|đúng)(?: đúng)? (?:hướng dẫn|quy định)"
        ),
    ),
    ("consolidates", _before(r"hợp nhất")),
    ("corrects", _before(r"đính chính(?: bản điện tử| bản in| sai sót| lỗi| lại)*")),
    ("extends", _before(r"gia hạn|(?<!, )kéo dài")),
    (
        "suspends",
        _before(
            r"ng[ưừ]ng(?: thực hiện| áp dụng)?(?: một phần)? hiệu lực(?: và điều chỉnh thời hạn)?"
            r"|ng[ưừ]ng (?:thực hiện|áp dụng|thi hành)"
            r"|đình chỉ|thu hồi"
        ),
    ),
    (
        "postpones",
        _before(
            r"(?:lùi|hoãn)(?: lại)?(?: (?:thời điểm|thời hạn|ngày))?(?: (?:bắt đầu|có))* hiệu lực"
            r"|(?:lùi|hoãn)(?: (?:thời điểm|thời hạn|ngày|việc))? (?:thi hành|áp dụng)"
        ),
    ),
    ("guides", _before(r"hướng dẫn|quy định chi tiết|chi tiết thi hành|quy định cụ thể(?!,)"
            r"|biện pháp(?: tổ chức| hướng dẫn)? thi hành")),
    (
        "guides",
        re.compile(r"(?<!\w)(?<!theo )(?:hướng dẫn|quy định chi tiết|quy định cụ thể) [^,;.]{0,110} (?:tại|của)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "replaces",
        re.compile(r"(?<!\w)thay(?: thế)? (?:các |một số )?(?:cụm )?từ (?:ngữ )?[“\"][^.;\n]{1,250}$", re.IGNORECASE),
    ),
    (
        "amends",
        _before(
            r"(?<!pháp điển )(?:sửa đổi|bổ sung|(?<!phạm vi )(?<!sự )(?<!được )(?<!chịu )(?<!đối tượng )điều chỉnh(?! của))"
            rf"(?:,? (?:và )?{CHANGING})*"
        ),
    ),
    (
        "amends",
        re.compile(
            rf"(?<!\w)(?<!pháp điển )(?:sửa đổi|bổ sung)(?:,? (?:và )?{CHANGING})* một số (?:điều|khoản|nội dung|quy định)"
            r"(?: quy định)? (?:về|liên quan đến) (?:(?!phù hợp|theo|để|nhằm|căn cứ|trên cơ sở|thực hiện|tại|của)[^,;.:()\n]){1,90}?"
            r" (?:của|tại|trong) (?:các )?$",
            re.IGNORECASE,
        ),
    ),
    ("replaces", _before(r"(?<!bị )thay thế")),
    ("repeals", _before(r"(?<!bị )bãi bỏ|(?<!tiêu )(?<!phá )(?:hủy|huỷ)(?: bỏ)?|chấm dứt hiệu lực")),
    (
        "carries_out",
        _before(
            r"thực hiện|triển khai|quán triệt|(?<!hiệu lực )thi hành|(?<=về hiệu lực )thi hành(?= của)"
            r"|chấp hành|thực thi|(?<!được )(?:hiện thực|thể chế|cụ thể) hóa"
            r"|học tập|phổ biến|tuyên truyền|sơ kết(?: \d+ năm)?|tổng kết(?: \d+ năm)?"
        ),
    ),
    ("based_on", _before(r"căn cứ(?: vào| theo)?|trên cơ sở")),
    (
        "issues",
        re.compile(
            r"(?<!\w)(?<!ngày )(?<!khi )(?:ban hành|ký|ký ban hành|công bố|phê duyệt|thông qua|(?<!điểm )có|ban bố"
            r"|(?<!chương )(?<!quá )(?<!quy )(?<!công )trình"
            r"|(?<!ngoài )(?<!đưa )(?<!đề )(?<!diễn )(?<!xảy )(?<!nêu )(?<!dẫn )(?<!chỉ )ra|phát đi)"
            r"(?: (?:ngay|mới|tiếp|thêm|liên tiếp|\d+|các|những|một loạt|loạt|văn bản|pháp luật|quản lý|như|gồm|là|luật|tới)"
            r"[,:]?)*[\s:“\"]*$",
            re.IGNORECASE,
        ),
    ),
    (
        "issues",
        re.compile(
            rf"(?<!\w)đã (?:ban hành|ký|thông qua) (?:các|những|\d+) (?:{_TYPE})(?!\w)[^.;:()]{{0,100}}\($", re.IGNORECASE
        ),
    ),
)  # fmt: skip
AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(words, re.IGNORECASE))
    for relation, words in (
        (
            "repeals",
            r"[^.;]{0,250}?(?<!có )(?<!ngày )(?<!tháng )"
            r"\b(?:hết hiệu lực|bị bãi bỏ|được bãi bỏ|bị hủy bỏ|chấm dứt hiệu lực|không còn hiệu lực)\b"
            r"(?! để| của| giấy| hợp đồng| quyết định|(?: bởi| theo)(?! \w+(?: \w+)? này))",
        ),
        (
            "postpones",
            r"[^.;,]{0,80}? (?:đang |đã )?(?:bị|được|đang|đã) (?:tạm )?(?:lùi|hoãn)(?: (?:thời điểm|thời hạn|ngày))?"
            r"(?: (?:bắt đầu|có))* (?:hiệu lực|thi hành|áp dụng)\b",
        ),
        ("issues", r"[^.;,]{0,80}?,? ?(?:vừa |đã |mới )*(?:được|do) [^.;,\d]{0,60}?(?:ban hành|ký|thông qua)\b"),
        ("carries_out", r"(?: của [^,;.\d]{1,40}?)?,? (?:sau|qua) (?:hơn |gần )?"
            r"(?:\d+|một|hai|ba|bốn|năm|mười) (?:năm|tháng) (?:triển khai|thực hiện|thi hành)"),
    )
)  # fmt: skip
CLAUSE = re.compile(r"(?:^|;)[\s–-]*$")
"""What a clause begins after."""
STILL_HOLDS = re.compile(r"[^.,;]{0,60}?(?<!không )\bcòn hiệu lực\b", re.IGNORECASE)
PASSIVE = re.compile(
    rf"(?<!\w)(?:đã )?(?:được|bị) (?!điều chỉnh)(?P<change>{CHANGING})(?:,? (?:và )?{CHANGING})*"
    r"(?P<part>(?:(?! (?:bị|được) )[^;.]){0,40}?)"
    r" (?:bởi:?|theo|tại|bằng|theo quy định tại)[\s\w]{0,25}$"
    r"|\((?:đã )?được (?P<slip>sửa đổi), bổ sung một số(?: điều của)?\s*$",
    re.IGNORECASE,
)
ALSO_DONE = re.compile(
    r"(?:[^.;]{0,80}?,)?\s*(?:và|rồi|sau đó|tiếp đó)\s(?:đã |lại |tiếp tục |nay |tiếp )*(?:được|bị) ",
    re.IGNORECASE,
)
"""Words that continue with what another document did to the same one."""
PASSIVE_RELATION = {"thay thế": "replaces", "bãi bỏ": "repeals", "hủy bỏ": "repeals", "huỷ bỏ": "repeals"}
JOINED = re.compile(
    r"(?:[,;]|(?<!\w)(?:và|hoặc|hay|cùng|cùng với|(?<!phù hợp )(?<!so )với)(?: (?:đặc biệt|nhất) là)?)[\s(“\"-]*(?:số )?$",
    re.IGNORECASE,
)
JOINED_PIECE = re.compile(
    r"(?:[,;]|(?<!\w)và) (?:các |những )?(?:quy định|nội dung) (?:về|liên quan đến) [^,;.:()\n]{1,120} (?:của|tại|trong) $",
    re.IGNORECASE,
)
"""Articles described by their content: "…; các quy định về trưng dụng đất trong Luật …"."""
DETAILS = re.compile(
    r"[\s,]*(?:\(?(?:ban hành )?ngày [\d/. -]+(?:tháng \d+ năm \d+)?\)?)?[\s,]*(?:(?:của|do) [^,;.]{0,80}?)?"
    r"[\s,]*(?:[,;]|(?<!\w)(?:và|hoặc|hay|cùng|cùng với|với|-))?[\s(“\"]*",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    r"(?<!\w)(?:một số|một phần|các điều|các khoản|khoản|(?<!thời )điểm|điều \d|phụ lục|danh mục|nội dung|quy định|mẫu)",
    re.IGNORECASE,
)
ANNEX = re.compile(
    rf"(?<!\w)(?P<change>{CHANGING}|đính chính)(?:,? (?:và )?{CHANGING})* (?!\d)(?:(?!theo quy định)[^.;]|\.(?=\d)){{0,250}}?"
    rf"(?:(?:ban hành )?kèm theo|ban hành theo){_FILL}",
    re.IGNORECASE,
)
"""A list or form attached to a document is part of it."""
ALSO = re.compile(r"\s*(?:,|và|đồng thời)\s(?:\d+ năm )?\s*", re.IGNORECASE)
BULLET = re.compile(r"\W*(?:(?:\d{1,3}|[a-zđ]|[IVX]{1,4})[.)]\s*)?\W*", re.IGNORECASE)
THESE = re.compile(r"\W*(?:đó|đây|cụ thể|các luật này|gồm|bao gồm)(?: là| gồm)?\s*:?\s*", re.IGNORECASE)
NEW = re.compile(r"(?<!\w)(?:công bố|thông qua|ban hành)(?!\w)", re.IGNORECASE)
SUCH_AS = re.compile(
    r"(?:(?:mới|gần) đây(?: nhất)? là|mới nhất là|nhất là|đặc biệt là|trọng tâm là|trong đó có|bao gồm|gồm|như)[\s:]*$",
    re.IGNORECASE,
)
DOES = re.compile(
    r"(?<!\w)(?:(?P<issues>ban hành|thông qua|công bố)|(?P<carries_out>thực hiện|triển khai|quán triệt|thi hành)"
    r"|(?P<based_on>căn cứ)|(?P<according_to>đề xuất|đề nghị|sửa đổi|góp ý|vi phạm))(?!\w)",
    re.IGNORECASE,
)
BASIS = re.compile(r"(?:^|[\s“\"(])Căn cứ(?: vào| theo)?\s|^\W*(?:Xét|Theo đề nghị của)\s")
BASIS_IS = re.compile(r"(?<!\w)(?:căn cứ|cơ sở)[^.;]{0,60}$", re.IGNORECASE)
"""Words before "ban hành là": they name the basis of what was issued."""
FOLLOWED = re.compile(r"(?<!\w)theo(?: đúng)?\s*$", re.IGNORECASE)
UNNAMED = re.compile(
    r"(?<!\w)(?:văn bản|ban hành (?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị)|nhấn mạnh|yêu cầu|chỉ đạo)(?!\w)"
    r"|(?<!\w)(?:các|những|một số|nhiều) (?:luật|nghị định|nghị quyết|quyết định|thông tư)(?!\w)"
    r"|(?<!\w)(?:và|,|;|\(|ban hành) ?(?:luật|nghị định|nghị quyết|quyết định|thông tư|chỉ thị)\s*$",
    re.IGNORECASE,
)
"""An actor other than the preceding citation: a document without a number, or people."""
ITSELF = re.compile(
    rf"(?<!\w)(?P<piece>tiết|điểm|khoản|điều|chương|mục|phụ lục|mẫu|biểu|tên|cụm từ|từ)(?: (?:này|[“\"])|[^.;]{{0,60}} này)"
    rf"|(?<!\w)(?:{_TYPE}) này|^\W*(?P<listed>(?:điểm|khoản|điều) (?:\d+[a-zđ]?|[a-zđ])(?!\w))",
    re.IGNORECASE,
)
"""The text itself, or a part of it, that another document changed."""
WORDS_OF = re.compile(r"(?<!\w)(?:cụm )?từ [“\"]", re.IGNORECASE)
DONE_TO = re.compile(
    rf"(?<!\w)(?:được|bị) (?!điều chỉnh)(?P<change>{CHANGING})(?:,? (?:và )?{CHANGING})*(?P<part>[^;.]{{0,90}}?)"
    r" (?:bởi|theo|tại|theo quy định tại)[\s\w]{0,25}$",
    re.IGNORECASE,
)
ENDS_WITH = re.compile(
    rf"(?<!\w)(?:{_TYPE}) này (?:sẽ )?hết hiệu lực[^.;]{{0,40}}? (?:khi|kể từ ngày|từ ngày)[\s]*$",
    re.IGNORECASE,
)
"""A text that ends on the day on which the cited document takes effect."""
CONGRESS = re.compile(
    r"nghị quyết (?:của )?đại hội [^.;:,()]{1,90}(?:, (?:nhiệm kỳ|khóa)[^,;.]{0,20})?(?:[,;]| và)\s+",
    re.IGNORECASE,
)
"""A resolution of a congress, which has no number, among cited documents."""
AND = re.compile(r"(?<!\w)và\s*$")
MEANS = re.compile(r"thông qua\s*$", re.IGNORECASE)
"""Either "adopted" or "by means of"."""
AMENDING = re.compile(r"(?:(?:Bộ )?luật|pháp\s+lệnh|nghị\s+quyết)\s+sửa\s+đổi.*$", re.IGNORECASE | re.DOTALL)
"""How a law is called by the laws that it amends."""


def followed(relation: str, named: str) -> bool:
    """Return whether a document whose provisions are ``named`` like this is followed: "hướng dẫn tại Điều 5", "thực hiện theo
    Điều 12".
    """
    where = named.lstrip().lower()
    if relation == "guides" and where.startswith(("tại ", "trong ", "ở ")):
        return True
    return relation in ("guides", "carries_out", "issues") and where.startswith("theo ")
