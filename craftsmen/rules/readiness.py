"""What stops a nomination from going on from where it stands: one problem for each thing, each saying what to do. Pure.

The same answer stands on the officer's board, on the unit's page and in the refusal of the step, so nobody is
surprised by the button.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from craftsmen.rules.materials import STAGE_PAPERS, Line, Opinion, Said
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, Stage
from foundation.base.problem import Problem


class Scan(StrEnum):
    """What the rare-character and privacy scan says of the text as it stands now."""

    UNREAD = "unread"  # never scanned, or changed since
    OPEN = "open"  # something was found that nobody decided on
    CLEAN = "clean"  # nothing found, or each thing accepted with a reason


class Notice(StrEnum):
    """How the unit's notice (单位公示) stands."""

    MISSING = "missing"
    RUNNING = "running"
    SHORT = "short"  # on paper, for fewer working days than the round wants
    HELD = "held"  # an accepted objection is open
    UNKNOWN_YEAR = "unknown_year"  # nobody told yet on which days of that year people work
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a nomination stands and all that decides whether it goes on; `target` is None where nothing follows."""

    stage: Stage
    target: Stage | None
    today: date
    due: date | None = None
    form: tuple[Problem, ...] = ()
    materials: tuple[Line, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    scan: Scan = Scan.CLEAN
    notice: Notice = Notice.PASSED
    notice_days: int = 0
    ranked: bool = True


def blocks(standing: Standing) -> list[Problem]:
    """Everything that must be mended before `go_on`; none: it can go on now."""
    stage = standing.stage
    if standing.target is None:
        return [Problem("nomination_no_way_on")]
    problems = late(standing)
    leaves_unit = stage in AT_UNIT and standing.target not in AT_UNIT
    if stage in AT_UNIT or stage in AUDITED:
        problems += standing.form
        problems += _scan(standing)
    if leaves_unit or stage in AUDITED:
        problems += _materials(standing.materials)
    elif stage in STAGE_PAPERS:
        code = STAGE_PAPERS[stage]
        problems += _materials(tuple(line for line in standing.materials if line.rule.code == code))
    if stage is Stage.UNIT_NOTICE:
        problems += _notice(standing)
    if stage in (Stage.CHANNEL, Stage.PROVINCE):
        problems += _opinions(standing.opinions)
    if stage is Stage.CHANNEL and not standing.ranked:
        problems.append(Problem("nomination_not_ranked"))
    return problems


def late(standing: Standing) -> list[Problem]:
    """Whether the day by which this stage is left has passed; that day itself still counts."""
    if standing.due is None or standing.today <= standing.due:
        return []
    return [Problem("nomination_late", "", {"due": standing.due.isoformat()})]


def warnings(standing: Standing) -> list[Problem]:
    """What does not stop it today and may tomorrow."""
    found = [
        Problem("opinion_soon", "opinions", {"name": one.rule.name, "until": _iso(one.valid_until)})
        for one in standing.opinions
        if one.state is Said.SOON
    ]
    found += [
        Problem("material_outdated", f"material_{line.rule.code}", {"name": line.rule.name})
        for line in standing.materials
        if line.state == "outdated"
    ]
    if standing.due is not None and 0 <= (standing.due - standing.today).days <= 3:
        found.append(Problem("nomination_due_soon", "", {"due": standing.due.isoformat()}))
    return found


def _scan(standing: Standing) -> list[Problem]:
    return [] if standing.scan is Scan.CLEAN else [Problem(f"nomination_scan_{standing.scan.value}", "scan")]


def _materials(lines: tuple[Line, ...]) -> list[Problem]:
    return [
        Problem("material_missing", f"material_{line.rule.code}", {"name": line.rule.name})
        for line in lines
        if line.state == "missing"
    ]


def _notice(standing: Standing) -> list[Problem]:
    if standing.notice is Notice.PASSED:
        return []
    days = {"days": str(standing.notice_days)}
    return [Problem(f"nomination_notice_{standing.notice.value}", "notice", days)]


def _opinions(opinions: tuple[Opinion, ...]) -> list[Problem]:
    return [
        Problem(
            f"opinion_{one.state.value}",
            f"opinion_{one.rule.code}",
            {"name": one.rule.name, "until": _iso(one.valid_until)},
        )
        for one in opinions
        if one.state in (Said.MISSING, Said.EXPIRED, Said.AGAINST)
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
