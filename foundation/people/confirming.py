"""Who may confirm an act of two people, and what of such acts a person sees.

A reviewer or officer of the act's organisation or of one above it, never who asked. A unit with one person asks its
upper union to confirm, or uploads the signed paper, named in the ledger. Writes nothing: `work/two_person.py` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from inspect import isawaitable
from typing import Any

from piccolo.columns.combination import And, WhereRaw
from piccolo.query import Select

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_tree
from foundation.people.may import CONFIRM_ACTS
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account, Grant
from foundation.store import ledger
from foundation.work import evidence, two_person
from foundation.work.act_tables import TwoPersonAct
from foundation.work.acts import KINDS, Asked, Shown, Stage, facts
from foundation.work.todo import Todo

SIZE = 30  # acts on a page
MOST = 200  # acts that are counted for the desk
LATELY = timedelta(days=30)  # before an act was asked for: how long what touches its second person is remembered

# Who did one of these to an account may know its password, or chose who holds it: it is no second person for them.
_HANDLED = (
    "account.created", "account.activation_renewed", "account.phone_changed", "account.opened", "factor.reset",
    "post.given",
)  # fmt: skip

# Whether somebody closer to the act than an organisation with so long a path can decide it: from the act's own
# organisation upwards, never who asked. One step up is one look at an index, however large the tree.
_CLOSER = """EXISTS (
    WITH RECURSIVE up (id, parent, path) AS (
        SELECT id, parent, path FROM organisation WHERE id = two_person_act.organisation_id
        UNION ALL
        SELECT above.id, above.parent, above.path FROM organisation above JOIN up ON above.id = up.parent
    )
    SELECT 1 FROM up JOIN account_grant ON account_grant.organisation = up.id
    JOIN account ON account.id = account_grant.account
    WHERE length(up.path) > {} AND account_grant.ended_at IS NULL AND account.active
    AND account_grant.role IN ('officer', 'reviewer') AND account.id <> two_person_act.asked_by)"""


@dataclass(frozen=True, slots=True)
class Line:
    """One act in a list. `title` is the English sentence of its kind."""

    act: Asked
    title: str
    asked_by: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One act as this person sees it, and what they may do with it now."""

    act: Asked
    title: str
    shown: Shown
    asked_by: str
    decided_by: str
    organisation: str
    address: str  # the page of what it is about, for who asked
    is_mine: bool
    may_decide: bool
    barred: Problem | None  # why who may reject it may not confirm it
    may_use_paper: bool
    evidence: bool  # a paper that the question rests on can be opened
    opened: bool  # this person has opened it, or there is none


async def act_for(user: SignedIn, act_id: int) -> Seen:
    """The act, for who asked and for those who may decide it. Raises NotFound for everybody else."""
    row = await TwoPersonAct.select().where(TwoPersonAct.id == act_id).first()
    if row is None:
        raise NotFound
    act = facts(row)
    is_mine = act.asked_by == user.account_id
    decides = not is_mine and await CONFIRM_ACTS.allows(user, TwoPersonAct.id == act_id)
    if not (is_mine or decides):
        raise NotFound
    kind = KINDS.get(act.kind)
    shown = kind.show(act.payload) if kind else ()
    place = await organisation_tree.by_id(act.organisation_id)
    names = await _names([act])
    is_open = act.stage == Stage.ASKED
    return Seen(
        act=act,
        title=kind.title if kind else act.kind,
        shown=await shown if isawaitable(shown) else shown,
        asked_by=names.get(act.asked_by, ""),
        decided_by=names.get(act.decided_by or 0, ""),
        organisation=place.name if place else "",
        address=kind.address(act) if kind and is_mine else "",
        is_mine=is_mine,
        may_decide=decides and is_open,
        barred=await _barred(act, user.account_id) if decides and is_open else None,
        may_use_paper=is_mine and is_open and await is_alone(act),
        evidence=evidence.file_of(act) is not None,
        opened=await evidence.seen_by(act, user.account_id),
    )


