"""The made-up province as it comes out of the registry's own writers, on both engines."""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from competitions import locks, marks, publishing, scores
from competitions.bench import bench_for
from competitions.contests import ContestFacts, contest_by_address
from competitions.desk import desk_for, works_of
from competitions.mark_check import check_against_ledger
from competitions.presets.presets import load_preset
from competitions.rules.progress import State
from competitions.rules.stages import Stage
from competitions.tables import (
    Competition,
    Contest,
    Contestant,
    Entry,
    Mark,
    Publication,
    PublishedLine,
    PublishedScore,
    Seat,
)
from competitions.versions import draft_scheme, frozen_scheme
from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.people import accounts, sessions
from foundation.people.tables import Account
from foundation.store import ledger, ledger_verify
from foundation.store.engines import Engine
from foundation.store.tables import LedgerEntry
from foundation.tabulation.bundle import verify_bundle
from foundation.tabulation.scheme import read_scheme
from ganpo.demo.cast import OFFICER, REVIEWER
from ganpo.demo.province import make_demo
from tests.demonstration import Demonstration

NOW = datetime.now(UTC)
LAST_YEAR, WELDING, WIRING, COOKING, PAINTING = "2025-1-01", "2026-1-01", "2026-1-02", "2026-1-03", "2026-1-04"


async def contest_at(address: str) -> ContestFacts:
    found = await contest_by_address(address)
    assert found is not None
    return found


async def lines_of(address: str) -> list[dict[str, Any]]:
    """The published lines of a contest, as everyone sees them."""
    rows = await Publication.select(Publication.id).where(Publication.contest.address == address)
    publications = [row["id"] for row in rows]
    return (
        await PublishedLine.select(
            PublishedLine.group.as_alias("group"),
            PublishedLine.place,
            PublishedLine.name,
            PublishedLine.unit,
            PublishedLine.total,
            PublishedLine.tied,
            PublishedLine.decided_by,
        )
        .where(PublishedLine.publication.is_in(publications))
        .order_by(PublishedLine.position)
    )


async def all_heads() -> list[tuple[str, int, str]]:
    rows = await LedgerEntry.select(LedgerEntry.stream, LedgerEntry.seq, LedgerEntry.hash)
    return sorted((row["stream"], row["seq"], row["hash"]) for row in rows)


async def refused(settings: Settings) -> list[str]:
    with pytest.raises(Refused) as refusal:
        await make_demo(settings, lambda text: None)
    return [problem.code for problem in refusal.value.problems]


async def test_it_holds_what_was_planned(province: Demonstration) -> None:
    tables = (Account, Competition, Contest, Entry, Contestant, Seat, Publication, PublishedScore)
    assert {table.__name__: await table.count() for table in tables} == {
        "Account": 20,
        "Competition": 2,
        "Contest": 5,
        "Entry": 16 + 24 + 30 + 16 + 18,
        "Contestant": 16 + 24 + 30 + 16 + 18,
        "Seat": 8 + 7 + 7 + 8 + 8,
        "Publication": 3,
        "PublishedScore": 16 + 24 + 30,
    }
    marked = await Mark.select(Mark.contest.address.as_alias("address"))
    assert Counter(row["address"] for row in marked) == {
        LAST_YEAR: 16 * (1 + 3 + 3 + 5 + 5 + 1 + 1),
        WELDING: 24 * (1 + 8 + 3 + 1 + 1),
        WIRING: 28 * (1 + 1 + 3 + 1 + 1 + 3 + 1),
        COOKING: 16 * (1 + 10 * 5 + 1) - 6 * 10,
    }


async def test_every_contest_stands_where_it_is_worth_a_look(province: Demonstration) -> None:
    contests = [await contest_at(address) for address in (LAST_YEAR, WELDING, WIRING, COOKING, PAINTING)]
    assert [contest.stage for contest in contests] == [
        Stage.PUBLISHED,
        Stage.PUBLISHED,
        Stage.PUBLISHED,
        Stage.MARKING,
        Stage.DRAFT,
    ]
    assert [(contest.competition.year, "演示" in contest.competition.title) for contest in contests] == [
        (2025, True),
        *[(2026, True)] * 4,
    ]
    public = [(one.names_shown, one.totals_shown, one.why_public, one.bundle_public) for one in contests]
    usual = ("awarded", "awarded", False, False)
    assert public == [usual, ("all", "all", True, True), usual, usual, usual]


