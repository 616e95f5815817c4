"""ID numbers (公民身份号码, GB 11643) and mobile telephones: whether they can be right, and how they are shown.

Only length, date and check digit are looked at: lists of counties refuse old, valid numbers. Knows no registry and
keeps nothing; what is read here goes into sealed columns.
"""

import re
import unicodedata
from datetime import date

from foundation.base.problem import Problem

ID_LENGTH = 18
OLD_ID_LENGTH = 15
MASK = "*"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?E\+?[0-9]{1,2}")
_BETWEEN = re.compile(r"[\s\-‐‑–—·]+")
_LONGEST_TYPED = 60


def read_id_number(text: str) -> str:
    """What was typed, in the one form that is stored: full width, spaces, dashes and a small x forgiven."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:_LONGEST_TYPED])).upper()


def check_id_number(text: str, today: date, field: str = "id_number") -> list[Problem]:
    """What is wrong with an ID number as `read_id_number` gave it; one problem at most, the first that explains it."""
    if _SCIENTIFIC.fullmatch(text):
        return [Problem("identity_scientific", field, {"text": text})]
    if len(text) == OLD_ID_LENGTH and text.isdecimal():
        return [Problem("identity_old", field)]
    if len(text) != ID_LENGTH:
        return [Problem("identity_length", field, {"length": str(len(text))})]
    if not _ID.fullmatch(text):
        return [Problem("identity_characters", field)]
    born = birth_date(text)
    if born is None or born > today or born.year < 1900:
        return [Problem("identity_date", field)]
    if text[-1] != check_digit(text[:17]):
        return [Problem("identity_check", field)]
    return []


def check_digit(first: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def birth_date(id_number: str) -> date | None:
    """The birth date that an ID number holds; None where there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_woman(id_number: str) -> bool:
    """Whether the number is a woman's: its seventeenth digit is even."""
    return int(id_number[16]) % 2 == 0


def masked_id(id_number: str) -> str:
    """How an ID number is shown: the province and the last four, "360***********123X"."""
    return _masked(id_number, 3, 4)


def read_phone(text: str) -> str:
    """What was typed, as eleven digits: spaces, dashes and +86 forgiven."""
    phone = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:_LONGEST_TYPED])).upper()
    for prefix in ("+86", "0086"):
        phone = phone.removeprefix(prefix)
    return phone.removeprefix("86") if len(phone) == 13 else phone


def check_phone(phone: str, field: str = "phone") -> list[Problem]:
    """What is wrong with a mobile number as `read_phone` gave it."""
    if _SCIENTIFIC.fullmatch(phone):
        return [Problem("identity_scientific", field, {"text": phone})]
    return [] if _MOBILE.fullmatch(phone) else [Problem("identity_phone", field)]


def masked_phone(phone: str) -> str:
    """How a telephone is shown: "138****1234"."""
    return _masked(phone, 3, 4)


def _masked(text: str, first: int, last: int) -> str:
    """What is too short to hide anything in is hidden whole."""
    if len(text) <= first + last:
        return MASK * len(text)
    return text[:first] + MASK * (len(text) - first - last) + text[-last:]
