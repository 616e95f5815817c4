"""The forms of rewards: one award with its recipients, and a table of one's own. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.base.money import read_fen
from foundation.base.problem import Problem
from innovations.rules.rewards import WHOLE, RewardTable, Tier, award_problems, split, table_problems

MOST_RECIPIENTS = 20
MOST_TIERS = 8
LONGEST_NAME = 40
LONGEST_WORDS = 100
LONGEST_REASON = 500
_LINE = re.compile(r"(.*?[^0-9０-９.．\s,，:：])[\s,，:：]*([0-9０-９]{1,3})\s*[%％]?")
_NUMBERED = re.compile(r"^[0-9０-９]{1,2}[.．、)）]\s*")
_SEVERAL = re.compile(r"[、，,;；]|[0-9０-９][%％]?\s")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets `fen` of an award, by a share in percent."""

    name: str
    share: int
    fen: int


@dataclass(frozen=True, slots=True)
class Award:
    """What is awarded under which tier, to whom; `reason` says why this tier where nothing was counted."""

    tier: Tier
    amount: int
    reason: str
    recipients: tuple[Recipient, ...]


def read_award(
    values: Mapping[str, str], table: RewardTable, benefit: int | None, people: Sequence[tuple[str, int]] | None = None
) -> tuple[Award | None, list[Problem]]:
    """An award from its form: amount, tier (where the benefit was not counted), reason, recipients (a line each).

    `people` are names and shares that stand already, in the place of recipients.
    """
    amount, problems = read_fen(values.get("amount", ""), "amount")
    reason = values.get("reason", "").strip()
    tier: Tier | None = None
    if benefit is not None and benefit < 0:
        problems.append(Problem("reward_nothing_gained"))
    elif benefit is not None:
        tier = tier_of(table, benefit)
    else:
        tier = next((each for each in table.tiers if each.name == values.get("tier", "")), None)
        if tier is None:
            problems.append(Problem("reward_tier_missing", "tier"))
        if not reason:
            problems.append(Problem("reward_reason_missing", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("proposal_long", "reason", {"most": str(LONGEST_REASON), "length": str(len(reason))}))
    if tier is not None and amount is not None:
        problems += award_problems(tier, amount)
    shares, wrong = (list(people), []) if people is not None else read_recipients(values.get("recipients", ""))
    problems += wrong
    if problems or tier is None or amount is None:
        return None, problems
    parts = split(amount, [share for _, share in shares])
    found = tuple(Recipient(name, share, fen) for (name, share), fen in zip(shares, parts, strict=True))
    return Award(tier, amount, reason, found), []


def tier_of(table: RewardTable, benefit: int | None) -> Tier | None:
    """The tier that follows from a verified benefit in fen; None where somebody chooses it, and below nothing."""
    return table.by_benefit(benefit) if benefit is not None and benefit >= 0 else None


def read_recipients(text: str) -> tuple[list[tuple[str, int]], list[Problem]]:
    """Names and shares, a line each ("冯砚秋 60"); somebody alone needs no share. Problems stand at `recipients`.

    A line that names several people is told, never read as one of them.
    """
    lines = [" ".join(unicodedata.normalize("NFC", line).split()) for line in text.splitlines() if line.strip()]
    lines = [_NUMBERED.sub("", line) or line for line in lines]
    if not lines:
        return [], [Problem("reward_recipients_none", "recipients")]
    if len(lines) > MOST_RECIPIENTS:
        return [], [Problem("reward_recipients_many", "recipients", {"most": str(MOST_RECIPIENTS)})]
    found, problems = [], []
    for line in lines:
        read = _LINE.fullmatch(line)
        if read is not None:
            found.append((read[1].strip(), int(read[2])))
        elif len(lines) == 1 and not _DIGIT.search(line):
            found.append((line, WHOLE))
        else:
            problems.append(Problem("reward_share_missing", "recipients", {"line": line[:40]}))
    problems += [
        Problem("reward_line_several", "recipients", {"line": name[:40]}) for name, _ in found if _SEVERAL.search(name)
    ]
    problems += [
        Problem("reward_recipient_long", "recipients", {"name": name[:20], "most": str(LONGEST_NAME)})
        for name, _ in found
        if len(name) > LONGEST_NAME
    ]
    if any(share < 1 for _, share in found):
        problems.append(Problem("reward_share_none", "recipients"))
    total = sum(share for _, share in found)
    if not problems and total != WHOLE:
        problems.append(Problem("reward_shares_sum", "recipients", {"sum": str(total)}))
    return found, problems


def read_table(
    values: Mapping[str, str], today: date
) -> tuple[tuple[str, date, tuple[Tier, ...]] | None, list[Problem]]:
    """A table of one's own: title, the day from which it holds, and up to `MOST_TIERS` lines.

    It never begins before today: what was awarded keeps the table of its day.
    """
    title, problems = " ".join(values.get("title", "").split()), []
    if not title:
        problems.append(Problem("reward_title_empty", "title"))
    elif len(title) > LONGEST_WORDS:
        problems.append(Problem("proposal_long", "title", {"most": str(LONGEST_WORDS), "length": str(len(title))}))
    from_day = _day(values.get("from_day", ""))
    if from_day is None:
        problems.append(Problem("reward_day", "from_day"))
    elif from_day < today:
        problems.append(Problem("reward_day_past", "from_day"))
    tiers, lines, wrong = _tiers(values)
    problems += wrong or table_problems(tiers, lines)
    return (None, problems) if problems or from_day is None else ((title, from_day, tuple(tiers)), [])


def _tiers(values: Mapping[str, str]) -> tuple[list[Tier], list[int], list[Problem]]:
    """The tiers, the numbers of their lines, and what cannot be read of them."""
    tiers: list[Tier] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for number in range(1, MOST_TIERS + 1):
        cells = {cell: values.get(f"{cell}-{number}", "").strip() for cell in ("name", "from", "least", "most", "for")}
        if not any(cells.values()):
            continue
        if not cells["name"]:
            problems.append(Problem("reward_tier_unnamed", f"name-{number}"))
        if any(tier.name == cells["name"] for tier in tiers):
            problems.append(Problem("reward_tier_again", f"name-{number}"))
        amounts = {}
        for cell in ("from", "least", "most"):
            amounts[cell], wrong = read_fen(cells[cell] or "0", f"{cell}-{number}")
            problems += wrong
        problems += [
            Problem("proposal_long", f"{cell}-{number}", {"most": str(most), "length": str(len(cells[cell]))})
            for cell, most in (("name", LONGEST_NAME), ("for", LONGEST_WORDS))
            if len(cells[cell]) > most
        ]
        lines.append(number)
        tiers.append(
            Tier(cells["name"], amounts["from"] or 0, amounts["least"] or 0, amounts["most"] or 0, cells["for"])
        )
    return tiers, lines, problems


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def lines_of(recipients: Sequence[tuple[str, int]]) -> str:
    """Names and shares as they are typed."""
    return "\n".join(f"{name} {share}" for name, share in recipients)
