"""The certificates of honours: which are given out, followed by another, or ended when something happens to an honour.

`honours.py` calls this within its transaction, so that a paper never says what the register does not; certificates
themselves are written by foundation/process/certificates.py. A title's numbers come from the series that is called as
the title is, or else from the one called `honours`. What keeps one honour from its paper, a missing series or a
character that is in no font, keeps nobody's honour: the paper is given out later, on the honour's page.
"""

from collections.abc import Collection
from datetime import datetime

from craftsmen.certificate_words import certificate_words, printed_day, public_reason
from craftsmen.honour_facts import HonourFacts, by_id, by_ids
from craftsmen.honour_tables import Honour
from craftsmen.rules.honours import Stage
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import certificate_reads, certificate_series, certificates
from foundation.process.certificate_reads import CertificateFacts
from foundation.process.rules import certificates as papers
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

COMMON_SERIES = "honours"


def about(honour_id: int) -> str:
    """What certificates of this honour are about."""
    return f"honour:{honour_id}"


async def of_honour(honour_id: int) -> list[CertificateFacts]:
    """Every certificate of one honour, the newest first."""
    return await certificate_reads.of(about(honour_id))


async def standing_of(abouts: Collection[str]) -> list[CertificateFacts]:
    """The valid certificates about these, the newest first."""
    return await certificate_reads.standing_about(abouts)


async def hindrances(honour: HonourFacts, now: datetime) -> list[Problem]:
    """Why no certificate of this honour can be given out now; empty where one can."""
    if not honour.certificate:
        return [Problem("honour_certificate_none", "", {"title": honour.title_name})]
    if honour.stage is not Stage.CONFERRED:
        return [Problem(f"honour_is_{honour.stage.value}", "", {"name": honour.name})]
    if await certificates.stage_of(about(honour.id)) is papers.Stage.VALID:
        return [Problem("honour_certificate_stands")]
    if await _series(honour.title) is None:
        return [Problem("honour_certificate_series", "", {"code": honour.title, "common": COMMON_SERIES})]
    return [Problem(one.code, "", one.params) for one in certificates.problems_of(_words(honour, now))]


@tried_again
async def give_out(honour_id: int, by: str, now: datetime) -> certificates.Issued:
    """Give out the certificate of an honour that has none. Opens its transaction; raises NotFound, Refused."""
    async with transaction():
        if not await lock_row(Honour, honour_id):
            raise NotFound
        honour = await by_id(honour_id)
        if honour is None:
            raise NotFound
        if problems := await hindrances(honour, now):
            raise Refused(*problems)
        return await _issue(honour, by, now)


async def conferred(honour_ids: Collection[int], by: str, now: datetime) -> None:
    """Give out the certificates of what was just conferred, where the title has them and nothing is in the way."""
    for honour in await by_ids(honour_ids):
        if not await hindrances(honour, now):
            await _issue(honour, by, now)


async def corrected(honour_id: int, reason: str, by: str, now: datetime) -> None:
    """The words of an honour changed: a certificate that says otherwise is followed by one that is right.

    Where the right words cannot be printed, the wrong paper is ended all the same.
    """
    honour = await by_id(honour_id)
    stands = next((one for one in await of_honour(honour_id) if one.stage is papers.Stage.VALID), None)
    if honour is None or stands is None:
        return
    words = _words(honour, now, stands)
    if words == papers.Words(**{name: getattr(stands, name) for name in papers.Words.__dataclass_fields__}):
        return
    if certificates.problems_of(words):
        await certificates.revoke(stands.id, public_reason(reason), by, now)
    else:
        await certificates.correct(stands.id, words, public_reason(reason), by, now)


async def ended(honour_ids: Collection[int], reason: str, by: str, now: datetime) -> None:
    """These were revoked, given back or registered by mistake: their papers are not valid any more."""
    stand = await standing_of([about(honour_id) for honour_id in honour_ids])
    for certificate_id in sorted(one.id for one in stand):
        await certificates.revoke(certificate_id, public_reason(reason), by, now)


async def restored(honour_id: int, by: str, now: datetime) -> None:
    """The honour stands again. A paper that was ended never does: who had one gets another."""
    if await certificates.stage_of(about(honour_id)) is not None:
        await conferred([honour_id], by, now)


async def _issue(honour: HonourFacts, by: str, now: datetime) -> certificates.Issued:
    return await certificates.issue(
        await _series(honour.title) or COMMON_SERIES, _words(honour, now), about(honour.id), by, now
    )


async def _series(title: str) -> str | None:
    """The code of the series that numbers the certificates of this title; None where nobody defined one yet."""
    for code in (title, COMMON_SERIES):
        if await certificate_series.by_code(code) is not None:
            return code
    return None


def _words(honour: HonourFacts, now: datetime, before: CertificateFacts | None = None) -> papers.Words:
    """What the paper of this honour says; where its day is not known, the day of the paper `before`, else today."""
    today = day_of(now)
    return certificate_words(
        honour.name,
        honour.holder,
        honour.title_name,
        honour.verb,
        honour.body,
        honour.document,
        printed_day(honour.on, before.issued_on if before else today),
        posthumous=honour.posthumous,
    )
