"""What carrying out brought: the only writer of `ProposalOutcome`.

The unit states what was done and what it claims; a second person, of finance or of the union above, verifies or
corrects the figure (`proposal.benefit`, an act of two people). What is not counted in money
needs none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import clock
from foundation.base.money import yuan
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store.commit import write
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import proposals
from innovations.proposal_tables import Proposal, ProposalOutcome
from innovations.rules.outcomes import Outcome
from innovations.rules.proposals import Stage


async def state(  # noqa: PLR0917 - who says what of which proposal
    proposal_id: int, said: Outcome, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """It was carried out: keep what was done and claimed. Raises Refused, NotFound.

    A benefit that is not counted needs no second person: the proposal goes on to its reward.
    """

    await write(lambda: keep(proposal_id, said, revision, by, now, zone))


async def keep(  # noqa: PLR0917
    proposal_id: int, said: Outcome, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> tuple[Stage, int]:
    """The same within the caller's transaction; answers where it stands then, and its revision."""
    row = await proposals.locked(proposal_id)
    if row["revision"] != revision:
        raise Refused(Problem("proposal_changed"))
    if row["stage"] != Stage.CARRYING_OUT.value:
        raise Refused(Problem("proposal_step_late"))
    await ProposalOutcome(
        proposal=proposal_id, done=said.done, done_on=said.done_on, claimed=said.claimed, working=said.working,
        uncounted=said.uncounted, stated_by=by, stated_at=now,
    ).save()  # fmt: skip
    payload = {"claimed": said.claimed, "uncounted": said.uncounted}
    stage = await proposals.move(row, "carried_out", said.done, by=by, now=now, zone=zone, payload=payload)
    if said.uncounted:
        row = await proposals.locked(proposal_id)
        stage = await proposals.move(
            row, "verify", "", by=by, now=now, zone=zone, payload={"uncounted": said.uncounted}
        )
    return stage, revision + (2 if said.uncounted else 1)


@tried_again
async def ask_verification(  # noqa: PLR0917
    proposal_id: int, verified: int, organisation_id: int, reason: str, by: int, now: datetime
) -> int:
    """Ask a second person to verify the benefit at `verified` fen; answers the act's id. Raises Refused, NotFound."""
    async with transaction():
        row = await proposals.locked(proposal_id)
        found = await _outcome(proposal_id)
        if row["stage"] != Stage.CARRIED_OUT.value or found["claimed"] is None:
            raise Refused(Problem("proposal_step_late"))
        payload = {"proposal": proposal_id, "claimed": found["claimed"], "verified": verified}
        act = await two_person.ask(VERIFY, proposals.subject(proposal_id), payload, organisation_id, by, reason, now)
        await ProposalOutcome.update({ProposalOutcome.act: act}).where(ProposalOutcome.proposal == proposal_id)
    return act


async def _verify(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction. Confirmed on paper by who asked, the paper has both signatures."""
    proposal_id, verified = int(act.payload["proposal"]), int(act.payload["verified"])
    row = await proposals.locked(proposal_id)
    found = await _outcome(proposal_id)
    if found["claimed"] != act.payload["claimed"]:
        raise Refused(Problem("proposal_changed"))
    if by == found["stated_by"] and by != act.asked_by:
        raise Refused(Problem("benefit_own_claim"))
    values: dict[Any, Any] = {"verified": verified, "verified_by": by, "verified_at": now}
    await ProposalOutcome.update(values).where(ProposalOutcome.proposal == proposal_id)
    zone = clock.zone()
    payload = {"verified": verified, "act": act.id, "asked_by": act.asked_by}
    await proposals.move(row, "verify", "", by=by, now=now, zone=zone, payload=payload)


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    proposal_id = int(payload["proposal"])
    row = (
        await Proposal.select(Proposal.title, Proposal.organisation.name.as_alias("unit"))
        .where(Proposal.id == proposal_id)
        .first()
    )
    if row is None:
        return ()
    found = await _outcome(proposal_id)
    return (
        (N_("Proposal"), f"{row['title']} · {row['unit']}"),
        (N_("What was done"), str(found["done"])),
        (N_("How it was figured"), str(found["working"])),
        (N_("Benefit claimed, yuan"), yuan(int(payload["claimed"]))),
        (N_("Benefit to be verified, yuan"), yuan(int(payload["verified"]))),
    )


async def _outcome(proposal_id: int) -> dict[str, Any]:
    row: dict[str, Any] | None = await ProposalOutcome.select().where(ProposalOutcome.proposal == proposal_id).first()
    if row is None:
        raise NotFound
    return row


VERIFY = two_person.register(
    two_person.Kind(
        "proposal.benefit",
        N_("Verify the benefit of a proposal"),
        perform=_verify,
        show=_show,
        address=lambda act: f"/proposals/desk/{act.payload['proposal']}",
    )
)
