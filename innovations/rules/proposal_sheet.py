"""A unit's table of proposals (汇总表) as a sheet: what a row must say, and where its proposal stands then. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from foundation.base.problem import Problem
from innovations.rules.proposal_form import has_signs
from innovations.rules.proposals import Stage

STATES: Mapping[str, Stage] = {
    "submitted": Stage.SUBMITTED,
    "review": Stage.REVIEW,
    "adopted": Stage.ADOPTED,
    "partly": Stage.PARTLY,
    "done": Stage.CARRIED_OUT,
    "not_adopted": Stage.NOT_ADOPTED,
}
STEP_TO: Mapping[Stage, str] = {
    Stage.REVIEW: "review",
    Stage.ADOPTED: "adopt",
    Stage.PARTLY: "adopt_partly",
    Stage.CARRIED_OUT: "carried_out",
    Stage.NOT_ADOPTED: "not_adopt",
}
"""The step by which a proposal of a sheet came to where it stands; its earlier ones were on paper."""


def check(values: Mapping[str, str | int]) -> Sequence[Problem]:
    """What is wrong with a row whose cells are right: reasons and benefits stand where they belong."""
    problems = [
        Problem("proposal_name_signs", field) for field in ("name", "others") if has_signs(str(values.get(field, "")))
    ]
    if values["state"] in ("partly", "not_adopted") and not values.get("reason"):
        problems.append(Problem("proposal_reason_missing", "reason"))
    if values["state"] != "done" and values.get("claimed"):
        problems.append(Problem("proposal_sheet_benefit_early", "claimed"))
    if values.get("claimed") and values.get("uncounted"):
        problems.append(Problem("proposal_sheet_benefit_both", "uncounted"))
    return problems


def first_day(text: str) -> date:
    """The first day of "2025-10-01", "2025-10" or "2025"."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def stage_of(values: Mapping[str, str | int]) -> Stage:
    """Where a row's proposal stands; one without a benefit in money has nothing to be verified."""
    stage = STATES[str(values["state"])]
    if stage is Stage.CARRIED_OUT and not values.get("claimed"):
        return Stage.VERIFIED
    return stage
