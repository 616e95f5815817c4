"""A call for studios: its way, what is frozen with it (standards, places by channel), and its form. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from foundation.base.letters import half_width
from foundation.base.money import read_fen, yuan
from foundation.base.problem import N_, Problem
from innovations.rules.studios import Standards

LONGEST_NAME = 200
LONGEST_TERM = 10  # years
MOST_PLACES = 999


class RoundStage(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"
    OPEN = "open"  # 申报与推荐: standards frozen
    CHECKING = "checking"  # lists are in, the office chooses
    NOTICE = "notice"  # 公示
    NAMED = "named"  # 命名
    CANCELLED = "cancelled"


ROUND_STAGES: Mapping[RoundStage, str] = {
    RoundStage.DRAFT: N_("being prepared"),
    RoundStage.OPEN: N_("units apply, channels recommend"),
    RoundStage.CHECKING: N_("the office chooses"),
    RoundStage.NOTICE: N_("on public notice"),
    RoundStage.NAMED: N_("studios named"),
    RoundStage.CANCELLED: N_("cancelled"),
}

ROUND_STEPS: Mapping[tuple[str, RoundStage], RoundStage] = {
    ("freeze", RoundStage.DRAFT): RoundStage.OPEN,
    ("close_lists", RoundStage.OPEN): RoundStage.CHECKING,
    ("open_notice", RoundStage.CHECKING): RoundStage.NOTICE,
    ("choose_again", RoundStage.NOTICE): RoundStage.CHECKING,
    ("name", RoundStage.NOTICE): RoundStage.NAMED,
    ("cancel", RoundStage.DRAFT): RoundStage.CANCELLED,
    ("cancel", RoundStage.OPEN): RoundStage.CANCELLED,
    ("cancel", RoundStage.CHECKING): RoundStage.CANCELLED,
}


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is frozen with a call. `places` are those of single channels by their id and go before `each`."""

    standards: Standards = Standards()
    each: int = 1
    places: Mapping[str, int] = {}

    def places_of(self, channel: int) -> int:
        """How many studios a channel may recommend (限额推荐)."""
        return self.places.get(str(channel), self.each)


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call before it is frozen."""

    name: str
    year: int
    apply_until: date
    call: Call


def round_after(step: str, stage: RoundStage) -> RoundStage | Problem:
    """The stage of a call after a step, or why it cannot be taken now."""
    return ROUND_STEPS.get((step, stage)) or Problem("studio_step_late")


def draft_problems(draft: CallDraft, today: date) -> list[Problem]:
    """Everything that must be mended before a call is frozen."""
    problems = []
    if not draft.name or len(draft.name) > LONGEST_NAME:
        problems.append(Problem("studio_call_name", "name", {"most": str(LONGEST_NAME)}))
    if draft.apply_until < today:
        problems.append(Problem("studio_call_until", "apply_until"))
    if not 1 <= draft.call.standards.term <= LONGEST_TERM:
        problems.append(Problem("studio_call_term", "term", {"most": str(LONGEST_TERM)}))
    if not any([draft.call.each, *draft.call.places.values()]):
        problems.append(Problem("studio_call_places", "each"))
    return problems


def read_call(values: Mapping[str, str], year: int, channels: Sequence[int]) -> tuple[CallDraft | None, list[Problem]]:
    """A call from its form, or everything that cannot be read. `place-<id>` are the places of one channel."""
    problems: list[Problem] = []

    def whole(name: str, default: int) -> int:
        text = half_width(values.get(name, "")) or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST_PLACES):
            problems.append(Problem("studio_whole", name, {"most": str(MOST_PLACES)}))
            return default
        return int(text)

    fund, wrong = read_fen(values.get("fund", "").strip() or "0", "fund")
    problems += wrong
    standards = Standards(
        titled_leader=bool(values.get("titled_leader")), years=whole("years", 0), results=whole("results", 0),
        trainings=whole("trainings", 0), upgraded=whole("upgraded", 0), fund=fund or 0,
        place=bool(values.get("place")), rules=bool(values.get("rules")), term=whole("term", 0),
        most_unassessed=whole("most_unassessed", 0),
    )  # fmt: skip
    typed = [one for one in channels if values.get(f"place-{one}", "").strip()]
    places = {str(one): whole(f"place-{one}", 0) for one in typed}
    each = whole("each", 0)
    name = " ".join(values.get("name", "").split())
    if not name or len(name) > LONGEST_NAME:  # a list of calls needs it from the first day on
        problems.append(Problem("studio_call_name", "name", {"most": str(LONGEST_NAME)}))
    try:
        until = date.fromisoformat(half_width(values.get("apply_until", "")))
    except ValueError:
        return None, [*problems, Problem("studio_call_until", "apply_until")]
    return (None, problems) if problems else (CallDraft(name, year, until, Call(standards, each, places)), [])


def typed_call(draft: CallDraft) -> dict[str, str]:
    """A call as the fields of its form."""
    one = draft.call.standards
    numbers = ("years", "results", "trainings", "upgraded", "term", "most_unassessed")
    flags = ("titled_leader", "place", "rules")
    return {
        "name": draft.name, "apply_until": draft.apply_until.isoformat(), "each": str(draft.call.each),
        "fund": yuan(one.fund) if one.fund else "",
        **{name: str(getattr(one, name)) for name in numbers},
        **{name: "1" for name in flags if getattr(one, name)},
        **{f"place-{channel}": str(places) for channel, places in draft.call.places.items()},
    }  # fmt: skip
