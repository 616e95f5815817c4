"""What waits for a person at a panel: to score, to vote, to lock, to count, to run it.

What belongs to a seat or a teller waits under every hat (`at_seats`); what belongs to the office under its hat
(`to_run`). Knows no page but addresses.
"""

from datetime import UTC, datetime

from craftsmen import panel_locks, panel_reads, panel_scores, vote_reads
from craftsmen.may import RUN_ROUNDS
from craftsmen.panel_reads import desk_for, rounds_of_member, works_of
from craftsmen.panel_tables import PanelVote, VoteTeller
from craftsmen.round_reads import rules_of
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.round_stages import Stage as RoundStage
from craftsmen.rules.votes import Stage
from craftsmen.vote_reads import Vote
from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo

MOST = 50


async def at_seats(user: SignedIn, now: datetime | None = None) -> list[Todo]:
    """What waits for this person as a member, a chair, a teller."""
    found: list[Todo] = []
    for address, name, _ in (await rounds_of_member(user.account_id))[:MOST]:
        found += await _member(user, address, name)
    return found + await _teller(user)


async def _member(user: SignedIn, address: str, name: str) -> list[Todo]:
    desk, here = await desk_for(user, address), f"/panel/rounds/{address}"
    lines = []
    if desk.closed is None:
        waiting = sum(work.open for work in await works_of(desk, user))
        if waiting:
            lines.append(Todo(name, Problem("todo_panel_marks"), here, waiting, "nomination", pressing=True))
        elif desk.seat.chair and not (await panel_scores.overview(desk.round.id)).unsettled:
            lines.append(Todo(name, Problem("todo_panel_lock"), f"{here}/overview", 1, "round", pressing=True))
    for vote in await vote_reads.votes_of(desk.round.id):
        if vote.stage is Stage.OPEN and vote.mode == "electronic" and desk.seat.id in vote.meeting.attending:
            if desk.seat.id not in await vote_reads.cast_by(vote.id):
                lines.append(
                    Todo(name, Problem("todo_panel_vote"), f"{here}/votes/{vote.ordinal}", 1, "ballot", pressing=True)
                )
        elif desk.seat.chair and _waits_for_chair(vote):
            lines.append(
                Todo(name, Problem("todo_panel_equals"), f"{here}/votes/{vote.ordinal}", 1, "ballot", pressing=True)
            )
    # Nothing waits, and still the sheets and ballots are looked at until the round is concluded.
    return lines or [Todo(name, Problem("todo_panel_member"), here, 0, "round")]


def _waits_for_chair(vote: Vote) -> bool:
    return (
        vote.stage is Stage.CLOSED and vote.result is not None and bool(vote.result.tied) and vote.rule.ties == "chair"
    )


async def _teller(user: SignedIn) -> list[Todo]:
    rows = await PanelVote.select(
        PanelVote.id, PanelVote.ordinal, PanelVote.round.address.as_alias("address"),
        PanelVote.round.name.as_alias("name"),
    ).where(
        PanelVote.stage == Stage.OPEN.value,
        PanelVote.id.is_in(VoteTeller.select(VoteTeller.vote).where(VoteTeller.account == user.account_id)),
    )  # fmt: skip
    lines = []
    for row in rows:
        own = await vote_reads.tally_of(row["id"], user.account_id)
        others = await vote_reads.other_tallies(row["id"], user.account_id)
        if own is None or others:
            what = Problem("todo_panel_tally" if own is None else "todo_panel_differs")
            here = f"/panel/rounds/{row['address']}/votes/{row['ordinal']}/tally"
            lines.append(Todo(row["name"], what, here, 1, "ballot", pressing=True))
    return lines


async def to_run(user: SignedIn, now: datetime | None = None) -> list[Todo]:
    """What waits for the office that runs a round whose panel is at work."""
    now = now or datetime.now(UTC)
    if not RUN_ROUNDS.possible(user):
        return []
    rows = await permitted(
        SelectionRound.select(SelectionRound.id, SelectionRound.address, SelectionRound.name), RUN_ROUNDS, user
    ).where(SelectionRound.stage == RoundStage.DECIDING.value)
    lines: list[Todo] = []
    for row in rows[:MOST]:
        found = await _to_do(row["id"])
        if found is not None:
            code, at = found
            here = f"/rounds/manage/{row['address']}/{at}"
            lines.append(Todo(row["name"], Problem(code), here, 1, "round"))
    return lines


async def _to_do(round_id: int) -> tuple[str, str] | None:
    """The one next thing, and where."""
    for vote in await vote_reads.votes_of(round_id):
        if vote.stage is Stage.COUNTED:
            return "todo_panel_sign", f"votes/{vote.ordinal}"
        if vote.stage is Stage.OPEN:
            everybody = vote.mode == "electronic" and await vote_reads.cast_by(vote.id) >= vote.meeting.attending
            return ("todo_panel_close", f"votes/{vote.ordinal}") if everybody else None
    rules = await rules_of(round_id)
    due = await vote_reads.due(round_id, rules)
    if not due.candidates:
        waiting = await vote_reads.chosen_of(round_id) & await panel_scores.ids_before(round_id)
        return ("todo_conferral", "conferral") if waiting else None
    if not await panel_reads.seats_of(round_id):
        return "todo_panel_seat", "panel"
    if rules.scheme and not await panel_locks.scores_of(round_id):
        return None
    return "todo_panel_open", "votes"
