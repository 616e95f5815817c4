"""What a reviewer sees: their own tasks, and of each entry what the round's rules show. Writes nothing.

Everything is reached through a task of the person's own seat. Of a blind round no title, name, unit, picture or file
is passed on; the names are read by `review_names` alone, to be masked by `rules.review_blind`. What others marked is
never selected.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from craftsmen.rules.panel_marks import Revision, newest
from foundation.base.problem import NotFound, Problem
from foundation.people.sessions import SignedIn
from foundation.tabulation.scheme import Scheme, read_scheme, scheme_hash
from innovations import innovation_papers, review_names, reviews
from innovations.innovation_papers import Paper
from innovations.innovation_tables import Benefit
from innovations.review_tables import ReviewMark, ReviewRound, ReviewSeat, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules import benefits
from innovations.rules.innovation_form import Draft
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.review_blind import Blind, blinded
from innovations.rules.review_rules import ReviewRules
from innovations.rules.review_steps import EntryStage, Stage

SEEN = (Stage.MARKING, Stage.DECIDING, Stage.NOTICE, Stage.DECIDED)


@dataclass(frozen=True, slots=True)
class Desk:
    """One reviewer in one round."""

    round: RoundFacts
    seat: int
    chair: bool
    scheme: Scheme
    scheme_hash: str

    @property
    def closed(self) -> Problem | None:
        """Why nothing can be marked now."""
        return None if self.round.stage is Stage.MARKING else Problem("review_marks_locked")


@dataclass(frozen=True, slots=True)
class Task:
    """One entry of a reviewer's list; `done` lines of `wanted` are marked."""

    id: int
    code: str
    kind: str
    field: str
    done: int
    wanted: int
    handed_in_at: datetime | None
    calibration: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be reviewed. `said` only where the round is not blind. Benefits in fen, None: not there."""

    blind: Blind
    title: str
    unit: str
    people: tuple[str, ...]
    claimed: int | None
    verified: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """A reviewer's words: for the authors, and for the chair; `seen` tells them from any others."""

    opinion: str
    private: str

    @property
    def seen(self) -> str:
        return hashlib.sha256(f"{self.opinion}\n\0{self.private}".encode()).hexdigest()[:16]


async def rounds_of(account: int) -> list[tuple[RoundFacts, bool]]:
    """The rounds that this account reviews in, with whether it takes the chair; the newest first."""
    rows = await (
        ReviewSeat.select(ReviewSeat.round.as_alias("round_id"), ReviewSeat.chair)
        .where(
            ReviewSeat.account == account, ReviewSeat.active.eq(True),
            ReviewSeat.round.stage.is_in([stage.value for stage in SEEN]),
        )
        .order_by(ReviewSeat.round, ascending=False)
        .limit(50)
    )  # fmt: skip
    chairs = {row["round_id"]: row["chair"] for row in rows}
    found = await (
        ReviewRound.select().where(ReviewRound.id.is_in(list(chairs) or [0])).order_by(ReviewRound.id, ascending=False)
    )
    return [(reviews.facts(row), chairs[row["id"]]) for row in found]


async def desk_for(user: SignedIn, address: str) -> Desk:
    """This person's seat in the round at the address, once entries are marked. Raises NotFound for everybody else."""
    row = await ReviewRound.select().where(
        ReviewRound.address == address, ReviewRound.stage.is_in([stage.value for stage in SEEN])
    ).first()  # fmt: skip
    seat = (
        await ReviewSeat.select(ReviewSeat.id, ReviewSeat.chair)
        .where(ReviewSeat.round == row["id"], ReviewSeat.account == user.account_id, ReviewSeat.active.eq(True))
        .first()
        if row
        else None
    )
    if row is None or seat is None:
        raise NotFound
    found = reviews.facts(row)
    scheme = scheme_of(found.rules)
    return Desk(found, seat["id"], seat["chair"], scheme, scheme_hash(scheme))


def scheme_of(rules: ReviewRules) -> Scheme:
    """The rubric of frozen rules."""
    scheme, problems = read_scheme(rules.rubric)
    if scheme is None:
        raise ValueError(f"the stored rubric is damaged: {problems}")
    return scheme


