"""What must not stand in a nomination: ID and card numbers, telephones, birth dates, mail, hidden properties. Pure.

Texts are read as a person would read them: full-width digits are digits, and a number written with spaces, dots or
dashes between its digits is still one. What is found is shown masked, and known again by its kind, its place and a
digest of what stood there, so that a decision about it does not outlive the text it was about.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.base import identity

LONGEST_SHOWN = 40


class Kind(StrEnum):
    """What was found."""

    RARE = "rare"  # a character that the packaged fonts cannot draw
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    BANK_CARD = "bank_card"
    PROPERTY = "property"  # an author, a company, a place in a file's own properties
    UNREADABLE = "unreadable"  # an attachment nobody can read by machine: a person has to look


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to be read: where it stands ("story", "material_approval"), what it says, and whether it is a name."""

    place: str
    text: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `shown` is masked; `secret` is what stood there, for a keyed digest, for no page."""

    place: str
    kind: Kind
    shown: str
    secret: str


_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[\s\-‐‑–—.·]{0,2}[0-9]){6,24}(?:[\s\-‐‑–—.·]{0,2}[Xx])?(?![0-9A-Za-z])")
_LANDLINE = re.compile(r"(?<![0-9])\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[\s\-–—]{0,2}[2-9][0-9]{6,7}(?![0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_BORN = re.compile(
    r"(?:出生|生于|生日|诞生)[^。；;\n0-9]{0,8}((?:19|20)[0-9]{2})\s*[年.\-/]\s*([0-9]{1,2})\s*[月.\-/]\s*([0-9]{1,2})"
    r"|((?:19|20)[0-9]{2})\s*[年.\-/]\s*([0-9]{1,2})\s*[月.\-/]\s*([0-9]{1,2})\s*日?\s*(?:出生|生[，,。；;）)\s])"
)
_GROUP = re.compile(r"[0-9]+X?|X")


def found_in(
    pieces: Iterable[Piece], today: date, missing: Callable[[str], list[str]] = lambda text: []
) -> tuple[Finding, ...]:
    """Everything that was found, each once a place, in the order of the pieces.

    `missing` answers the characters of a text that cannot be drawn; names and free texts are both asked.
    """
    kept: dict[tuple[str, Kind, str], Finding] = {}
    for piece in pieces:
        for one in _read(piece, today, missing):
            kept.setdefault((one.place, one.kind, one.secret), one)
    return tuple(kept.values())


def property_findings(place: str, properties: Mapping[str, str]) -> Iterator[Finding]:
    """What a file says of whoever made it, beside its text: `properties` are those that say something of people."""
    for name, value in properties.items():
        text = f"{name}: {value}"
        yield Finding(place, Kind.PROPERTY, _short(text), text)


def unreadable(place: str, why: str) -> Finding:
    """An attachment that cannot be read by machine; `why` is a word for the page: picture, locked, old."""
    return Finding(place, Kind.UNREADABLE, why, why)


def _read(piece: Piece, today: date, missing: Callable[[str], list[str]]) -> Iterator[Finding]:
    for char in missing(piece.text):
        yield Finding(piece.place, Kind.RARE, f"{char} U+{ord(char[0]):04X}", char)
    text = unicodedata.normalize("NFKC", piece.text)
    taken: list[range] = []
    for match in _DIGITS.finditer(text):
        for kind, secret in _in_run(_GROUP.findall(match[0].upper()), today):
            taken.append(range(*match.span()))
            yield Finding(piece.place, kind, identity.masked_id(secret), secret)
    for match in _LANDLINE.finditer(text):
        if not any(match.start() in span for span in taken):
            number = re.sub(r"[^0-9]", "", match[0])
            yield Finding(piece.place, Kind.PHONE, identity.masked_phone(number), number)
    for match in _EMAIL.finditer(text):
        name, _, host = match[0].partition("@")
        yield Finding(piece.place, Kind.EMAIL, _short(f"{name[:1]}***@{host}"), match[0])
    for match in _BORN.finditer(text):
        parts = [part for part in match.groups() if part]
        if _is_day(*map(int, parts)):
            yield Finding(piece.place, Kind.BIRTH_DATE, f"{parts[0]}-**-**", "-".join(parts))


def _in_run(groups: list[str], today: date) -> Iterator[tuple[Kind, str]]:
    """What stands in digits that only spaces and dashes part: from each place on, the longest number that is one."""
    at = 0
    while at < len(groups):
        for end in range(len(groups), at, -1):
            if found := _number("".join(groups[at:end]), today):
                yield found
                at = end - 1
                break
        at += 1


def _number(number: str, today: date) -> tuple[Kind, str] | None:
    """What these digits are: an ID number, a mobile telephone, a bank card; None for any other."""
    if len(number) == identity.ID_LENGTH and not identity.check_id_number(number, today):
        return Kind.ID_NUMBER, number
    if len(number) == identity.OLD_ID_LENGTH and _is_old_id(number):
        return Kind.ID_NUMBER, number
    if not identity.check_phone(identity.read_phone(number)):
        return Kind.PHONE, identity.read_phone(number)
    if number.isdecimal() and 16 <= len(number) <= 19 and number[0] in "3456" and luhn(number):
        return Kind.BANK_CARD, number
    if len(number) == identity.ID_LENGTH and _holds_birth(number, today):
        return Kind.ID_NUMBER, number  # mistyped by a digit, and still somebody's
    return None


def luhn(number: str) -> bool:
    """The check of bank cards: every second digit from the right doubled, all digits added, divisible by ten."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


def _is_old_id(number: str) -> bool:
    """Fifteen digits with a day of the last century where old ID numbers have it."""
    return number.isdecimal() and number[0] in "123456" and _is_day(1900 + int(number[6:8]), *_two(number[8:12]))


def _holds_birth(number: str, today: date) -> bool:
    """Eighteen digits with a region's first digit and the day of somebody who may live."""
    born = identity.birth_date(number)
    return born is not None and date(1900, 1, 1) <= born <= today and number[0] in "123456"


def _two(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[2:])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
