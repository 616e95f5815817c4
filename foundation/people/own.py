"""A worker's own door: codes of six digits, and the short sessions that they open. No account, no role.

The only writer of `WorkerCode`, `WorkerSession` and `WorkerAttempt`. A session reads the facts of its one worker and
nothing else; what other packages add about them is collected in `SECTIONS` by the roof.
"""

import hmac
import secrets as random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

import foundation.people.sealed_messages  # noqa: F401 - codes wait sealed until they are sent
from foundation.base import identity, secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import privacy
from foundation.people.throttle import network
from foundation.people.worker_tables import Worker, WorkerAttempt, WorkerCode, WorkerSession
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.counting import one_more
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import outbox

DIGITS = 6
CODE_LIFETIME = timedelta(days=7)
SESSION_LIFETIME = timedelta(minutes=30)
WINDOW = timedelta(minutes=15)
ATTEMPTS = 8  # in a window, for one telephone from one network
FROM_ONE_NETWORK = 300  # in a window, whichever telephone: a whole works may sit behind one address
TO_ONE_TELEPHONE = 100  # in a window, from wherever they come
WRONG = 20  # codes typed while one is open, from wherever they come; then it opens nothing any more


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of a section: what it is, what there is to say about it, and where to read on ("" for nowhere).

    A title that is no name but an invitation is a sentence. Days in `text` are written 2026-05-01.
    """

    title: str | Problem
    text: str = ""
    address: str = ""


Rows: TypeAlias = Callable[[int], Awaitable[Sequence[OwnRow]]]


@dataclass(frozen=True, slots=True)
class Section:
    """What a package says to a worker about themselves. `title` is an N_() sentence, `rows` takes the worker's id.

    What matters most stands first: the page shows some lines and folds the others.
    """

    title: str
    rows: Rows


SECTIONS: list[Section] = []


@dataclass(frozen=True, slots=True)
class OwnSession:
    """Whose page is open in this browser."""

    id: int
    worker_id: int
    csrf: str

    @property
    def actor(self) -> str:
        """This person as the ledger writes them."""
        return f"worker:{self.worker_id}"


@tried_again
async def issue_code(worker_id: int, by: str, now: datetime, words: Callable[[str], str] | None = None) -> str:
    """A fresh code for paper; answers it this once. An earlier one ends. Raises Refused without a telephone.

    With `words` (a code -> the text of a short message) it also goes to the telephone, where a setting names a gateway.
    """
    code = f"{random.randbelow(10**DIGITS):0{DIGITS}}"
    async with transaction():
        if not await lock_row(Worker, worker_id):
            raise NotFound
        columns = (Worker.phone_hash, Worker.phone_sealed, Worker.merged_into)
        row = await Worker.select(*columns).where(Worker.id == worker_id).first()
        if row is None or row["merged_into"] is not None:
            raise NotFound
        if not row["phone_hash"]:
            raise Refused(Problem("own_no_phone"))
        await WorkerCode.delete().where(WorkerCode.worker == worker_id)
        await WorkerCode(worker=worker_id, code_hash=_hashed(worker_id, code), expires_at=now + CODE_LIFETIME).save()
        ledger.record(stream=f"worker:{worker_id}", act="worker.code_issued", actor=by)
        if words is not None:
            await outbox.post("sms", privacy.opened(row["phone_sealed"]), "", words(code), now)
    return code


async def enter(phone: str, code: str, address: str, now: datetime) -> str:
    """Open a session with a telephone and its code, which then opens nothing more; answers the cookie's token.

    Raises Refused, in the same words whether the telephone or the code is wrong.
    """
    phone, code = identity.read_phone(phone), secrets.read_code(identity.read_id_number(code))
    problems = [] if phone else [Problem("own_phone_empty", "phone")]
    problems += [] if code else [Problem("own_code_empty", "code")]
    problems += identity.check_phone(phone) if phone else []
    if problems:
        raise Refused(*problems)
    phone_hash = privacy.keyed_hash("phone", phone)
    await _count_attempt(phone, network(address), now)
    token = random.token_urlsafe(32)
    async with transaction():
        worker_id = await _use_code(phone_hash, code, now)
        if worker_id:
            await WorkerSession.delete().where(WorkerSession.expires_at < now)
            await WorkerSession(
                worker=worker_id,
                token_hash=secrets.digest(token),
                csrf=random.token_urlsafe(24),
                expires_at=now + SESSION_LIFETIME,
            ).save()
            ledger.record(stream=f"worker:{worker_id}", act="worker.page_opened", actor=f"worker:{worker_id}")
    if not worker_id:  # outside, so that the wrong try stays counted
        raise Refused(Problem("own_failed", "code"))
    return token


async def from_token(token: str, now: datetime) -> OwnSession | None:
    """Whose session this is, if it is still open."""
    row = (
        await WorkerSession.select(WorkerSession.id, WorkerSession.worker, WorkerSession.csrf)
        .where(WorkerSession.token_hash == secrets.digest(token), WorkerSession.expires_at > now)
        .first()
    )
    return OwnSession(row["id"], row["worker"], row["csrf"]) if row else None


async def leave(session: OwnSession) -> None:
    """Close the session."""
    async with transaction():
        await WorkerSession.delete().where(WorkerSession.id == session.id)


async def end_all(worker_id: int) -> None:
    """Within the caller's transaction: no code and no open page of this worker opens anything any more."""
    await WorkerCode.delete().where(WorkerCode.worker == worker_id)
    await WorkerSession.delete().where(WorkerSession.worker == worker_id)


