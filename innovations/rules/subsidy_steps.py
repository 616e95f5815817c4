"""The way of a round of subsidies and of an application, as two dictionaries, and the words for them. Pure.

申报→审核→拟补助→公示→下达→拨付→使用情况报告→结项/收回 (TERMS.md).
"""

from collections.abc import Mapping
from enum import StrEnum

from foundation.base.problem import N_, Problem


class Stage(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    OPEN = "open"  # 申报: terms frozen
    CHECKING = "checking"  # 审核: eligibility and ranking
    PROPOSED = "proposed"  # 拟补助: an allocation was approved by two people
    NOTICE = "notice"  # 公示
    GRANTED = "granted"  # 下达: document number; 拨付 follows by application
    CLOSED = "closed"  # every application is settled
    CANCELLED = "cancelled"


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("being prepared"),
    Stage.OPEN: N_("open for applications"),
    Stage.CHECKING: N_("being checked and ranked"),
    Stage.PROPOSED: N_("allocation approved by two people"),
    Stage.NOTICE: N_("on public notice"),
    Stage.GRANTED: N_("granted"),
    Stage.CLOSED: N_("settled"),
    Stage.CANCELLED: N_("cancelled"),
}

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("freeze", Stage.DRAFT): Stage.OPEN,
    ("close_applications", Stage.OPEN): Stage.CHECKING,
    ("approve", Stage.CHECKING): Stage.PROPOSED,
    ("check_again", Stage.PROPOSED): Stage.CHECKING,
    ("open_notice", Stage.PROPOSED): Stage.NOTICE,
    ("check_again", Stage.NOTICE): Stage.CHECKING,  # an accepted objection changed something
    ("grant", Stage.NOTICE): Stage.GRANTED,
    ("close", Stage.GRANTED): Stage.CLOSED,
    ("cancel", Stage.DRAFT): Stage.CANCELLED,
    ("cancel", Stage.OPEN): Stage.CANCELLED,
    ("cancel", Stage.CHECKING): Stage.CANCELLED,
}


class ApplicationStage(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ADMITTED = "admitted"  # its city or channel found it in order
    NOT_ADMITTED = "not_admitted"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"
    REPORTED = "reported"  # 使用情况报告 handed in
    SETTLED = "settled"  # 结项
    RECOVERED = "recovered"  # 收回: all that was paid came back
    WITHDRAWN = "withdrawn"


APPLICATION_STAGES: Mapping[ApplicationStage, str] = {
    ApplicationStage.DRAFT: N_("draft of the unit"),
    ApplicationStage.HANDED_IN: N_("handed in"),
    ApplicationStage.RETURNED: N_("given back for completion"),
    ApplicationStage.ADMITTED: N_("in order"),
    ApplicationStage.NOT_ADMITTED: N_("not eligible"),
    ApplicationStage.GRANTED: N_("granted"),
    ApplicationStage.NOT_GRANTED: N_("not funded this time"),
    ApplicationStage.REPORTED: N_("report handed in"),
    ApplicationStage.SETTLED: N_("settled"),
    ApplicationStage.RECOVERED: N_("money given back"),
    ApplicationStage.WITHDRAWN: N_("withdrawn"),
}

APPLICATION_STEPS: Mapping[tuple[str, ApplicationStage], ApplicationStage] = {
    ("hand_in", ApplicationStage.DRAFT): ApplicationStage.HANDED_IN,
    ("hand_in", ApplicationStage.RETURNED): ApplicationStage.HANDED_IN,
    ("return", ApplicationStage.HANDED_IN): ApplicationStage.RETURNED,
    ("admit", ApplicationStage.HANDED_IN): ApplicationStage.ADMITTED,
    ("not_admit", ApplicationStage.HANDED_IN): ApplicationStage.NOT_ADMITTED,
    ("not_admit", ApplicationStage.RETURNED): ApplicationStage.NOT_ADMITTED,  # not completed until money was allocated
    ("reopen", ApplicationStage.ADMITTED): ApplicationStage.HANDED_IN,
    ("reopen", ApplicationStage.NOT_ADMITTED): ApplicationStage.HANDED_IN,
    ("grant", ApplicationStage.ADMITTED): ApplicationStage.GRANTED,
    ("not_grant", ApplicationStage.ADMITTED): ApplicationStage.NOT_GRANTED,
    ("report", ApplicationStage.GRANTED): ApplicationStage.REPORTED,
    ("report_again", ApplicationStage.REPORTED): ApplicationStage.GRANTED,
    ("settle", ApplicationStage.REPORTED): ApplicationStage.SETTLED,
    ("recover", ApplicationStage.GRANTED): ApplicationStage.RECOVERED,
    ("recover", ApplicationStage.REPORTED): ApplicationStage.RECOVERED,
    ("recover", ApplicationStage.SETTLED): ApplicationStage.RECOVERED,  # what was settled turned out otherwise
    ("withdraw", ApplicationStage.DRAFT): ApplicationStage.WITHDRAWN,
    ("withdraw", ApplicationStage.HANDED_IN): ApplicationStage.WITHDRAWN,
    ("withdraw", ApplicationStage.RETURNED): ApplicationStage.WITHDRAWN,
    ("withdraw", ApplicationStage.ADMITTED): ApplicationStage.WITHDRAWN,
    ("give_up", ApplicationStage.GRANTED): ApplicationStage.WITHDRAWN,  # nothing was paid of it, and nothing will be
    ("take_up", ApplicationStage.WITHDRAWN): ApplicationStage.DRAFT,  # while the round still takes applications
    ("complete", ApplicationStage.WITHDRAWN): ApplicationStage.RETURNED,  # it had been given back before
}

OTHER = "other"  # of `BARS`: what it is, is said in words
BARS: Mapping[str, str] = {
    "funded": N_("the same innovation was funded before"),
    "unreported": N_("the unit has not reported on an earlier subsidy"),
    "not_awarded": N_("the innovation won no award in review"),
    "disputed": N_("it is disputed who made it"),
    "incomplete": N_("papers are missing"),
    OTHER: N_("other reasons"),
}
"""Why an application is not eligible; a unit reads the words."""

APPLIES = (Stage.OPEN,)
"""While units write and hand in; what was given back may be completed until the round is allocated."""
COMPLETES = (Stage.OPEN, Stage.CHECKING)


def closed_word(application: ApplicationStage, of: Stage, *, late: bool) -> str:
    """Why a unit writes no more on what it has not finished, as the code of a problem; empty while it may.

    What was given back may be completed after the last day.
    """
    if of is Stage.CANCELLED:
        return "subsidy_cancelled"
    if application is ApplicationStage.DRAFT and of is Stage.OPEN:
        return "subsidy_late" if late else ""
    if application is ApplicationStage.DRAFT or (application is ApplicationStage.RETURNED and of not in COMPLETES):
        return "subsidy_not_open"
    return ""


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage of a round after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("subsidy_step_late")


def application_after(step: str, stage: ApplicationStage) -> ApplicationStage | Problem:
    """The stage of an application after a step, or why it cannot be taken now."""
    return APPLICATION_STEPS.get((step, stage)) or Problem("subsidy_step_late")
