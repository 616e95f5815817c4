"""Rewards: dated tables of tiers that bound an award, and how one is split without losing a fen. Pure, integers only.

An award is reproduced under the table of its day: the enterprise's own newest one that held then, else the table of the
regulation. Benefits that cannot be counted are graded by significance: somebody chooses the tier and says why.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from foundation.base.money import FEN, yuan
from foundation.base.problem import Problem

WHOLE = 100  # percent


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: from this benefit (fen, within 12 months) upwards, between `least` and `most` fen each time."""

    name: str
    from_fen: int
    least: int
    most: int
    significance: str = ""  # for benefits that cannot be counted: what belongs here, in words


@dataclass(frozen=True, slots=True)
class RewardTable:
    """Tiers, the highest first, that hold from a day on. `code` names the table for good: "1986", "own:12"."""

    code: str
    title: str
    from_day: date
    tiers: tuple[Tier, ...]

    @property
    def digest(self) -> str:
        """What an award was made under, in 64 hex digits."""
        said = json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def by_benefit(self, benefit: int) -> Tier:
        """The tier of a benefit in fen; a bound belongs to the tier that begins with it."""
        return next(tier for tier in self.tiers if benefit >= tier.from_fen)


def _yuan(name: str, from_yuan: int, least: int, most: int) -> Tier:
    return Tier(name, from_yuan * FEN, least * FEN, most * FEN)


PRESETS: tuple[RewardTable, ...] = (
    RewardTable(
        "1982",
        "合理化建议和技术改进奖励条例（1982年）",
        date(1982, 3, 16),
        (
            _yuan("一等", 1_000_000, 1_000, 2_000),
            _yuan("二等", 100_000, 500, 1_000),
            _yuan("三等", 10_000, 200, 500),
            _yuan("四等", 0, 0, 200),
        ),
    ),
    RewardTable(
        "1986",
        "合理化建议和技术改进奖励条例（1986年修订）",
        date(1986, 6, 4),
        (
            _yuan("一等", 1_000_000, 2_500, 4_000),
            _yuan("二等", 500_000, 1_500, 2_500),
            _yuan("三等", 100_000, 500, 1_500),
            _yuan("四等", 10_000, 300, 500),
            _yuan("五等", 0, 0, 300),
        ),
    ),
)
"""The regulation's tables as RULES has them. The sums are historical: an enterprise's own table comes first."""
BY_CODE = {table.code: table for table in PRESETS}


def table_of(own: Sequence[RewardTable], day: date) -> RewardTable | None:
    """The table that holds on a day: the newest of one's own that has begun, else the newest of the regulation."""
    for tables in (own, PRESETS):
        begun = [table for table in tables if table.from_day <= day]
        if begun:
            return max(begun, key=lambda table: table.from_day)
    return None


def table_problems(tiers: Sequence[Tier], lines: Sequence[int] = ()) -> list[Problem]:
    """What is wrong with a table of one's own; the fields are those of its lines (`most-2`).

    `lines` are the numbers of the tiers' lines in their form, where some between them were left empty.
    """
    problems = [] if tiers else [Problem("reward_tiers_none", "name-1")]
    numbers = lines or range(1, len(tiers) + 1)
    for place, (number, tier) in enumerate(zip(numbers, tiers, strict=True)):
        if tier.least > tier.most:
            problems.append(Problem("reward_bounds_order", f"most-{number}"))
        if tier.most == 0:
            problems.append(Problem("reward_most_none", f"most-{number}"))
        if place and tier.from_fen >= tiers[place - 1].from_fen:
            problems.append(Problem("reward_tiers_order", f"from-{number}"))
    if tiers and tiers[-1].from_fen:
        problems.append(Problem("reward_tiers_open", f"from-{numbers[-1]}"))
    return problems


def award_problems(tier: Tier, amount: int, field: str = "amount") -> list[Problem]:
    """An award lies within its tier, bounds included, and is not nothing. `amount` is fen."""
    if not max(tier.least, 1) <= amount <= tier.most:
        params = {"tier": tier.name, "least": yuan(tier.least), "most": yuan(tier.most)}
        return [Problem("reward_out_of_bounds", field, params)]
    return []


def split(amount: int, shares: Sequence[int]) -> list[int]:
    """`amount` fen by shares in percent that sum to 100; nothing is lost in rounding.

    Each gets what is whole of theirs; the fen that are left go to the largest remainders, of equal ones to who stands
    first. Raises ValueError where the shares do not sum to 100.
    """
    if sum(shares) != WHOLE or any(share < 0 for share in shares):
        raise ValueError("Shares are whole percents that sum to 100.")
    parts = [amount * share // WHOLE for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: (-(amount * shares[place] % WHOLE), place))
    for place in by_remainder[: amount - sum(parts)]:
        parts[place] += 1
    return parts