async def sections(worker_id: int) -> list[tuple[str, Sequence[OwnRow]]]:
    """Every section that has something to say to this worker."""
    found = [(section.title, await section.rows(worker_id)) for section in SECTIONS]
    return [(title, rows) for title, rows in found if rows]


async def _use_code(phone_hash: str, code: str, now: datetime) -> int:
    """The worker whose code this is; their code is gone then. 0 for none.

    The try is counted on each open code before any is compared, so that tries at the same moment are not free ones.
    """
    workers = await Worker.select(Worker.id).where(Worker.phone_hash == phone_hash, Worker.merged_into.is_null())
    ids = [row["id"] for row in workers]
    if not ids:
        return 0
    open_codes = (WorkerCode.worker.is_in(ids), WorkerCode.expires_at > now, WorkerCode.tries < WRONG)
    tried = (
        await WorkerCode.update({WorkerCode.tries: WorkerCode.tries + 1})
        .where(*open_codes)
        .returning(WorkerCode.id, WorkerCode.worker, WorkerCode.code_hash)
    )
    for row in tried:
        if hmac.compare_digest(row["code_hash"], _hashed(row["worker"], code)):
            # Deleting answers who was first: of two who hold the code one gets in.
            gone: list[Any] = await WorkerCode.delete().where(WorkerCode.id == row["id"]).returning(WorkerCode.id)
            return int(row["worker"]) if gone else 0
    return 0


def _more(key: str) -> Awaitable[Any]:
    rows = WorkerAttempt.update({WorkerAttempt.tries: WorkerAttempt.tries + 1}).where(WorkerAttempt.key == key)
    return rows.returning(WorkerAttempt.tries, WorkerAttempt.window_started_at)


def _hashed(worker_id: int, code: str) -> str:
    return privacy.keyed_hash("own_code", f"{worker_id}:{code}")


async def _count_attempt(phone: str, net: str, now: datetime) -> None:
    """Count before looking, so that a hundred guesses at once are not a hundred free ones. Raises Refused.

    For the telephone from this network, for the network, for the telephone; what is refused is not counted.
    """
    async with transaction():
        await WorkerAttempt.delete().where(WorkerAttempt.window_started_at < now - WINDOW)
    limits = {f"{phone}|{net}": ATTEMPTS, f"network||{net}": FROM_ONE_NETWORK, f"phone||{phone}": TO_ONE_TELEPHONE}
    async with transaction():  # in one order, so that no two wait for each other
        for counted, most in limits.items():
            key = privacy.keyed_hash("own_attempt", counted)
            count = await one_more(WorkerAttempt(key=key, tries=0, window_started_at=now), partial(_more, key))
            if count["tries"] > most:
                left = WINDOW - (now - count["window_started_at"])
                minutes = str(max(1, -(-left // timedelta(minutes=1))))
                raise Refused(Problem("own_paused", "code", {"minutes": minutes}))