async def is_alone(act: Asked) -> bool:
    """Whether who asked held a post at the act's organisation before, and nobody else has held one there lately."""
    since = act.asked_at - LATELY
    rows = await Grant.select(
        Grant.account, Grant.granted_at, Grant.ended_at, Grant.account.active.as_alias("active")
    ).where(Grant.organisation == act.organisation_id, Grant.ended_at.is_null() | (Grant.ended_at > since))
    own = [row for row in rows if row["account"] == act.asked_by and row["ended_at"] is None]
    others = [row for row in rows if row["account"] != act.asked_by]
    if any(row["active"] for row in others) or not any(row["granted_at"] < act.asked_at for row in own):
        return False
    closed = sorted({f"account:{row['account']}" for row in others})
    return not await ledger.acted(closed, ["account.closed"], since)


async def _barred(act: Asked, confirmer: int) -> Problem | None:
    """Why this second person is none: who asked had their account in hand lately, or has since."""
    mine = (act.asked_at - LATELY, f"account:{act.asked_by}")
    return Problem("act_not_second") if await ledger.acted([f"account:{confirmer}"], _HANDLED, *mine) else None


async def _check_second(act: Asked, confirmer: int) -> None:
    if (problem := await _barred(act, confirmer)) is not None:
        raise Refused(problem)


two_person.on_confirm(_check_second)


async def waiting(user: SignedIn, before_id: int | None = None) -> list[Line]:
    """What waits for this hat to decide, newest first: of its own organisation, and of those below it where nobody
    closer can. One row more than a page."""
    return await _lines(user, And(_waits(user), _closer(user, "NOT ")), before_id)


async def below(user: SignedIn, before_id: int | None = None) -> list[Line]:
    """What people closer to it can decide themselves, and this hat could as well."""
    return await _lines(user, And(_waits(user), _closer(user)), before_id)


async def asked(user: SignedIn, before_id: int | None = None) -> list[Line]:
    """What this person asked for, newest first."""
    query = TwoPersonAct.select().where(TwoPersonAct.asked_by == user.account_id)
    return await _read(query, before_id)


async def todos(user: SignedIn) -> Sequence[Todo]:
    """What waits for this hat to confirm or reject: one line, one query."""
    if not CONFIRM_ACTS.possible(user):
        return []
    query = TwoPersonAct.select(TwoPersonAct.id).where(_waits(user), _closer(user, "NOT ")).limit(MOST)
    rows = await permitted(query, CONFIRM_ACTS, user)
    if not rows:
        return []
    address = f"/acts/{rows[0]['id']}" if len(rows) == 1 else "/acts"
    return [
        Todo(Problem("todo_acts_title"), Problem("todo_acts"), address, len(rows), "act", pressing=True),
    ]


def _waits(user: SignedIn) -> And:
    return And(TwoPersonAct.stage == Stage.ASKED.value, TwoPersonAct.asked_by != user.account_id)


def _closer(user: SignedIn, negated: str = "") -> WhereRaw:
    return WhereRaw(negated + _CLOSER, len(user.hat.path) if user.hat else 0)


async def _lines(user: SignedIn, condition: And, before_id: int | None) -> list[Line]:
    return await _read(permitted(TwoPersonAct.select().where(condition), CONFIRM_ACTS, user), before_id)


async def _read(query: Select[Any], before_id: int | None) -> list[Line]:
    if before_id is not None:
        query = query.where(TwoPersonAct.id < before_id)
    acts = [facts(row) for row in await query.order_by(TwoPersonAct.id, ascending=False).limit(SIZE + 1)]
    names = await _names(acts)
    places = {place.id: place.name for place in await organisation_tree.by_ids([act.organisation_id for act in acts])}
    return [
        Line(
            act=act,
            title=KINDS[act.kind].title if act.kind in KINDS else act.kind,
            asked_by=names.get(act.asked_by, ""),
            organisation=places.get(act.organisation_id, ""),
        )
        for act in acts
    ]


async def _names(acts: Sequence[Asked]) -> dict[int, str]:
    ids = {account for act in acts for account in (act.asked_by, act.decided_by) if account}
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(sorted(ids))) if ids else []
    return {row["id"]: row["name"] for row in rows}
