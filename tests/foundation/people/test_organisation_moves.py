"""Moving and merging take whole subtrees along, and nothing made meanwhile is left behind."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import organisation_moves, organisations
from foundation.people.organisation_lists import history, search
from foundation.people.organisation_tables import Organisation
from foundation.people.organisations import Draft, Kind
from foundation.store import ledger
from foundation.store.engines import Engine

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


async def make(parent: int, name: str, kind: Kind) -> int:
    return await organisations.create(parent, Draft(name, kind), "account:7", NOW)


async def paths() -> dict[str, str]:
    rows = await Organisation.select(Organisation.name, Organisation.path).order_by(Organisation.path)
    return {row["name"]: row["path"] for row in rows}


async def refused(work: object) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work  # type: ignore[misc]
    return list(refusal.value.problems)


@pytest.fixture
async def tree(database: Engine) -> dict[str, int]:
    """Two cities; 南昌 has a county with a park with an enterprise, 九江 a county."""
    ids = {"南昌": await make(1, "南昌", Kind.CITY), "九江": await make(1, "九江", Kind.CITY)}
    ids["东湖"] = await make(ids["南昌"], "东湖", Kind.COUNTY)
    ids["园区"] = await make(ids["东湖"], "园区", Kind.PARK)
    ids["映川"] = await make(ids["园区"], "映川", Kind.ENTERPRISE)
    ids["柴桑"] = await make(ids["九江"], "柴桑", Kind.COUNTY)
    return ids


async def test_a_move_takes_the_whole_subtree_along(tree: dict[str, int]) -> None:
    await organisations.move(tree["东湖"], tree["九江"], "account:7", NOW, shown_parent=tree["南昌"])
    assert await paths() == {
        "省总工会": "1.",
        "南昌": "1.2.",
        "九江": "1.3.",
        "东湖": "1.3.4.",
        "园区": "1.3.4.5.",
        "映川": "1.3.4.5.6.",
        "柴桑": "1.3.7.",
    }
    assert [one.name for one in await organisations.children(tree["九江"])] == ["东湖", "柴桑"]
    line = (await history(tree["东湖"]))[0]
    assert (line.what, line.before, line.after) == ("moved", "南昌", "九江")
    entry = (await ledger.entries(f"organisation:{tree['东湖']}"))[0]
    assert (entry.act, entry.payload) == ("organisation.moved", {"source": tree["南昌"], "to": tree["九江"]})


async def test_what_cannot_be_moved_is_refused(tree: dict[str, int]) -> None:
    async def why(what: str, to: int, shown: int | None = None) -> list[Problem]:
        return await refused(organisations.move(tree.get(what, 1), to, "test", NOW, shown))

    before = await paths()
    assert await why("东湖", tree["园区"]) == [Problem("organisation_below_itself", "target")]
    assert await why("东湖", tree["东湖"]) == [Problem("organisation_below_itself", "target")]
    assert await why("东湖", tree["南昌"]) == [Problem("organisation_there_already", "target", {"parent": "南昌"})]
    assert await why("东湖", tree["柴桑"]) == [
        Problem("organisation_kind_place", "kind", {"kind": "county", "parent": "county"})
    ]
    assert await why("root", tree["九江"]) == [Problem("organisation_root", "target")]
    assert await why("东湖", tree["九江"], shown=tree["九江"]) == [
        Problem("organisation_moved_meanwhile", "target", {"parent": "南昌"})
    ]
    await organisations.close(tree["柴桑"], "test", NOW)
    assert await why("园区", tree["柴桑"]) == [Problem("organisation_parent_closed", "parent", {"parent": "柴桑"})]
    assert await paths() == before


async def test_what_is_made_during_a_move_moves_along(tree: dict[str, int]) -> None:
    await asyncio.gather(
        organisations.move(tree["东湖"], tree["九江"], "test", NOW),
        *(make(tree["园区"], f"新{number}", Kind.ENTERPRISE) for number in range(5)),
    )
    rows = await Organisation.select(Organisation.path).where(Organisation.parent == tree["园区"])
    assert {row["path"].rsplit(".", 2)[0] for row in rows} == {"1.3.4.5"}


async def test_two_moves_at_once_make_no_ring(tree: dict[str, int]) -> None:
    first = await make(tree["映川"], "一分厂", Kind.ENTERPRISE)
    second = await make(tree["映川"], "二分厂", Kind.ENTERPRISE)
    done = await asyncio.gather(
        organisations.move(first, second, "test", NOW),
        organisations.move(second, first, "test", NOW),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refused"]
    assert (await organisations.count_below("1.")) == 8


async def test_a_merge_moves_what_stands_below_and_keeps_the_old_name(tree: dict[str, int]) -> None:
    moved: list[tuple[int, int]] = []

    async def mover(from_id: int, into_id: int) -> None:
        moved.append((from_id, into_id))

    organisations.on_merge(mover)
    organisations.on_merge(mover)
    try:
        await organisations.merge(tree["东湖"], tree["柴桑"], "account:7", NOW)
    finally:
        organisation_moves._movers.pop(mover)
    assert moved == [(tree["东湖"], tree["柴桑"])]
    assert await paths() == {
        "省总工会": "1.",
        "南昌": "1.2.",
        "东湖": "1.2.4.",
        "九江": "1.3.",
        "柴桑": "1.3.7.",
        "园区": "1.3.7.5.",
        "映川": "1.3.7.5.6.",
    }
    merged = (await search("东湖", "1."))[0]
    assert (merged.active, merged.merged_into) == (False, tree["柴桑"])
    lines = {name: [(one.what, one.before, one.after) for one in await history(tree[name])] for name in tree}
    assert lines["东湖"][0] == ("merged", "东湖", "柴桑")
    assert lines["柴桑"][0] == ("took_in", "", "东湖")
    assert lines["园区"][0] == ("moved", "东湖", "柴桑")
    assert (await ledger.entries(f"organisation:{tree['柴桑']}"))[0].payload == {"merged": tree["东湖"], "children": 1}
    assert await refused(organisations.merge(tree["东湖"], tree["柴桑"], "test", NOW)) == [
        Problem("organisation_merge_closed", "target", {"name": "东湖"})
    ]
    assert await refused(organisations.open_again(tree["东湖"], "test", NOW)) == [Problem("organisation_merged_stays")]


async def test_a_mover_that_refuses_stops_the_merge(tree: dict[str, int]) -> None:
    async def mover(from_id: int, into_id: int) -> None:
        raise Refused(Problem("worker_twice"))

    before = await paths()
    organisations.on_merge(mover)
    try:
        assert await refused(organisations.merge(tree["东湖"], tree["柴桑"], "test", NOW)) == [Problem("worker_twice")]
    finally:
        organisation_moves._movers.pop(mover)
    assert await paths() == before


async def test_what_cannot_be_merged_is_refused(tree: dict[str, int]) -> None:
    branch = await make(tree["映川"], "一分厂", Kind.ENTERPRISE)

    async def why(what: int, into: int) -> list[Problem]:
        return await refused(organisations.merge(what, into, "test", NOW))

    assert await why(tree["东湖"], tree["东湖"]) == [Problem("organisation_merge_itself", "target")]
    assert await why(tree["东湖"], tree["九江"]) == [Problem("organisation_merge_kind", "target", {"name": "九江"})]
    assert await why(branch, tree["映川"]) == [Problem("organisation_merge_below", "target")]
    assert await why(1, tree["九江"]) == [Problem("organisation_root", "target")]


async def test_a_place_that_is_too_deep_is_refused(database: Engine) -> None:
    parent = await make(1, "赣途", Kind.DIRECT)
    await Organisation.update({Organisation.path: "1.2." + "z" * 194 + "."}).where(Organisation.id == parent)
    assert await refused(make(parent, "分公司", Kind.ENTERPRISE)) == [Problem("organisation_deep", "parent")]
