"""Signing at the federation beside handing over a post there, and what else happens there: nobody is told to come back.

On PostgreSQL only: on SQLite one writer follows the other.
"""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from foundation.people import accounts
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import approval, circulars
from foundation.process.circular_tables import Circular
from foundation.store import commit
from foundation.store.ledger_verify import verify
from tests.foundation.process.circulars_made_up import NOW, Province, drafted, province
from tests.web import Visitor, visitors

ROUNDS = 12
AT_ONCE = 3


async def to_sign(made: Province, drafter: int, number: int) -> int:
    document = await drafted(made, number=f"赣工发〔2026〕{number}号")
    await Circular.update({Circular.drafted_by: drafter}).where(Circular.id == document)
    await approval.hand_in(circulars.PAPER, document, made.people["ling"], NOW)
    await approval.pass_on(circulars.PAPER, document, made.people["song"], NOW + timedelta(minutes=1))
    return document


async def sign(who: Visitor, document: int, number: int) -> int:
    path = f"/office/circulars/{document}/steps"
    return (await who.post(path, {"step": "sign", "number": f"赣工发〔2026〕{number}号"})).status_code


async def hand_over(who: Visitor, holder: int, successor: str) -> int:
    path = f"/posts/{ROOT_ID}/{holder}"
    return (await who.post(path, {"successor": successor, "confirmed": "yes"})).status_code


async def new_account(who: Visitor, number: int) -> int:
    fields = {"sign_in": f"xin{number}", "name": "新某", "phone": f"1390000{number:04}", "roles": ["clerk"]}
    return (await who.post("/accounts", fields)).status_code


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("tries", [1, commit.TRIES])
async def test_signing_and_handing_over_at_once_never_answer_503(database: Any, monkeypatch: Any, tries: int) -> None:
    """With one try alone as well: it is the order of the locks that lets both through."""
    monkeypatch.setattr(commit, "TRIES", tries)
    made = await province()
    for name in ("bai", "guan"):
        made.people[name], _ = await accounts.create_account(
            name, f"{name}某", ["officer"] if name == "guan" else [], "test", NOW
        )
    holder, other = "ling", "bai"
    async with visitors() as web:
        guan, qian = await web.signed_in("guan"), await web.signed_in("qian")
        for turn in range(ROUNDS):
            numbers = [turn * AT_ONCE + one for one in range(1, AT_ONCE + 1)]
            papers = [await to_sign(made, made.people[holder], number) for number in numbers]
            answers = await asyncio.gather(
                *(sign(qian, paper, number) for paper, number in zip(papers, numbers, strict=True)),
                hand_over(guan, made.people[holder], other),
                new_account(guan, turn),
            )
            assert answers == [*[303] * AT_ONCE, 303, 200], turn
            holder, other = other, holder
    rows = await Circular.select(Circular.stage)
    assert [row["stage"] for row in rows] == ["issued"] * (ROUNDS * AT_ONCE)
    assert await verify() == []
