"""Certificates: the only writer of `Certificate`. Everything happens inside the caller's transaction.

What was given out is never edited and no number is used twice: a wrong or lost paper is followed by another, a revoked
one by none. The ledger's stream is `certificate:<id>`; it holds numbers and a digest, never a name.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.papers.fonts import missing_characters
from foundation.process import certificate_series
from foundation.process.certificate_tables import Certificate
from foundation.process.issuing import text_hash
from foundation.process.rules.certificates import Stage, Words, after, number_key, reason_problems, words_problems
from foundation.store import generations, ledger
from foundation.store.locks import lock_row


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was just given out."""

    id: int
    number: str
    code: str


def problems_of(words: Words) -> list[Problem]:
    """Everything that keeps these words from a certificate: what is missing, too long, or in no font."""
    problems = words_problems(words)
    for name in ("name", "words", "body", "document", "heading"):
        if missing := missing_characters(getattr(words, name)):
            problems.append(Problem("certificate_characters", name, {"characters": "、".join(missing)}))
    return problems


async def issue(series: str, words: Words, about: str, by: str, now: datetime) -> Issued:
    """Give out a certificate of the series of this code, with the next number of its year (`words.issued_on`).

    `about` is what it certifies (honour:12), `by` the actor (account:3). Raises Refused with each problem.
    """
    if problems := problems_of(words):
        raise Refused(*problems)
    return await _give_out(series, words, about, by=by, now=now)


async def correct(certificate_id: int, words: Words, reason: str, by: str, now: datetime) -> Issued:
    """Give out another certificate with the right words; the wrong one is not valid any more, for a public reason."""
    if problems := [*reason_problems(reason), *problems_of(words)]:
        raise Refused(*problems)
    return await _follow("correct", certificate_id, words, reason, by=by, now=now)


async def replace(certificate_id: int, reason: str, by: str, now: datetime) -> Issued:
    """Give out another certificate with the same words, because the paper was lost or spoiled."""
    if problems := reason_problems(reason):
        raise Refused(*problems)
    return await _follow("replace", certificate_id, None, reason, by=by, now=now)


async def revoke(certificate_id: int, reason: str, by: str, now: datetime) -> None:
    """It is not valid any more, for a public reason, and none follows it. Raises NotFound, Refused."""
    if problems := reason_problems(reason):
        raise Refused(*problems)
    row = await _locked(certificate_id)
    await _end(row, "revoke", reason, by=by, now=now)


async def revoke_about(about: str, reason: str, by: str, now: datetime) -> int:
    """Revoke every certificate of this that is valid; answers how many there were."""
    if problems := reason_problems(reason):
        raise Refused(*problems)
    ids = [row["id"] for row in await Certificate.select(Certificate.id).where(Certificate.about == about)]
    count = 0
    for certificate_id in sorted(ids):
        row = await _locked(certificate_id)
        if row["stage"] == Stage.VALID:
            await _end(row, "revoke", reason, by=by, now=now)
            count += 1
    return count


async def stage_of(about: str) -> Stage | None:
    """How the newest certificate of this stands; None where there is none."""
    row = (
        await Certificate.select(Certificate.stage)
        .where(Certificate.about == about)
        .order_by(Certificate.id, ascending=False)
        .first()
    )
    return Stage(row["stage"]) if row else None


async def _follow(
    step: str, certificate_id: int, words: Words | None, reason: str, *, by: str, now: datetime
) -> Issued:
    row = await _locked(certificate_id)
    _allowed(row, step)
    series = await certificate_series.facts(row["series"])
    said = words or Words(**{name: row[name] for name in Words.__dataclass_fields__})
    made = await _give_out(series.code, said, row["about"], by=by, now=now, follows=certificate_id)
    await _end(row, step, reason, by=by, now=now, replaced_by=made.id)
    return made


async def _give_out(
    series: str, words: Words, about: str, *, by: str, now: datetime, follows: int | None = None
) -> Issued:
    taken = await certificate_series.take(series, words.issued_on.year)
    row = Certificate(
        series=taken.series_id,
        year=taken.year,
        sequence=taken.sequence,
        number=taken.number,
        number_key=number_key(taken.number),
        code=secrets.new_code(),
        about=about,
        stage=Stage.VALID.value,
        reason="",
        made_at=now,
        **asdict(words),
    )
    if await Certificate.exists().where(Certificate.number_key == row.number_key):
        raise Refused(Problem("certificate_number_taken", "", {"number": taken.number}))
    await row.save()
    # The code is 128 random bits and salts the digest: nobody finds a name by trying.
    digest = text_hash({**asdict(words), "issued_on": words.issued_on.isoformat(), "code": row.code})
    said = {"number": taken.number, "about": about, "words": digest, "follows": follows}
    ledger.record(stream=f"certificate:{row.id}", act="certificate.issued", actor=by, about=about, payload=said)
    generations.bump(generation(row.code))
    return Issued(int(row.id), taken.number, row.code)


async def _end(
    row: Mapping[str, Any], step: str, reason: str, *, by: str, now: datetime, replaced_by: int | None = None
) -> None:
    stage = _allowed(row, step)
    await Certificate.update(stage=stage.value, reason=reason.strip(), ended_at=now, replaced_by=replaced_by).where(
        Certificate.id == row["id"]
    )
    ledger.record(
        stream=f"certificate:{row['id']}",
        act=f"certificate.{stage}",
        actor=by,
        about=row["about"],
        payload={"replaced_by": replaced_by},
    )
    generations.bump(generation(row["code"]))


def generation(code: str) -> str:
    """The name under which the page of this code is kept."""
    return f"certificate:{code}"


def _allowed(row: Mapping[str, Any], step: str) -> Stage:
    found = after(step, Stage(row["stage"]))
    if isinstance(found, Problem):
        raise Refused(found)
    return found


async def _locked(certificate_id: int) -> dict[str, Any]:
    if not await lock_row(Certificate, certificate_id):
        raise NotFound
    row: dict[str, Any] | None = await Certificate.select().where(Certificate.id == certificate_id).first()
    if row is None:
        raise NotFound
    return row
