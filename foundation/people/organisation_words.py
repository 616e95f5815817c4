"""What the letters and codes of an organisation are called, in both languages, and how they are read from lists.

Data only: kinds of unions, the sections of GB/T 4754-2017, and ownership. Knows no database.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from foundation.people.organisation_kinds import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """One name in both languages, and what else lists call it."""

    chinese: str
    english: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        """The name in this language ("zh" or "en")."""
        return self.chinese if language == "zh" else self.english


KINDS: Mapping[str, Words] = {
    Kind.FEDERATION: Words("省总工会", "Provincial federation"),
    Kind.CITY: Words("设区市总工会", "City federation", ("市总工会", "市总")),
    Kind.NEW_AREA: Words("赣江新区工会联合会", "New area federation", ("新区工会联合会", "新区")),
    Kind.INDUSTRY: Words("产业（局、系统）工会", "Industry union", ("省产业（局、系统）工会", "产业工会", "系统工会")),
    Kind.DIRECT: Words("省总直属基层工会", "Unit directly under the federation", ("直属基层工会", "直属单位")),
    Kind.COUNTY: Words("县（市、区）总工会", "County federation", ("县总工会", "区总工会", "县级总工会")),
    Kind.PARK: Words("园区工会", "Park union", ("工业园区工会", "开发区工会", "园区")),
    Kind.ENTERPRISE: Words("企业工会", "Enterprise union", ("企业", "基层工会", "企事业单位工会")),
    Kind.JOINT: Words("联合工会", "Joint union of small firms", ("联合基层工会", "小微企业联合工会")),
    Kind.OFFICE: Words("部门", "Department", ("处室", "科室", "内设机构")),
}

INDUSTRIES: Mapping[str, Words] = {  # GB/T 4754-2017, the letters are the standard's
    "A": Words("农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery"),
    "B": Words("采矿业", "Mining"),
    "C": Words("制造业", "Manufacturing"),
    "D": Words("电力、热力、燃气及水生产和供应业", "Production and supply of electricity, heat, gas and water"),
    "E": Words("建筑业", "Construction"),
    "F": Words("批发和零售业", "Wholesale and retail"),
    "G": Words("交通运输、仓储和邮政业", "Transport, storage and post"),
    "H": Words("住宿和餐饮业", "Accommodation and catering"),
    "I": Words("信息传输、软件和信息技术服务业", "Information transmission, software and IT services"),
    "J": Words("金融业", "Finance"),
    "K": Words("房地产业", "Real estate"),
    "L": Words("租赁和商务服务业", "Leasing and business services"),
    "M": Words("科学研究和技术服务业", "Scientific research and technical services"),
    "N": Words("水利、环境和公共设施管理业", "Water, environment and public facilities"),
    "O": Words("居民服务、修理和其他服务业", "Household services, repair and other services"),
    "P": Words("教育", "Education"),
    "Q": Words("卫生和社会工作", "Health and social work"),
    "R": Words("文化、体育和娱乐业", "Culture, sports and entertainment"),
    "S": Words("公共管理、社会保障和社会组织", "Public administration, social security and social organisations"),
    "T": Words("国际组织", "International organisations"),
}

OWNERSHIPS: Mapping[str, Words] = {
    "public": Words("公有制", "Public", ("国有", "集体", "国有控股", "公有")),
    "non_public": Words("非公有制", "Non-public", ("非公", "民营", "私营", "外资", "非公有")),
}

VOCABULARIES: Mapping[str, Mapping[str, Words]] = {"kind": KINDS, "industry": INDUSTRIES, "ownership": OWNERSHIPS}

_LETTER = re.compile(r"[（(]?([a-t])[)）.、:：]?(?:[^a-z].*)?")


@lru_cache(maxsize=4096)  # a list says the same few words on every line
def read_word(field: str, text: str) -> str | None:
    """The code that a cell means ("企业工会" -> "enterprise", "C 制造业" -> "C"); "" if empty, None if unknown."""
    wanted = _folded(text)
    if not wanted:
        return ""
    for code, words in VOCABULARIES[field].items():
        if wanted in {_folded(one) for one in (code, words.chinese, words.english, *words.also)}:
            return str(code)
    if field == "industry" and (match := _LETTER.fullmatch(wanted)):
        return match[1].upper()
    return None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:200]).casefold().split())
