"""A benefit is verified by two people (核定): one puts what finance found beside what is claimed, another confirms.

Whoever claims may ask for the claim as it stands; a correction comes from somebody else. Who claimed never confirms.
A unit with one person asks its upper union. What has not happened cannot be verified: the twelve months end first.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from foundation.base.money import yuan
from foundation.base.problem import N_, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import benefit_evidence, benefits, innovations
from innovations.innovation_tables import Innovation
from innovations.rules.benefit_typed import last_day, worked
from innovations.rules.benefits import Line, benefit, value
from innovations.rules.innovations import GONE, Stage


@tried_again
async def ask(  # noqa: PLR0917 - a question is all of these
    innovation_id: int, lines: Sequence[Line], reason: str, revision: int, by: int, now: datetime, today: date
) -> int:
    """Ask a second person to confirm these lines as verified; answers the act's id. Raises NotFound, Refused."""
    async with transaction():
        row = await innovations.locked(innovation_id)
        found = await benefits.of(innovation_id)
        if found is None or not found.claimed or Stage(row["stage"]) in GONE:
            raise Refused(Problem("benefit_not_claimed"))
        if found.revision != revision:
            raise Refused(Problem("innovation_stale"))
        await benefits.check_open(found)
        evidence = await benefit_evidence.listed(found.id)
        problems = _early(found, today)
        if not evidence:
            problems.append(Problem("benefit_unproved"))
        if by == found.claimed_by and tuple(lines) != found.claimed:
            problems.append(Problem("benefit_own_correction", "what-1"))
        problems += two_person.reason_problems(reason)
        if problems:
            raise Refused(*problems)
        claimed, verified = msgspec.to_builtins(list(found.claimed)), msgspec.to_builtins(list(lines))
        payload = {
            "innovation": innovation_id, "revision": found.revision, "claimed": claimed, "verified": verified,
            "evidence": evidence[0].file_id,
        }  # fmt: skip
        about = innovations.subject(innovation_id)
        act = await two_person.ask(VERIFY, about, payload, row["organisation"], by, reason, now)
        await benefits.set_asked(found, act)
        return act


def _early(found: benefits.BenefitFacts, today: date) -> list[Problem]:
    if found.first_day is None or today > (ends := last_day(found.first_day)):
        return []
    return [Problem("benefit_period_open", "", {"day": ends.isoformat()})]


async def _verify(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction. Confirmed on paper by who asked, the paper has both signatures."""
    innovation_id = int(act.payload["innovation"])
    row = await innovations.locked(innovation_id)
    found = await benefits.of(innovation_id)
    if found is None or Stage(row["stage"]) in GONE or found.revision != act.payload["revision"]:
        raise Refused(Problem("innovation_stale"))
    if by == found.claimed_by and by != act.asked_by:
        raise Refused(Problem("benefit_own_claim"))
    await benefits.set_verified(found, _lines(act.payload["verified"]), act, by, now)


async def _unverified(act: two_person.Asked, by: int, now: datetime) -> None:
    """Rejected or withdrawn: it waits for finance again."""
    await innovations.locked(int(act.payload["innovation"]))
    if (found := await benefits.of(int(act.payload["innovation"]))) is not None:
        await benefits.set_asked(found, None)


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    row = (
        await Innovation.select(Innovation.handed_title, Innovation.organisation.name.as_alias("unit"))
        .where(Innovation.id == int(payload["innovation"]))
        .first()
    )
    claimed, verified = _lines(payload["claimed"]), _lines(payload["verified"])
    return (
        (N_("Innovation"), f"{row['handed_title']} · {row['unit']}" if row else ""),
        (N_("Benefit claimed, yuan"), yuan(benefit(claimed))),
        (N_("Benefit to be verified, yuan"), yuan(benefit(verified))),
        *((N_("Line of the verified working"), _said(line)) for line in verified),
    )


def _said(line: Line) -> str:
    working = worked(line)
    return f"{line.what}: {working} = {yuan(value(line))}" if working else f"{line.what}: {yuan(value(line))}"


def _lines(payload: Any) -> tuple[Line, ...]:
    return tuple(msgspec.convert(payload, list[Line]))


VERIFY = two_person.register(
    two_person.Kind(
        benefits.ACT,
        N_("Verify the benefit of an innovation"),
        perform=_verify,
        show=_show,
        unperformed=_unverified,
        address=lambda act: f"/innovations/desk/{act.payload['innovation']}/benefit",
        evidence=lambda act: int(act.payload["evidence"]),
    )
)
