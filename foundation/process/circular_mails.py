"""Mail to every unit that a circular is for: a job in small steps, each unit told once however often it breaks off.

Knows circulars and where units stand; `foundation/work/outbox.py` sends. A message is written under a key of its
circular and unit, so that a step that is taken again writes nothing anew. Units that share a mailbox are told by the
first of them. Who wrote the circular watches the job; everyone who keeps it sees the counts.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from piccolo.columns.combination import And
from piccolo.query.functions import Min

import foundation.people.sealed_messages  # noqa: F401 - messages wait sealed until they are sent
from foundation.base.mailbox import is_mailbox
from foundation.base.problem import N_
from foundation.base.settings import Settings
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.process.circular_tables import Circular
from foundation.process.circular_words import message_of
from foundation.process.rules.publishing import Stage
from foundation.store.commit import write
from foundation.work import jobs, outbox
from foundation.work.senders import Channel

AT_ONCE = 10  # units in one step: under 20 ms, so that nobody else waits longer

Row = Mapping[str, Any]


async def begin(row: Row, now: datetime) -> None:
    """Within the transaction that issues it; nothing where no setting names mail."""
    if Channel.MAIL in outbox.named():
        await jobs.start(MAIL, {"circular": row["id"]}, row["drafted_by"], now)


async def counted(circular_id: int) -> dict[outbox.Stage, int]:
    """How many mails of a circular wait, were sent, and failed for good; of the last thirty days."""
    return await outbox.counted(_key(circular_id))


def _key(circular_id: int, unit: int | str = "") -> str:
    return f"circular:{circular_id}:{unit}"


async def _run(progress: jobs.Progress) -> str:
    circular_id, at, done = int(progress.args["circular"]), int(progress.state.get("at", 0)), progress.farthest
    total = 0
    while (row := await Circular.select().where(Circular.id == circular_id).first()) is not None:
        if row["stage"] != Stage.ISSUED:  # withdrawn meanwhile: nobody else is told of it
            break
        units = await _units(row)
        if units is None:
            break
        total = total or await Organisation.count().where(units)
        columns = (Organisation.id, Organisation.contact_email)
        some = await (
            Organisation.select(*columns).where(units, Organisation.id > at).order_by(Organisation.id).limit(AT_ONCE)
        )
        if not some:
            break
        first = await _first_with({unit["contact_email"] for unit in some}, units)
        told = [one for one in some if first[one["contact_email"]] == one["id"] and is_mailbox(one["contact_email"])]
        at, done = int(some[-1]["id"]), done + len(some)

        async def step(
            row: Row = row, told: Sequence[Row] = told, at: int = at, done: int = done, total: int = total
        ) -> None:
            now = datetime.now(UTC)
            subject, text = row["title"], message_of(row, Settings.from_env())
            for one in told:
                await outbox.post(
                    Channel.MAIL, one["contact_email"], subject, text, now, once=_key(circular_id, one["id"])
                )
            await progress.done(min(done, total), total, {"at": at})

        await write(step)
    return f"/office/circulars/{circular_id}/signatures"


async def _units(row: Row) -> And | None:
    """The condition on units that it is for and that have a mailbox; None where there is no such place any more."""
    above = await Organisation.select(Organisation.path).where(Organisation.id == row["addressed_under"]).first()
    if above is None:
        return None
    units = And(
        below(Organisation.path, above["path"]),
        And(Organisation.active.eq(True), Organisation.id != row["organisation"]),
    )
    units = And(units, Organisation.contact_email != "")
    if kinds := [part for part in row["addressed_kinds"].split(",") if part]:
        units = And(units, Organisation.kind.is_in(kinds))
    return units


async def _first_with(mailboxes: Collection[str], units: And) -> dict[str, int]:
    """The first unit of each mailbox."""
    rows = (
        await Organisation.select(Organisation.contact_email, Min(Organisation.id, alias="first"))
        .where(units, Organisation.contact_email.is_in(sorted(mailboxes)))
        .group_by(Organisation.contact_email)
    )
    return {row["contact_email"]: row["first"] for row in rows}


MAIL = jobs.register(jobs.Kind("circular.mail", N_("Tell units of a circular by mail"), _run))
