"""What an amendment (补充通知) may change in frozen rules: never what was already decided by them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from craftsmen.rules.round_rules import RoundRules
from craftsmen.rules.round_stages import Stage
from foundation.base.problem import Problem

LONGEST_REASON = 500

# From this stage on, these parts of the rules stand as they are.
_SETTLED: Mapping[Stage, frozenset[str]] = {
    Stage.OPEN: frozenset({"holder"}),
    Stage.REVIEWING: frozenset(
        {"holder", "own", "places", "specials", "questions", "summary_most", "story_least", "story_most"}
    ),
    Stage.DECIDING: frozenset(one.name for one in fields(RoundRules)) - {"stages"},
}


@dataclass(frozen=True, slots=True)
class Used:
    """What was done under the rules so far."""

    recommended: Mapping[int, int] = field(default_factory=dict)  # organisation -> under its places, drafts not counted
    specials: Mapping[str, int] = field(default_factory=dict)  # code of a special quota -> recommended under it
    handed_in: frozenset[int] = frozenset()  # organisations whose ranked list was handed in
    stages: frozenset[str] = frozenset()  # stages that a nomination has reached


def amendment_problems(old: RoundRules, new: RoundRules, stage: Stage, used: Used, today: date) -> list[Problem]:
    """Why these rules may not take the place of those, every reason at once; whether they are right is elsewhere."""
    if new == old:
        return [Problem("round_amend_nothing")]
    settled = _SETTLED.get(stage, frozenset(one.name for one in fields(RoundRules)))
    problems = [
        Problem("round_amend_settled", name) for name in sorted(settled) if getattr(old, name) != getattr(new, name)
    ]
    return [*problems, *_places(old, new, used), *_specials(old, new, used), *_stages(old, new, used, today)]


def reason_problems(reason: str) -> list[Problem]:
    """A reason is read by everybody: it is there, and short enough to be read."""
    if not reason.strip():
        return [Problem("round_reason_empty", "reason")]
    if len(reason) > LONGEST_REASON:
        return [Problem("round_long", "reason", {"most": str(LONGEST_REASON)})]
    return []


def _places(old: RoundRules, new: RoundRules, used: Used) -> list[Problem]:
    now = {one.organisation: one.places for one in new.places}
    problems = []
    for channel in old.places:
        places, about = now.get(channel.organisation, 0), {"channel": channel.name}
        field = f"places-{channel.organisation}"
        if channel.organisation in used.handed_in and places != channel.places:
            problems.append(Problem("round_amend_handed_in", field, about))
        elif places < (taken := used.recommended.get(channel.organisation, 0)):
            problems.append(Problem("round_amend_taken", field, {**about, "taken": str(taken)}))
    return problems


def _specials(old: RoundRules, new: RoundRules, used: Used) -> list[Problem]:
    most, names = {one.code: one.most for one in new.specials}, {one.code: one.name for one in old.specials}
    return [
        Problem("round_amend_special", "specials", {"name": names.get(code, code), "taken": str(count)})
        for code, count in sorted(used.specials.items())
        if count > most.get(code, 0)
    ]


def _stages(old: RoundRules, new: RoundRules, used: Used, today: date) -> list[Problem]:
    """A stage that was reached stays, with its days; no date is moved into the past. One that passed may be put off."""
    problems = []
    for code in dict.fromkeys(stage.code for stage in (*old.stages, *new.stages)):
        was, now = old.stage(code), new.stage(code)
        if was == now:
            continue
        if code in used.stages and (was is None or now is None or was.days != now.days):
            problems.append(Problem("round_amend_stage", f"stages-{code}"))
            continue
        due = now.due if now else None
        if due and due < today and due != (was.due if was else None):
            problems.append(Problem("round_amend_past", f"stages-{code}-due"))
    return problems
