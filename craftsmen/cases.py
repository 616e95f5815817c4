"""Cases of revocation (撤销称号): the only writer of `HonourCase` and `HonourCaseFile`.

Reported with evidence, answered by who recommended, decided by two people of the conferring body; `honours.revoke`
writes what comes of it, in the transaction that confirms. Nothing of a case is ever public but the public reason.
`by` is the acting account.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import honours
from craftsmen.honour_facts import HonourFacts
from craftsmen.honour_tables import Honour, HonourCase, HonourCaseFile
from craftsmen.rules import cases as rules
from craftsmen.rules.cases import Stage, after
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.rules.honours import reason_problems
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import uses
from foundation.people import organisation_moves
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import two_person

ROLE = "evidence"  # of the papers of a report


@tried_again
async def report(  # noqa: PLR0917 - a report is all of these
    honour: HonourFacts, ground: str, text: str, files: Sequence[int], reporter: int, by: int, now: datetime
) -> int:
    """Report that an honour is to be revoked, as the organisation `reporter`; answers the case's id.

    `files` are stored already and hang on nothing yet.

    Raises Refused with everything that is missing, for an honour that does not stand (any more), and while another
    case about it is open.
    """
    if problems := rules.report_problems(ground, text, len(files)):
        raise Refused(*problems)
    async with transaction():
        await lock_row(Honour, honour.id)
        row = await Honour.select(Honour.stage, Honour.recommender).where(Honour.id == honour.id).first()
        if row is None or row["stage"] != HonourStage.CONFERRED:
            raise Refused(Problem(f"honour_is_{row['stage'] if row else 'undone'}", "", {"name": honour.name}))
        if await HonourCase.exists().where(
            HonourCase.honour == honour.id, HonourCase.stage.is_in([one.value for one in rules.OPEN])
        ):
            raise Refused(Problem("case_open_already"))
        made = await HonourCase.insert(
            HonourCase(
                honour=honour.id,
                stage=Stage.REPORTED.value,
                ground=ground,
                report=text.strip(),
                reporter=reporter,
                reported_by=by,
                reported_at=now,
                recommender=row["recommender"] or honour.organisation_id,
                opinion="",
                outcome="",
                recovered="",
            )
        )
        case_id = int(made[0]["id"])
        for one in files:
            await uses.hang(one, f"case:{case_id}", ROLE)
        await HonourCaseFile.insert(*(HonourCaseFile(honour_case=case_id, file=one) for one in files))
        _record(case_id, honour.id, "reported", by, {"ground": ground, "files": list(files)})
    return case_id


@tried_again
async def advise(case_id: int, agrees: bool, opinion: str, by: int, now: datetime) -> None:
    """Who recommended the honour says whether it is to be revoked. Raises Refused, NotFound."""
    if problems := rules.text_problems(opinion, "opinion", rules.LONGEST_OPINION):
        raise Refused(*problems)
    async with transaction():
        step = "agree" if agrees else "disagree"
        row, stage = await _locked(case_id, step)
        values: dict[Any, Any] = {"stage": stage.value, "opinion": opinion.strip(), "opinion_by": by, "opinion_at": now}
        await HonourCase.update(values).where(HonourCase.id == case_id)
        _record(case_id, row["honour"], stage.value, by)


@tried_again
async def ask_to_revoke(  # noqa: PLR0917
    case_id: int, organisation_id: int, public_reason: str, reason: str, by: int, now: datetime
) -> int:
    """Ask a second person to revoke; answers the act's id. Raises Refused with everything that is missing."""
    if problems := reason_problems(public_reason, reason):
        raise Refused(*problems)
    async with transaction():
        row, _ = await _locked(case_id, "revoke")
        payload = {
            "case": case_id,
            "honour": row["honour"],
            "public_reason": public_reason.strip(),
            "stage": row["stage"],
        }
        act = await two_person.ask(REVOKE, f"honour:{row['honour']}", payload, organisation_id, by, reason, now)
        await HonourCase.update({HonourCase.act: act}).where(HonourCase.id == case_id)
        _record(case_id, row["honour"], "revocation_asked", by, {"act": act})
    return act


async def close(case_id: int, outcome: str, by: int, now: datetime) -> None:
    """The conferring body finds no ground: the honour stands. Raises Refused, NotFound."""
    await _finish(case_id, "close", outcome, by, now)


