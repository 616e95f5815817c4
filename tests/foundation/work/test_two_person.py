"""Acts of two people: one performs at most once, never the asker, and nothing changes between question and answer."""

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import stored
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.act_tables import TwoPersonAct
from foundation.work.two_person import Asked, Kind, Stage

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LIN, FENG, FU = 11, 12, 13


class Unlocked:
    """What the kind of these tests does: it writes into the ledger, so that undone work is seen to be undone."""

    def __init__(self) -> None:
        self.performed: list[tuple[int, int]] = []
        self.unperformed: list[tuple[int, Stage]] = []
        self.refuse = False

    async def perform(self, act: Asked, by: int, now: datetime) -> None:
        ledger.record(stream=act.about, act="test.performed", actor=f"account:{by}", payload={"act": act.id})
        if self.refuse:
            raise Refused(Problem("lock_nothing"))
        self.performed.append((act.id, by))

    async def unperform(self, act: Asked, by: int, now: datetime) -> None:
        self.unperformed.append((act.id, act.stage))


@pytest.fixture
def done() -> Iterator[Unlocked]:
    work = Unlocked()
    kind = Kind("test.unlock", N_("Unlock an entry"), work.perform, unperformed=work.unperform)
    two_person.register(kind)
    yield work
    del two_person.KINDS["test.unlock"]


async def asked(about: str = "entry:7", by: int = LIN, reason: str = "A mark was read wrongly.") -> int:
    kind = two_person.KINDS["test.unlock"]
    async with transaction():
        return await two_person.ask(kind, about, {"entry": 7, "name": "䶮"}, 1, by, reason, NOW)


async def refusal_of(work) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.problems


async def test_somebody_else_confirms_and_it_is_done_once(database, done):
    act_id = await asked()
    await two_person.confirm(act_id, FENG, NOW)
    assert done.performed == [(act_id, FENG)]
    assert await two_person.by_id(act_id) == Asked(
        id=act_id,
        kind="test.unlock",
        about="entry:7",
        payload={"entry": 7, "name": "䶮"},
        organisation_id=1,
        asked_by=LIN,
        asked_at=NOW,
        reason="A mark was read wrongly.",
        stage=Stage.CONFIRMED,
        decided_by=FENG,
        decided_at=NOW,
    )
    assert [(entry.act, entry.actor, entry.about) for entry in await ledger.entries(f"act:{act_id}")] == [
        ("act.confirmed", "account:12", "entry:7"),
        ("act.asked", "account:11", "entry:7"),
    ]
    assert await refusal_of(two_person.confirm(act_id, FU, NOW)) == (Problem("act_is_confirmed"),)
    assert await refusal_of(two_person.reject(act_id, FU, "Too late.", NOW)) == (Problem("act_is_confirmed"),)
    assert done.performed == [(act_id, FENG)]


async def test_the_asker_never_decides_but_with_a_signed_paper(database, done):
    act_id = await asked()
    assert await refusal_of(two_person.confirm(act_id, LIN, NOW)) == (Problem("act_own"),)
    assert await refusal_of(two_person.reject(act_id, LIN, "No.", NOW)) == (Problem("act_own"),)
    paper = await stored.keep("两人签字.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n", LIN, NOW)
    await two_person.confirm(act_id, LIN, NOW, paper=paper)
    entry = (await ledger.entries(f"act:{act_id}"))[0]
    assert (entry.act, entry.payload) == ("act.confirmed_on_paper", {"kind": "test.unlock", "file": paper})
    assert done.performed == [(act_id, LIN)]


async def test_a_refusal_while_it_is_done_leaves_it_open(database, done):
    act_id, done.refuse = await asked(), True
    assert await refusal_of(two_person.confirm(act_id, FENG, NOW)) == (Problem("lock_nothing"),)
    assert (await two_person.by_id(act_id)).stage == Stage.ASKED
    assert await ledger.entries("entry:7") == []
    done.refuse = False
    await two_person.confirm(act_id, FENG, NOW)
    assert done.performed == [(act_id, FENG)]


async def test_one_open_act_of_a_kind_on_a_thing(database, done):
    first = await asked()
    assert await refusal_of(asked(by=FU)) == (Problem("act_open_already"),)
    other = await asked("entry:8")
    await two_person.withdraw(first, LIN, NOW)
    again = await asked(by=FU)
    assert len({first, other, again}) == 3
    assert done.unperformed == [(first, Stage.WITHDRAWN)]


async def test_a_rejection_needs_a_reason_and_keeps_it(database, done):
    act_id = await asked()
    assert await refusal_of(two_person.reject(act_id, FENG, "  ", NOW)) == (
        Problem("act_rejection_reason_empty", "decision_reason"),
    )
    await two_person.reject(act_id, FENG, " Look at the film first. ", NOW)
    act = await two_person.by_id(act_id)
    assert (act.stage, act.decision_reason, done.performed) == (Stage.REJECTED, "Look at the film first.", [])
    assert done.unperformed == [(act_id, Stage.REJECTED)]


