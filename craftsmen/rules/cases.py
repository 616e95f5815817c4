"""The way of a revocation: the unit reports with evidence, who recommended says yes or no, two people decide. Pure.

Where the recommender disagrees, the conferring body may still decide: the word stands in the case, and both persons
who decide read it. A unit that reported by mistake takes the report back while nobody has decided.
"""

from collections.abc import Mapping
from enum import StrEnum

from foundation.base.problem import N_, Problem

LONGEST_REPORT = 5000
LONGEST_OPINION = 2000
LONGEST_RECOVERED = 200
MOST_FILES = 10


class Stage(StrEnum):
    """Where a case stands; the last three are final."""

    REPORTED = "reported"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    REVOKED = "revoked"
    CLOSED = "closed"  # the conferring body found no ground
    WITHDRAWN = "withdrawn"  # who reported took it back


class Ground(StrEnum):
    """Why an honour is revoked (RULES: "Revocation")."""

    FRAUD = "fraud"  # 弄虚作假
    CONCEALMENT = "concealment"  # 隐瞒
    PROCEDURE = "procedure"  # 严重违反程序
    DISMISSAL = "dismissal"  # 开除
    CRIME = "crime"  # 刑事处罚
    OTHER = "other"


OPEN = (Stage.REPORTED, Stage.AGREED, Stage.DISAGREED)

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("agree", Stage.REPORTED): Stage.AGREED,
    ("disagree", Stage.REPORTED): Stage.DISAGREED,
    ("revoke", Stage.AGREED): Stage.REVOKED,
    ("revoke", Stage.DISAGREED): Stage.REVOKED,
    ("close", Stage.AGREED): Stage.CLOSED,
    ("close", Stage.DISAGREED): Stage.CLOSED,
    ("withdraw", Stage.REPORTED): Stage.WITHDRAWN,
    ("withdraw", Stage.AGREED): Stage.WITHDRAWN,
    ("withdraw", Stage.DISAGREED): Stage.WITHDRAWN,
}

STAGES: Mapping[str, str] = {
    Stage.REPORTED: N_("reported, the recommender is asked"),
    Stage.AGREED: N_("the recommender agrees"),
    Stage.DISAGREED: N_("the recommender disagrees"),
    Stage.REVOKED: N_("revoked"),
    Stage.CLOSED: N_("closed, the honour stands"),
    Stage.WITHDRAWN: N_("report taken back"),
}
GROUNDS: Mapping[str, str] = {
    Ground.FRAUD: N_("fraud in the application"),
    Ground.CONCEALMENT: N_("something serious was concealed"),
    Ground.PROCEDURE: N_("serious breach of procedure"),
    Ground.DISMISSAL: N_("dismissal for misconduct"),
    Ground.CRIME: N_("criminal penalty"),
    Ground.OTHER: N_("another ground in the rules of the title"),
}


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that `step` leads to, or None where it may not be taken."""
    return STEPS.get((step, stage))


def report_problems(ground: str, report: str, files: int) -> list[Problem]:
    """What is wrong with a report: evidence belongs to it."""
    problems = [] if ground in set(Ground) else [Problem("case_ground", "ground")]
    problems += text_problems(report, "report", LONGEST_REPORT)
    if not files:
        problems.append(Problem("case_evidence", "file"))
    if files > MOST_FILES:
        problems.append(Problem("case_files_many", "file", {"most": str(MOST_FILES)}))
    return problems


def text_problems(text: str, field: str, most: int) -> list[Problem]:
    """A text that must be there, and not longer than `most` characters."""
    if not text.strip():
        return [Problem(f"case_{field}_empty", field)]
    return [Problem("honour_text_long", field, {"most": str(most)})] if len(text) > most else []
