"""What a line of a list may say beyond name and unit: its own day and document, a place, and words for a page. Pure.

Past years come in one sheet with an edition and a day of their own at each line; what a line leaves open, the list says
for all. Texts become the draft of a page and nothing more; an ID number or a telephone in one is refused here already.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftsmen.rules.corrections import read_edition
from craftsmen.rules.honours import PartialDate, read_partial_date
from craftsmen.rules.profile_form import LONGEST, holds_numbers
from foundation.base.problem import Problem

if TYPE_CHECKING:
    from craftsmen.rules.lists import ListDraft

HEADINGS = {
    "edition": ("届次", "届", "届别", "edition"),
    "year": ("年份", "年度", "授予年份", "year"),
    "on": ("授予日期", "授予时间", "命名时间", "表彰时间", "日期", "date"),
    "document": ("文号", "发文字号", "文件号", "document"),
    "city": ("设区市", "市", "地市", "所在市", "city"),
    "county": ("县(市、区)", "县市区", "县(市区)", "县区", "县", "county"),
    "industry": ("行业", "所属行业", "行业门类", "industry"),
    "headline": ("一句话事迹", "一句话简介", "获奖理由", "headline"),
    "story": ("事迹", "事迹材料", "主要事迹", "先进事迹", "story"),
    "birth_date": ("出生年月", "出生日期", "出生年月日", "birthdate"),
    "photo": ("照片", "照片文件名", "肖像", "photo"),
}
PAGE = ("headline", "story", "photo")  # what only a title with pages has a use for
LONGEST_PHOTO = 120
_BORN = re.compile(r"(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?)?月?")
_EDITION = re.compile(r"第?(\d{1,3}|[一二三四五六七八九十]{1,3})届?")
_DIGITS = "〇一二三四五六七八九"


def read_more(given: dict[str, str], today: date) -> list[Problem]:
    """Bring these cells into the form in which a line is kept, in `given` itself; answers what is wrong with them."""
    problems: list[Problem] = []
    edition, wrong = read_edition(_number(given.get("edition", "")))
    problems += wrong
    given["edition"] = str(edition or "")
    problems += _day(given, today)
    born, wrong = read_birth(given.get("birth_date", ""), today)
    problems += wrong
    given["birth_date"] = born.isoformat() if born else ""
    for name in ("headline", "story"):
        text = given.get(name, "")
        if len(text) > LONGEST[name]:
            problems.append(Problem("profile_long", name, {"most": str(LONGEST[name])}))
        if holds_numbers(text):
            problems.append(Problem("profile_private", name))
    if len(given.get("photo", "")) > LONGEST_PHOTO:
        problems.append(Problem("honour_text_long", "photo", {"most": str(LONGEST_PHOTO)}))
    return problems


def _number(text: str) -> str:
    """第7届, 第七届, 十二: the number of an edition in digits; what is none stays as it was typed."""
    found = _EDITION.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None or found[1].isdigit():
        return found[1] if found else text
    tens, ten, ones = found[1].rpartition("十")
    if any(len(part) > 1 or part == "十" for part in (tens, ones)):
        return text
    return str((_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0))


def _day(given: dict[str, str], today: date) -> list[Problem]:
    """The day of the line, as far as it is known: 年份 alone, 授予日期 alone, or both where they agree."""
    year, wrong = read_partial_date(given.pop("year", "").removesuffix("度"), "year", today)
    on, wrong_day = read_partial_date(given.get("on", ""), "on", today)
    given["on"] = (on or year or _NOWHEN).text if on or year else ""
    if on and year and on.year != year.year:
        return [Problem("list_year_differs", "year")]
    return [*wrong, *wrong_day]


_NOWHEN = PartialDate(1)


def read_birth(text: str, today: date) -> tuple[date | None, list[Problem]]:
    """1978-05-12, 1978年5月, 1978.05, 197805; None where nothing was typed.

    Of a month alone its last day stands for all: nobody is taken for of age a day too early. 1978.1 is asked about,
    for a spreadsheet writes 1978.10 like that.
    """
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not text:
        return None, []
    if re.fullmatch(r"\d{4}\.1", text):
        return None, [Problem("honour_date_ambiguous", "birth_date", {"text": text})]
    found = _BORN.fullmatch(text)
    try:
        year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
        born = date(year, month, day) if day else date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if month > 12:
            raise ValueError(month)
    except ValueError:
        return None, [Problem("list_birth", "birth_date")]
    if born.year < 1850 or born > today:
        return None, [Problem("list_birth", "birth_date")]
    return born, []


def draft_for(draft: "ListDraft", given: Mapping[str, str]) -> "ListDraft":
    """The same list as one of its lines means it: with that line's own edition, day and document."""
    on = PartialDate(*map(int, given["on"].split("-"))) if given.get("on") else draft.on
    edition = int(given["edition"]) if given.get("edition") else draft.edition
    return replace(draft, on=on, edition=edition, document=given.get("document") or draft.document)