async def tasks_of(desk: Desk) -> list[Task]:
    """What this reviewer has to review, by code: an order that tells nothing."""
    rows = await (
        ReviewTask.select(
            ReviewTask.id, ReviewTask.handed_in_at, ReviewTask.entry.code.as_alias("code"),
            ReviewTask.entry.calibration.as_alias("calibration"),
            ReviewTask.entry.innovation.handed_kind.as_alias("kind"),  # type: ignore[union-attr]
            ReviewTask.entry.innovation.handed_field.as_alias("field"),  # type: ignore[union-attr]
        )
        .where(
            ReviewTask.seat == desk.seat, ReviewTask.ended_at.is_null(),
            ReviewTask.entry.stage.not_in([EntryStage.WITHDRAWN.value, EntryStage.EXCLUDED.value]),
        )
        .order_by(ReviewTask.entry.code)
    )  # fmt: skip
    marked = await _marked([row["id"] for row in rows])
    wanted = len(list(desk.scheme.aspects()))
    return [
        Task(
            row["id"], row["code"], row["kind"], row["field"], marked.get(row["id"], 0), wanted, row["handed_in_at"],
            row["calibration"],
        )
        for row in rows
    ]  # fmt: skip


async def task_of(desk: Desk, code: str) -> Task:
    """One task of this reviewer's own. Raises NotFound."""
    found = next((one for one in await tasks_of(desk) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


async def entry_of(desk: Desk, task: Task) -> Entry:
    """What the rules show of the entry of one's own task."""
    row = await (
        ReviewTask.select(
            ReviewTask.entry.version.body.as_alias("body"),  # type: ignore[union-attr]
            ReviewTask.entry.innovation.as_alias("innovation"),
            ReviewTask.entry.innovation.studio.as_alias("studio"),  # type: ignore[union-attr]
            ReviewTask.entry.innovation.organisation.path.as_alias("path"),  # type: ignore[union-attr]
        )
        .where(ReviewTask.id == task.id, ReviewTask.seat == desk.seat)
        .first()
    )
    if row is None:
        raise NotFound
    said = msgspec.json.decode(row["body"], type=Draft)
    unit, names = await review_names.units(row["path"])
    shown = desk.round.rules.sections or tuple(one.code for one in KINDS[said.kind].sections)
    in_order = [one.code for one in KINDS[said.kind].sections if one.code in shown]
    claimed, verified = await _benefit(row["innovation"])
    if desk.round.rules.blind:
        leaders, studios = await review_names.studio(row["studio"])
        return Entry(blinded(said, in_order, names, leaders, studios), "", "", (), claimed, verified)
    texts = tuple((code, said.body.sections[code]) for code in in_order if said.body.sections.get(code))
    people = tuple(one.name for one in said.authors)
    return Entry(Blind(said.kind, said.field, texts), said.title, unit, people, claimed, verified)


async def papers_of(desk: Desk, task: Task) -> list[Paper]:
    """The papers that were handed in with the entry of one's own task; of a blind round none, and nothing of them."""
    if desk.round.rules.blind:
        return []
    row = await (
        ReviewTask.select(ReviewTask.entry.innovation.as_alias("innovation"))
        .where(ReviewTask.id == task.id, ReviewTask.seat == desk.seat)
        .first()
    )
    if row is None:
        raise NotFound
    return await innovation_papers.of(row["innovation"], own=False)


async def own_marks(task_id: int) -> Sequence[Revision]:
    """Every revision of one's own marks of a task."""
    rows = await ReviewMark.select(
        ReviewMark.aspect, ReviewMark.revision, ReviewMark.value, ReviewMark.client_id
    ).where(ReviewMark.task == task_id)
    return [Revision(**row) for row in rows]


async def own_words(task_id: int) -> Words:
    """One's own words of a task."""
    row = await ReviewTask.select(ReviewTask.opinion, ReviewTask.private).where(ReviewTask.id == task_id).first()
    return Words(row["opinion"], row["private"]) if row else Words("", "")


async def _marked(tasks: Sequence[int]) -> Mapping[int, int]:
    rows: list[dict[str, Any]] = await ReviewMark.select(
        ReviewMark.task, ReviewMark.aspect, ReviewMark.revision, ReviewMark.value, ReviewMark.client_id
    ).where(ReviewMark.task.is_in(list(tasks) or [0]))
    by_task: dict[int, list[Revision]] = {}
    for row in rows:
        by_task.setdefault(row.pop("task"), []).append(Revision(**row))
    return {task: sum(bool(one.value) for one in newest(found).values()) for task, found in by_task.items()}


async def _benefit(innovation_id: int) -> tuple[int | None, int | None]:
    row = await Benefit.select(Benefit.claimed, Benefit.verified).where(Benefit.innovation == innovation_id).first()
    return (_fen(row["claimed"]), _fen(row["verified"])) if row else (None, None)


def _fen(text: str) -> int | None:
    return benefits.benefit(msgspec.json.decode(text, type=list[benefits.Line])) if text else None