async def test_the_scheme_that_is_a_draft_is_the_preset(province: Demonstration) -> None:
    contest = await contest_at(PAINTING)
    text, notes = load_preset("ceramic-decorator")
    assert await draft_scheme(contest.id) == (read_scheme(text)[0], notes)
    assert await frozen_scheme(contest.id) is None


async def test_the_open_contest_shows_every_name_rare_ones_too(province: Demonstration) -> None:
    lines = await lines_of(WELDING)
    assert [line["place"] for line in lines] == list(range(1, 25))
    assert "程𠮷" in [line["name"] for line in lines]
    assert [line for line in lines if not (line["name"] and line["unit"] and line["total"])] == []


async def test_the_usual_contest_shows_the_awarded_and_how_they_were_parted(province: Demonstration) -> None:
    lines = await lines_of(WIRING)
    workers = [line for line in lines if line["group"] == "职工组"]
    assert [(line["place"], bool(line["name"]), line["tied"], line["decided_by"]) for line in workers] == [
        (1, True, False, ""),
        (2, True, False, "time"),
        (3, True, False, "time"),
        (4, True, False, ""),
        (5, True, True, ""),
        (5, True, True, ""),
        *[(place, False, False, "") for place in range(7, 19)],
    ]
    assert {"龚䶮", "饶㛃"} <= {line["name"] for line in workers}
    assert len(lines) - len(workers) == 9
    row = await Publication.select(Publication.counts).where(Publication.contest.address == WIRING).first()
    assert row is not None
    assert json.loads(row["counts"]) == {
        "职工组": {"ok": 18, "absent": 1, "disqualified": 1},
        "学生组": {"ok": 9, "withdrawn": 1},
    }


async def test_every_published_result_can_be_recomputed(province: Demonstration) -> None:
    bundles = await Publication.select(Publication.bundle).order_by(Publication.id)
    verdicts = [verify_bundle(row["bundle"]) for row in bundles]
    assert [(verdict.is_bundle, verdict.problems) for verdict in verdicts] == [(True, ())] * 3


async def test_the_ledger_is_whole_and_every_mark_is_in_it(province: Demonstration) -> None:
    assert await ledger_verify.verify() == []
    assert await check_against_ledger() == []


async def test_its_mark_is_one_entry_made_at_the_end(province: Demonstration) -> None:
    assert [(entry.act, entry.seq) for entry in await ledger.entries("demo")] == [("demo.created", 1)]
    newest = await LedgerEntry.select(LedgerEntry.stream).order_by(LedgerEntry.at, ascending=False)
    assert newest[0]["stream"] == "demo"


async def test_nothing_happened_in_the_future(province: Demonstration) -> None:
    published = [row["published_at"] for row in await Publication.select(Publication.published_at)]
    given = [row["given_at"] for row in await Mark.select(Mark.given_at)]
    assert max(published + given) <= datetime.now(UTC)


async def test_everybody_who_is_printed_can_sign_in(province: Demonstration) -> None:
    printed = [(one.sign_in, one.address) for one in province.signs.accounts]
    assert printed == [
        ("guanli", "/accounts"),
        ("zuzhi", "/organise"),
        ("shenhe", "/desk"),
        ("qianfa", "/desk"),
        ("jiandu", "/suspensions"),
        ("nanchang", "/organisations"),
        ("yunxiu", "/desk"),
        ("jingdezhen", "/desk"),
        ("zhuxi", "/desk"),
        ("jingban", "/workers"),
        ("caipanzhang", f"/chief/contests/{COOKING}"),
        ("caipan", f"/judge/contests/{COOKING}"),
    ]
    roles = []
    for one in province.signs.accounts:
        token = await sessions.sign_in(one.sign_in, one.password, "127.0.0.1", NOW)
        user = await sessions.from_token(token, NOW)
        assert user is not None
        roles.append(user.roles)
    assert roles == [
        {"officer"}, {"organiser"}, {"reviewer"}, {"signer"}, {"supervisor"}, {"officer", "reviewer"},
        {"officer", "reviewer"}, {"officer", "reviewer"}, {"officer"}, {"clerk"}, set(), set(),
    ]  # fmt: skip


