"""Opening published results again for a correction (更正): the only writer of `Reopening`, and of that step back.

It needs two people. What was published stays public, with a word that it is being corrected, until the next version
is published with its public reason.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from competitions.changed import contest_changed
from competitions.contests import ContestFacts, lock_contest
from competitions.rules.stages import Stage, after
from competitions.tables import Contest, Publication, Reopening
from foundation.base.problem import N_, Problem, Refused
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person

LONGEST = 1000


@tried_again
async def ask_to_reopen(contest: ContestFacts, public_reason: str, reason: str, by: int, now: datetime) -> int:
    """Ask that the published results be opened again; answers the act's id.

    `public_reason` will stand on the public page, `reason` is for those who decide. Raises Refused with everything
    that is missing.
    """
    problems = _problems(public_reason, reason)
    if problems:
        raise Refused(*problems)
    async with transaction():
        found = await lock_contest(contest.id)
        if after("reopen", found.stage) is None:
            raise Refused(Problem("reopen_not_published"))
        return await two_person.ask(
            REOPEN,
            f"contest:{contest.id}",
            {"address": contest.address, "version": await newest_version(contest.id), "public_reason": public_reason},
            found.competition.organisation_id,
            by,
            reason,
            now,
        )


async def newest_version(contest_id: int) -> int:
    """The number of the last published version; 0 before the first."""
    return int(await Publication.count().where(Publication.contest == contest_id))


async def being_corrected(contest_id: int) -> str:
    """The public reason for which the newest results are open again; empty where they are not."""
    row = (
        await Reopening.select(Reopening.public_reason)
        .where(Reopening.contest == contest_id, Reopening.version == await newest_version(contest_id))
        .first()
    )
    return str(row["public_reason"]) if row else ""


def _problems(public_reason: str, reason: str) -> list[Problem]:
    problems = []
    for field, text in (("public_reason", public_reason), ("reason", reason)):
        if not text.strip():
            problems.append(Problem(f"reopen_{field}_empty", field))
        elif len(text) > LONGEST:
            problems.append(Problem("reopen_long", field, {"most": str(LONGEST)}))
    return problems


async def _reopen(act: two_person.Asked, by: int, now: datetime) -> None:
    """Open the results again: confirmed, inside its transaction."""
    contest = await lock_contest(int(act.about.removeprefix("contest:")))
    if after("reopen", contest.stage) is None or await newest_version(contest.id) != act.payload["version"]:
        raise Refused(Problem("reopen_not_published"))
    await Reopening(
        contest=contest.id,
        version=act.payload["version"],
        act=act.id,
        public_reason=act.payload["public_reason"],
        reopened_at=now.astimezone(UTC),
    ).save()
    await Contest.update({Contest.stage: Stage.MARKING.value}).where(Contest.id == contest.id)
    contest_changed(contest)
    ledger.record(
        stream=f"contest:{contest.id}",
        act="results.reopened",
        actor=f"account:{by}",
        about=act.about,
        payload={"version": act.payload["version"], "act": act.id, "asked_by": act.asked_by},
    )


def _shown(payload: Mapping[str, Any]) -> two_person.Shown:
    return (
        (N_("Contest"), str(payload["address"])),
        (N_("Version"), str(payload["version"])),
        (N_("Reason that everyone will read"), str(payload["public_reason"])),
    )


REOPEN = two_person.register(
    two_person.Kind(
        "results.reopen",
        N_("Open published results again for a correction"),
        perform=_reopen,
        show=_shown,
        address=lambda act: f"/organise/contests/{act.payload['address']}/results",
    )
)