async def withdraw(case_id: int, outcome: str, by: int, now: datetime) -> None:
    """Who reported takes it back, saying why. Raises Refused, NotFound."""
    await _finish(case_id, "withdraw", outcome, by, now)


@tried_again
async def note_recovered(case_id: int, recovered: str, by: int, now: datetime) -> None:
    """Medal and certificate were recovered, benefits stopped: what was done of it. Raises Refused, NotFound."""
    if problems := rules.text_problems(recovered, "recovered", rules.LONGEST_RECOVERED):
        raise Refused(*problems)
    async with transaction():
        row = await _row(case_id)
        if row["stage"] != Stage.REVOKED:
            raise Refused(Problem("case_not_revoked", "recovered"))
        values: dict[Any, Any] = {"recovered": recovered.strip(), "recovered_at": now}
        await HonourCase.update(values).where(HonourCase.id == case_id)
        _record(case_id, row["honour"], "recovered", by)


@tried_again
async def _finish(case_id: int, step: str, outcome: str, by: int, now: datetime) -> None:
    if problems := rules.text_problems(outcome, "outcome", rules.LONGEST_OPINION):
        raise Refused(*problems)
    async with transaction():
        row, stage = await _locked(case_id, step)
        if await two_person.open_act(REVOKE.code, f"honour:{row['honour']}") is not None:
            raise Refused(Problem("case_being_decided"))
        values: dict[Any, Any] = {"stage": stage.value, "outcome": outcome.strip(), "ended_by": by, "ended_at": now}
        await HonourCase.update(values).where(HonourCase.id == case_id)
        _record(case_id, row["honour"], stage.value, by)


async def _row(case_id: int) -> dict[str, Any]:
    """The row, locked, then read."""
    if not await lock_row(HonourCase, case_id):
        raise NotFound
    row = await HonourCase.select().where(HonourCase.id == case_id).first()
    if row is None:
        raise NotFound
    return row


async def _locked(case_id: int, step: str) -> tuple[dict[str, Any], Stage]:
    """The row, and where this step leads. Raises NotFound, Refused."""
    row = await _row(case_id)
    stage = after(step, Stage(row["stage"]))
    if stage is None:
        raise Refused(Problem(f"case_is_{row['stage']}"))
    return row, stage


def _record(case_id: int, honour: int, act: str, by: int, payload: Mapping[str, Any] | None = None) -> None:
    said = {"case": case_id, **(payload or {})}
    ledger.record(stream=f"honour:{honour}", act=f"case.{act}", actor=f"account:{by}", payload=said)


async def _revoke(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    row, stage = await _locked(int(act.payload["case"]), "revoke")
    if row["stage"] != act.payload["stage"]:
        raise Refused(Problem("case_changed"))
    public_reason = str(act.payload["public_reason"])
    await honours.revoke(row["honour"], public_reason, act.reason, act.id, f"account:{by}", now)
    values: dict[Any, Any] = {"stage": stage.value, "ended_by": by, "ended_at": now}
    await HonourCase.update(values).where(HonourCase.id == row["id"])
    _record(row["id"], row["honour"], stage.value, by, {"act": act.id, "asked_by": act.asked_by})


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    honour = await honours.by_id(int(payload["honour"]))
    case = (
        await HonourCase.select(HonourCase.ground, HonourCase.opinion)
        .where(HonourCase.id == int(payload["case"]))
        .first()
    )
    if honour is None or case is None:
        return ()
    return (
        (N_("Title of honour"), honour.title_name),
        (N_("Holder"), f"{honour.name} · {honour.unit_name}"),
        (N_("Document"), honour.document or "–"),
        (N_("What the recommender says"), f"{'✓' if payload['stage'] == Stage.AGREED else '✗'} {case['opinion']}"),
        (N_("Reason that everyone will read"), str(payload["public_reason"])),
    )


REVOKE = two_person.register(
    two_person.Kind(
        "honour.revoke",
        N_("Revoke an honour"),
        perform=_revoke,
        show=_show,
        address=lambda act: f"/honours/cases/{act.payload['case']}",
    )
)


async def _follow(from_id: int, into_id: int) -> None:
    """Two organisations become one: their cases go along. Runs in the merging transaction."""
    for column in (HonourCase.reporter, HonourCase.recommender):
        await HonourCase.update({column: into_id}).where(column == from_id)


organisation_moves.on_merge(_follow)
