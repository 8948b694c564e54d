"""The numbers of gazette records as people write them: some forty ways, with a seed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.directives import gazette
from indexer.directives.number import parse_number
from indexer.vietnamese.letters import fold


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the gazette, by what a person may type of it."""

    id: str
    written: str
    number: str
    year: str
    codes: tuple[str, ...]
    type: str
    issuer: str
    day: date
    subject: str

    @property
    def code(self) -> str:
        """The letters of its type, or of its issuer if it has none."""
        return self.codes[0]

    @property
    def typed(self) -> bool:
        """Whether the number has a type code."""
        number = parse_number(self.written)
        return number is not None and number.type is not None and self.written.count("-") > 0

    @property
    def head(self) -> str:
        """The number with its year, if it has one."""
        return f"{self.number}/{self.year}" if self.year else self.number


def records() -> list[Record]:
    """Return the gazette records whose number can be split into parts."""
    found = []
    for one in gazette():
        written = one["so_hieu"].strip()
        match = re.fullmatch(r"([0-9.]+[a-z]?)(?:/((?:19|20)[0-9]{2}))?[/-](.+)", written)
        if match:
            found.append(
                Record(
                    one["id"], written, match[1], match[2] or "", tuple(re.split("[/-]", match[3])), one["loai"],
                    _issuer(one), date.fromisoformat(one["ngay_ban_hanh"]), one["trich_yeu"],
                )
            )  # fmt: skip
    return found


def _issuer(one: dict[str, Any]) -> str:
    """Return the issuer as people say it: that of the number, since laws are filed under who promulgates them."""
    number = parse_number(one["so_hieu"])
    name = number and number.issuer_name
    return name or str(one["co_quan"].capitalize())


def _slipped(record: Record, chance: random.Random) -> str | None:
    """Return the number with one digit replaced by a letter."""
    places = [at for at in range(len(record.head)) if record.head[at] in "01"]
    if not places:
        return None
    at = chance.choice(places)
    letter = "O" if record.head[at] == "0" else chance.choice("lI")
    return record.head[:at] + letter + record.head[at + 1 :] + record.written[len(record.head) :]


