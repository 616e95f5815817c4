"""What an office says of a round of subsidies, and a unit of its application: checked values. Pure; money is fen."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from foundation.base.money import read_fen
from foundation.base.problem import Problem
from innovations.rules.payments import instalment_problems
from innovations.rules.subsidy_steps import OTHER
from innovations.rules.subsidy_terms import CHOSEN_BARS, MILLION, Method, Terms

LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE = 200, 2000, 100
LONGEST_WHY = 500
LONGEST_PLAN = 40  # of instalments as they are kept
MOST_LINES = 20
PERCENT = MILLION // 100
TOTALS = frozenset({"合计", "总计", "共计", "小计"})  # what a pasted table calls its sum


class RoundDraft(msgspec.Struct, frozen=True):
    """A round before it is frozen; `instalments` are whole percents, `report_months` until a unit must report."""

    name: str
    year: int
    apply_until: date
    terms: Terms
    instalments: tuple[int, ...] = (100,)
    report_months: int = 12


class PlanLine(msgspec.Struct, frozen=True):
    """What money is spent on, and how much of it."""

    what: str
    amount: int


class Asked(msgspec.Struct, frozen=True):
    """What a unit asks for: the sum of its plan, and what the innovation costs as a whole."""

    cost: int
    purpose: str
    plan: tuple[PlanLine, ...]

    @property
    def amount(self) -> int:
        """What is asked, in fen."""
        return sum(one.amount for one in self.plan)


def draft_problems(draft: RoundDraft, today: date) -> list[Problem]:
    """What must be mended before a round can be frozen, all at once."""
    terms, problems = draft.terms, []
    if not draft.name or len(draft.name) > LONGEST_NAME:
        problems.append(Problem("subsidy_name", "name", {"most": str(LONGEST_NAME)}))
    if draft.apply_until <= today:
        problems.append(Problem("subsidy_apply_until", "apply_until"))
    if terms.budget <= 0:
        problems.append(Problem("subsidy_budget", "budget"))
    if not 0 < terms.item <= max(terms.budget, 1):
        problems.append(Problem("subsidy_item", "item"))
    for field, most in (("unit", terms.unit), ("city", terms.city)):
        if most is not None and most < terms.least:
            problems.append(Problem("subsidy_ceiling_below_least", field))
    if any(most < terms.least for most in terms.cities.values()):
        problems.append(Problem("subsidy_ceiling_below_least", "cities"))
    if terms.step <= 0 or terms.step > max(terms.item, 1):
        problems.append(Problem("subsidy_step", "step"))
    if not 0 <= terms.least <= terms.item:
        problems.append(Problem("subsidy_least", "least"))
    if terms.cost_share is not None and not 0 < terms.cost_share <= MILLION:
        problems.append(Problem("subsidy_cost_share", "cost_share"))
    problems += instalment_problems(draft.instalments)
    if not 1 <= draft.report_months <= 36:
        problems.append(Problem("subsidy_report_months", "report_months"))
    return problems


def asked_problems(asked: Asked) -> list[Problem]:
    """What must be mended before an application can be handed in, all at once."""
    problems = []
    if not asked.purpose.strip():
        problems.append(Problem("subsidy_purpose_empty", "purpose"))
    if len(asked.purpose) > LONGEST_TEXT:
        problems.append(Problem("subsidy_long", "purpose", {"most": str(LONGEST_TEXT)}))
    if not asked.plan:
        problems.append(Problem("subsidy_plan_empty", "plan"))
    if len(asked.plan) > MOST_LINES:
        problems.append(Problem("subsidy_plan_long", "plan", {"most": str(MOST_LINES)}))
    for number, line in enumerate(asked.plan, 1):
        if not line.what or len(line.what) > LONGEST_LINE or line.amount <= 0:
            problems.append(Problem("subsidy_plan_line", "plan", {"line": str(number)}))
    if asked.cost < asked.amount:
        problems.append(Problem("subsidy_cost_below", "cost"))
    return problems


def read_asked(values: Mapping[str, str]) -> tuple[Asked, list[Problem]]:
    """An application from its form: `plan` has a line each, "what: amount"; with it everything that cannot be read."""
    cost, problems = read_fen(values.get("cost", "") or "0", "cost")
    lines = []
    for number, text in enumerate((one for one in values.get("plan", "").splitlines() if one.strip()), 1):
        what, typed = _parted(text)
        amount, wrong = read_fen(typed, "plan")
        if "".join(what.split()) in TOTALS:
            problems.append(Problem("subsidy_plan_total", "plan", {"line": str(number)}))
        elif amount is None or wrong:
            problems.append(Problem("subsidy_plan_line", "plan", {"line": str(number)}))
        else:
            lines.append(PlanLine(" ".join(what.split()), amount))
    return Asked(cost or 0, values.get("purpose", "").strip(), tuple(lines)), problems


def bars_problems(bars: Sequence[str], why: str) -> list[Problem]:
    """What is wrong with “not eligible” as it was typed: a unit reads codes, and of what no code says, words."""
    problems = [] if bars else [Problem("subsidy_bars_empty", "bars")]
    if OTHER in bars and not why:
        problems.append(Problem("subsidy_why_not_empty", "why_not"))
    if len(why) > LONGEST_WHY:
        problems.append(Problem("subsidy_long", "why_not", {"most": str(LONGEST_WHY)}))
    return problems


def ranks_problems(ranks: Sequence[int]) -> list[Problem]:
    """Why these ranks, as they were typed (0 for none), put nothing in order: which of them twice, how many missing."""
    given = Counter(ranks)
    missing = [Problem("subsidy_unranked", "", {"count": str(given.pop(0))})] if given.get(0) else []
    return missing + [
        Problem("subsidy_rank_twice", "", {"rank": str(rank), "count": str(count)})
        for rank, count in sorted(given.items())
        if count > 1
    ]


def _parted(line: str) -> tuple[str, str]:
    """What stands before the last colon and the amount behind it; in a line of a pasted table, the last column."""
    line = line.strip().replace("：", ":")
    what, parted, typed = line.rpartition("\t" if "\t" in line else ":")
    return (what.rstrip(" :"), typed) if parted else (line, "")


def read_ceilings(text: str, channels: Mapping[str, str]) -> tuple[dict[str, int], list[Problem]]:
    """Ceilings of single channels, a line each, "name: amount"; `channels` has their names by the key of `Terms`."""
    keys = {"".join(name.split()): key for key, name in channels.items()}
    found: dict[str, int] = {}
    problems = []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        name, typed = _parted(line)
        fen, wrong = read_fen(typed, "cities")
        key = keys.get("".join(name.split()), "")
        if fen is None or wrong:
            problems.append(Problem("subsidy_channel_line", "cities", {"line": str(number)}))
        elif not key:
            problems.append(Problem("subsidy_channel_unknown", "cities", {"name": " ".join(name.split())[:60]}))
        elif key in found:
            problems.append(Problem("subsidy_channel_twice", "cities", {"name": " ".join(name.split())[:60]}))
        else:
            found[key] = fen
    return found, problems


def read_round(
    values: Mapping[str, str], year: int, channels: Mapping[str, str], bars: Collection[str] = ()
) -> tuple[RoundDraft | None, list[Problem]]:
    """A round from its form, or everything that cannot be read or kept. An empty ceiling does not bind.

    `bars` are the codes that were ticked.
    """
    cities, problems = read_ceilings(values.get("cities", ""), channels)
    who = values.get("who", "").strip()
    if len(who) > LONGEST_WHY:
        problems.append(Problem("subsidy_long", "who", {"most": str(LONGEST_WHY)}))
    name = " ".join(values.get("name", "").split())
    if len(name) > LONGEST_NAME:
        problems.append(Problem("subsidy_name", "name", {"most": str(LONGEST_NAME)}))

    def money(name: str, *, optional: bool = False) -> int | None:
        text = values.get(name, "").strip()
        if optional and not text:
            return None
        fen, wrong = read_fen(text, name)
        problems.extend(wrong)
        return fen

    def whole(name: str, default: int) -> int:
        text = _plain(values.get(name, "")).removesuffix("%").strip() or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < 4):
            problems.append(Problem("subsidy_whole", name))
            return default
        return int(text)

    budget, item, least = money("budget"), money("item"), money("least", optional=True)
    unit, city, step = money("unit", optional=True), money("city", optional=True), money("step", optional=True)
    share = values.get("cost_share", "").strip()
    percent = whole("cost_share", 100) if share else None
    method = values.get("method", Method.IN_ORDER.value)
    if method not in set(Method):
        problems.append(Problem("subsidy_method", "method"))
    parts = re.sub(r"[%+、,;/]", " ", _plain(values.get("instalments", "100"))).split()
    if not all(one.isascii() and one.isdigit() and len(one) < 4 for one in parts) or _kept(parts) > LONGEST_PLAN:
        problems.append(Problem("subsidy_instalments_form", "instalments"))
    until, months = _day(values.get("apply_until", "")), whole("report_months", 12)
    if until is None:
        problems.append(Problem("subsidy_apply_until", "apply_until"))
    if problems or until is None or budget is None or item is None:
        return None, problems
    terms = Terms(
        budget=budget, item=item, unit=unit, city=city, cities=cities, least=least or 0,
        step=100_00 if step is None else step, method=Method(method),
        cost_share=None if percent is None else percent * PERCENT, who=who,
        bars=tuple(code for code in CHOSEN_BARS if code in bars),
    )  # fmt: skip
    return RoundDraft(name, year, until, terms, tuple(int(one) for one in parts), months), []


def _plain(text: str) -> str:
    """As a Chinese keyboard gives it: "６０％、４０％" is "60%、40%"."""
    return unicodedata.normalize("NFKC", text[:200]).strip()


def _kept(parts: Sequence[str]) -> int:
    return len(" ".join(str(int(one)) for one in parts if one.isascii() and one.isdigit()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
