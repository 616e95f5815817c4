"""A worker gives an honour back on their own page, and what that page says of their honours. Knows the worker alone.

It takes effect at once and is their own act: no reason is asked for the files, and what everyone reads says only that
the holder gave it back.
"""

from collections.abc import Sequence
from datetime import datetime

from craftsmen import honour_certificates, honours
from craftsmen.honour_facts import HonourFacts
from craftsmen.rules.honours import Stage
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.people import own
from foundation.people.own import OwnRow, OwnSession
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction

PUBLIC_REASON = "本人自愿放弃"  # as documents write it; the public register is a Chinese document
SHOWN = frozenset({Stage.CONFERRED, Stage.REVOKED, Stage.RENOUNCED})


async def own_honour(session: OwnSession, honour_id: int) -> HonourFacts:
    """An honour of this worker, their own and not a team's. NotFound for everybody else's and for what is proposed."""
    for honour in await of_worker(session.worker_id):
        if honour.id == honour_id:
            return honour
    raise NotFound


async def of_worker(worker_id: int) -> list[HonourFacts]:
    """What a worker may read of themselves: never what is only proposed, or was declined."""
    return [one for one in await honours.of_worker(worker_id) if one.stage in SHOWN]


@tried_again
async def renounce(session: OwnSession, honour_id: int, understood: bool, now: datetime) -> None:
    """Give it back. Raises NotFound, and Refused where it was not confirmed, or is a team's."""
    honour = await own_honour(session, honour_id)
    if honour.worker != session.worker_id:
        raise Refused(Problem("own_honour_of_team"))
    if not understood:
        raise Refused(Problem("own_honour_understood", "understood"))
    async with transaction():
        await honours.renounce(honour.id, PUBLIC_REASON, PUBLIC_REASON, None, session.actor, now)


async def _rows(worker_id: int) -> Sequence[OwnRow]:
    return [
        OwnRow(one.title_name, f"{one.on.text} · {one.body}", f"/mine/honours/{one.id}")
        for one in await of_worker(worker_id)
    ]


async def _certificates(worker_id: int) -> Sequence[OwnRow]:
    """Those that are valid, each with the page that everyone finds who checks it."""
    titles = {honour_certificates.about(one.id): one.title_name for one in await of_worker(worker_id)}
    return [
        OwnRow(one.number, titles[one.about], f"/check/{one.code}")
        for one in await honour_certificates.standing_of(titles)
    ]


own.SECTIONS.append(own.Section(N_("My honours"), _rows))
own.SECTIONS.append(own.Section(N_("My certificates"), _certificates))