_QUESTIONS = (
    "{} quy định gì",
    "{} còn hiệu lực không?",
    "cho tôi hỏi {}",
    "tải {} file word",
    "toàn văn {}",
    "nội dung {} là gì",
)
_ASKED = ("{} quy định gì", "{} còn hiệu lực không", "{} có hiệu lực từ khi nào?", "{} nội dung là gì")
_Spelling = Callable[[Record, random.Random], str | None]
SPELLINGS: dict[str, _Spelling] = {
    "as it is written": lambda r, _: r.written,
    "small letters without accents": lambda r, _: fold(r.written),
    "capitals without accents": lambda r, _: fold(r.written).upper(),
    "blanks for signs": lambda r, _: " ".join((r.number, r.year, *r.codes)).replace("  ", " "),
    "blanks, without accents": lambda r, _: fold(" ".join((r.head, *r.codes))),
    "blanks round signs": lambda r, _: re.sub("([/-])", r" \1 ", r.written),
    "hyphens, as in names of files": lambda r, c: fold("-".join(filter(None, (r.number, r.year, *r.codes))))
    + c.choice(("", ".pdf", ".signed.pdf")),
    "underscores": lambda r, _: "_".join(filter(None, (r.number, r.year, *r.codes))),
    "points": lambda r, _: ".".join(filter(None, (r.number, r.year, *r.codes))),
    "leading zeros": lambda r, c: c.choice(("0", "00")) + r.written,
    "behind its type": lambda r, _: f"{r.type} số {r.written}",
    "behind its type, without accents": lambda r, c: fold(f"{r.type} {c.choice(('so ', ''))}{r.written}"),
    "type, number and year": lambda r, c: f"{r.type} {r.number}{c.choice(('/', ' năm '))}{r.day.year}",
    "type, number and issuer by its name": lambda r, c: f"{r.type} {r.head} {c.choice(('của ', ''))}{r.issuer}",
    "number, then codes": lambda r, _: f"{r.head} {'-'.join(r.codes)}",
    "codes, then number": lambda r, c: f"{'-'.join(r.codes)} {c.choice(('số ', ''))}{r.head}",
    "code glued to the number": lambda r, c: c.choice((fold(r.code), r.code)) + r.number if r.typed else None,
    "number glued to the codes": lambda r, _: f"{r.number}{fold('-'.join(r.codes))}" if r.typed and not r.year else None,
    "type and number": lambda r, c: c.choice((r.type, fold(r.type))) + f" {r.number}",
    "code and number": lambda r, c: c.choice((fold(r.code), r.code)) + f" {r.number}" if r.typed else None,
    "with day and issuer": lambda r, _: f"{r.type} số {r.written} ngày {r.day.day}/{r.day.month}/{r.day.year} của {r.issuer}",
    "a whole citation": lambda r, _: f"{r.type} số {r.written} ngày {r.day.day:02d} tháng {r.day.month:02d} năm {r.day.year}"
    f" của {r.issuer} {r.subject}",
    "a digit read as a letter": _slipped,
    "wrapped at a line end": lambda r, _: re.sub("([/-])([^/-]+)$", r"\1\n\2", r.written),
    "in a sentence of news": lambda r, c: f"{c.choice(('theo', 'căn cứ', 'tại'))} {r.type} số {r.written} của {r.issuer} {r.subject}",
    "under its label": lambda r, c: c.choice(("số hiệu: ", "Số ký hiệu: ", "Số: ", "văn bản số ")) + r.written,
    "a heading with place and day": lambda r, _: f"Số: {r.number} /{r.written[len(r.number) + 1 :]} Lam Giang, "
    f"ngày {r.day.day} tháng {r.day.month} năm {r.day.year}",
    "letters in either case": lambda r, c: "".join(c.choice((x.upper(), x.lower())) for x in r.written),
    "other dashes and slashes": lambda r, c: r.written.replace("-", c.choice("–\u2011\u2212"))
    .replace("/", c.choice("/\u2044\u2215\uff0f")),
    "decomposed letters": lambda r, _: unicodedata.normalize("NFD", f"{r.type} {r.written}"),
    "no-break blanks": lambda r, _: f"{r.type}\u00a0số\u00a0{r.written}",
    "in quotes": lambda r, c: c.choice(("“{}”", '"{}"', "«{}»")).format(f"{r.type} số {r.written}"),
    "with signs round it": lambda r, c: c.choice(("({})", "{}.", "{};", "{}?", "- {};", "**{}**")).format(f"{r.type} {r.written}"),
    "in a question": lambda r, c: c.choice(_QUESTIONS).format(f"{r.type.lower()} {r.written}"),
    "type and number in a question": lambda r, c: c.choice(_ASKED).format(f"{r.type.lower()} {r.number}"),
    "an article of it": lambda r, c: f"khoản {c.randint(1, 9)} Điều {c.randint(1, 30)} {r.type} {r.written}",
    "an address": lambda r, _: f"https://vanban.example/{fold(r.type).replace(' ', '-')}-so-{fold(r.written).replace('/', '-')}.htm",
    "type, number and day": lambda r, c: f"{r.type} {r.number} {c.choice(('', 'ban hành '))}ngày "
    f"{r.day.day}/{r.day.month}/{r.day.year}",
    "a row of a table": lambda r, _: f"{r.written}\t{r.day:%d/%m/%Y}\t{r.subject}",
    "all in one word, the year last": lambda r, _: fold(f"{r.number}{''.join(r.codes)}{r.day.year}")
    if r.typed and len(r.code) > 1 and len(r.codes) == 2 and r.codes[1].isalpha() else None,
}  # fmt: skip
"""Kind of spelling -> how a record's number is spelled; None if that is impossible."""