async def test_only_the_asker_withdraws_and_nothing_is_not_found(database, done):
    act_id = await asked()
    for stranger in (two_person.withdraw(act_id, FENG, NOW), two_person.confirm(act_id + 1, FENG, NOW)):
        with pytest.raises(NotFound):
            await stranger
    await two_person.withdraw(act_id, LIN, NOW)
    assert await refusal_of(two_person.confirm(act_id, FENG, NOW)) == (Problem("act_is_withdrawn"),)


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("  \n ", Problem("act_reason_empty", "reason")),
        ("x" * 2001, Problem("act_reason_long", "reason", {"most": "2000"})),
    ],
)
async def test_a_question_needs_a_reason(database, done, reason, problem):
    assert await refusal_of(asked(reason=reason)) == (problem,)
    assert await TwoPersonAct.count() == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"entry":8,"name":"䶮"}'),
        ("asked_by", FENG),
        ("organisation_id", 2),
        ("about", "entry:8"),
        ("reason", "Because."),
    ],
)
async def test_a_question_that_was_edited_behind_its_back_is_refused(database, done, column, value):
    act_id = await asked()
    await TwoPersonAct.update({column: value}).where(TwoPersonAct.id == act_id)
    assert await refusal_of(two_person.confirm(act_id, FU, NOW)) == (Problem("act_changed_behind"),)
    assert done.performed == []


async def test_an_act_nobody_asked_for_is_refused(database, done):
    act_id = await asked()
    row = await TwoPersonAct.select().where(TwoPersonAct.id == act_id).first()
    made = await TwoPersonAct.insert(TwoPersonAct(**{**row, "id": act_id + 5, "about": "entry:9"}))
    assert await refusal_of(two_person.confirm(made[0]["id"], FENG, NOW)) == (Problem("act_changed_behind"),)


async def test_a_kind_that_is_gone_can_only_be_rejected(database, done):
    act_id = await asked()
    kind = two_person.KINDS.pop("test.unlock")
    assert await refusal_of(two_person.confirm(act_id, FENG, NOW)) == (Problem("act_kind_gone"),)
    await two_person.reject(act_id, FENG, "No longer needed.", NOW)
    two_person.KINDS["test.unlock"] = kind


def test_two_kinds_never_share_a_code(done):
    async def nothing(act: Asked, by: int, now: datetime) -> None: ...

    with pytest.raises(ValueError, match=r"test\.unlock"):
        two_person.register(Kind("test.unlock", N_("Unlock an entry"), nothing))


async def test_of_many_who_decide_at_once_one_does(database, done):
    act_id = await asked()
    answers = await asyncio.gather(
        *(two_person.confirm(act_id, by, NOW) for by in (FENG, FU, 14, 15)),
        two_person.reject(act_id, 16, "No.", NOW),
        two_person.withdraw(act_id, LIN, NOW),
        two_person.confirm(act_id, LIN, NOW),
        return_exceptions=True,
    )
    assert sum(answer is None for answer in answers) == 1
    assert all(isinstance(answer, Refused) for answer in answers if answer is not None)
    stage = (await two_person.by_id(act_id)).stage
    assert len(done.performed) == (stage == Stage.CONFIRMED)
    assert len(done.unperformed) == (stage != Stage.CONFIRMED)


async def test_of_two_who_ask_at_once_one_does(database, done):
    answers = await asyncio.gather(asked(by=LIN), asked(by=FENG), asked(by=FU), return_exceptions=True)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert await TwoPersonAct.count() == 1


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_the_order_of_acts_one_performs_at_most_and_never_the_asker(database, done, seed):
    chance = random.Random(seed)
    people = [LIN, FENG, FU]
    open_by: dict[str, tuple[int, int]] = {}  # thing -> (act, asker), as it should be
    for _ in range(25):
        thing, person = chance.choice(["entry:1", "entry:2"]), chance.choice(people)
        act_id, asker = open_by.get(thing, (0, 0))
        done.refuse = chance.random() < 0.2
        step = chance.choice(["ask", "confirm", "reject", "withdraw"])
        before = list(done.performed)
        try:
            match step:
                case "ask":
                    made = await asked(thing, person)
                    assert not act_id
                    open_by[thing] = (made, person)
                case "confirm":
                    await two_person.confirm(act_id, person, NOW)
                case "reject":
                    await two_person.reject(act_id, person, "No.", NOW)
                case "withdraw":
                    await two_person.withdraw(act_id, person, NOW)
        except (Refused, NotFound):
            assert done.performed == before
            continue
        if step != "ask":
            assert (step == "withdraw") == (person == asker)
            assert done.performed == ([*before, (act_id, person)] if step == "confirm" else before)
            del open_by[thing]
    assert len({act for act, _ in done.performed}) == len(done.performed)
