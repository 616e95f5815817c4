"""The paper that an act of two people rests on: opened by who decides, and before they confirm.

That it was opened stands in the ledger, in a stream of its own, and is what confirming asks for. Who may open it is
decided by whoever calls `opened`; what the paper says, nobody here knows.
"""

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.acts import KINDS, Asked

OPENED = "act.evidence_opened"


def file_of(act: Asked) -> int | None:
    """The stored file that the question rests on; None where it rests on none."""
    kind = KINDS.get(act.kind)
    return kind.evidence(act) if kind else None


async def opened(act: Asked, by: int) -> int:
    """Account `by` opens it: noted, and the stored file answered. Raises NotFound where there is none."""
    file_id = file_of(act)
    if file_id is None:
        raise NotFound
    async with transaction():
        ledger.record(
            stream=_stream(act), act=OPENED, actor=f"account:{by}", about=act.about, payload={"file": file_id}
        )
    return file_id


async def seen_by(act: Asked, by: int) -> bool:
    """Whether account `by` has opened it, or there is none to be opened."""
    return file_of(act) is None or await ledger.acted([_stream(act)], [OPENED], act.asked_at, f"account:{by}")


async def _check(act: Asked, by: int) -> None:
    if not await seen_by(act, by):
        raise Refused(Problem("act_evidence_unopened"))


def _stream(act: Asked) -> str:
    return f"act:{act.id}:evidence"


two_person.on_confirm(_check)
