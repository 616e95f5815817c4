"""How names and dates stand on paper in mainland documents. Pure text.

Source: the rosters of honours as the federations print them: names of two characters are spaced to the width of
three, gender and people are said only where they are not the usual.
"""

import re
from collections.abc import Iterable

SPACE = "\u3000"
MAJORITY = "汉族"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2}")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def spaced_name(name: str) -> str:
    """张三 -> 张　三; names of one, three or more characters, and names that are not Chinese, as they are."""
    name = name.strip()
    if not _HAN.fullmatch(_VARIATION.sub("", name)):
        return name
    second = next(at for at in range(1, len(name)) if not _VARIATION.match(name[at]))
    return f"{name[:second]}{SPACE}{name[second:]}"


def roster_name(name: str, *, woman: bool, people: str = "") -> str:
    """A name in a roster: 兰　花(女,畲族). Gender is said of women only, the people only where it is not 汉族."""
    people = people.strip()
    if people and people != MAJORITY and not people.endswith("族"):
        people += "族"
    said = [*(["女"] if woman else []), *([people] if people not in {"", MAJORITY, "汉"} else [])]
    return spaced_name(name) + (f"({','.join(said)})" if said else "")


def roster_names(people: Iterable[tuple[str, bool, str]]) -> list[str]:
    """Many of (name, whether a woman, people), as `roster_name` writes each."""
    return [roster_name(name, woman=woman, people=of) for name, woman, of in people]


def partial_date(date: str) -> str:
    """2023 -> 2023年, 2023-05 -> 2023年5月, 2023-05-01 -> 2023年5月1日. Raises ValueError for anything else."""
    match = _PARTIAL.fullmatch(date)
    if match is None or not all(
        1 <= int(part) <= most for part, most in zip(match.groups("1"), (9999, 12, 31), strict=True)
    ):
        raise ValueError(f"No date, month or year: {date!r}")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(match.groups(), "年月日", strict=True) if part)