async def test_the_printed_code_opens_its_contestants_score(province: Demonstration) -> None:
    score = await scores.by_code(province.signs.code)
    assert score is not None
    assert score.contest is not None
    assert (score.name, score.contest.address, score.why is None) == ("龚䶮", WIRING, False)


async def test_a_second_time_nothing_changes(province: Demonstration) -> None:
    before = await all_heads()
    assert await refused(Settings.from_env()) == ["demo_made"]
    assert await all_heads() == before


def test_what_is_made_is_told_meanwhile(made_up: Demonstration) -> None:
    told = [line for line in made_up.printed.splitlines() if line.startswith("  ") and line.endswith(" …")]
    assert [line.split()[0] for line in told] == [
        "accounts", "unions", "2025", "2026", "2026", "2026", "2026", "workers,", "craftsmen", "apprentices,",
        "rationalization", "technical", "rounds", "innovation", "reviews",
    ]  # fmt: skip


async def test_the_contest_that_is_being_marked_can_be_carried_on_to_its_results(province: Demonstration) -> None:
    ids = {member: (await accounts.find(member)) for member in ("zuzhi", "caipanzhang", "caipan")}
    organiser, chief, judge = (found.id for found in ids.values() if found is not None)
    bench = await bench_for(chief, COOKING)
    assert {state: count for state, count in bench.totals.items() if count} == {
        State.LOCKED: 6,
        State.READY: 4,
        State.INCOMPLETE: 6,
    }

    desk = await desk_for(judge, COOKING)
    works = await works_of(desk)
    open_works = [work for work in works if work.count.missing]
    assert [(work.count.done, work.count.wanted) for work in open_works] == [(0, 10)] * 6
    for work in open_works:
        full = [
            marks.NewMark(code, str((desk.frozen.scheme.aspect(code).max or 0) // 1000), "", f"{work.id}:{code}", 0)
            for code in sorted(desk.seat.aspects)
        ]
        await marks.give(desk.seat.id, work.id, full, judge, NOW)

    bench = await bench_for(chief, COOKING)
    await locks.lock(bench, bench.settled, chief, NOW)
    contest = await contest_at(COOKING)
    await publishing.publish(contest.id, organiser, NOW)
    assert [line["place"] for line in await lines_of(COOKING)] == list(range(1, 17))


async def test_a_registry_in_use_is_left_alone(database: Engine) -> None:
    await accounts.create_account("zhou", "周某", (), "cli", NOW)
    assert await refused(Settings.from_env()) == ["demo_not_empty"]
    assert (await Account.count(), await Contest.count(), (await ledger.head("demo")).seq) == (1, 0, 0)


async def test_a_making_that_was_broken_off_is_told(database: Engine) -> None:
    class BrokenOffError(Exception):
        pass

    def interrupted(text: str) -> None:
        raise BrokenOffError

    with pytest.raises(BrokenOffError):
        await make_demo(Settings.from_env(), interrupted)
    assert await refused(Settings.from_env()) == ["demo_half_made"]


async def test_what_the_officer_asks_the_reviewer_can_confirm_on_the_first_day(province: Demonstration) -> None:
    made = await Account.select(Account.id, Account.sign_in).where(
        Account.sign_in.is_in([OFFICER.sign_in, REVIEWER.sign_in])
    )
    ids = {row["sign_in"]: row["id"] for row in made}
    stream, officer = f"account:{ids[REVIEWER.sign_in]}", f"account:{ids[OFFICER.sign_in]}"
    assert [one.act for one in await ledger.entries(stream) if one.actor == officer] == []
