"""Questions about a subtree are one range of one index, on both engines and under any collation."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.people import organisation_lists, organisation_tree, organisations
from foundation.people.organisation_acts import folded
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors, below, end_of, is_below, segment
from foundation.store import engines
from foundation.store.engines import Engine
from foundation.store.transactions import transaction

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
COLUMNS = (
    "INSERT INTO organisation (id, parent, path, name, short_name, kind, code, industry, chain, ownership, position, "
    "contact_email, folded, active, created_at) VALUES "
    "({}, {}, {}, {}, '', {}, '', '', '', '', 1000, '', {}, {}, {})"
)


async def plant(cities: int, counties: int, units: int) -> dict[int, str]:
    """So many cities, counties each, units each; answers every path by id."""
    paths, rows = {1: "1."}, []

    def add(parent: int, kind: str, name: str) -> int:
        one = len(paths) + 1
        paths[one] = paths[parent] + segment(one)
        rows.append((one, parent, paths[one], name, kind, folded(Draft(name, Kind.ENTERPRISE)), True, NOW))
        return one

    for city in (add(1, "city", f"第{number}市总工会") for number in range(cities)):
        for county in [add(city, "county", f"第{city}-{number}县总工会") for number in range(counties)]:
            for number in range(units):
                add(county, "enterprise", f"第{county}-{number}厂工会")
    async with transaction() as held:
        await held.run_many(COLUMNS, rows)
    await engines.current().run_ddl("ANALYZE")
    return paths


async def plan(query: Any) -> str:
    """How the engine means to answer a query of Piccolo, or SQL."""
    sql = query if isinstance(query, str) else str(query)
    postgres = engines.current().engine_type == "postgres"
    rows = await engines.current().run_ddl(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{sql}")
    return "\n".join(str(row["QUERY PLAN"] if postgres else row["detail"]) for row in rows)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1."), (35, "z."), (36, "10."), (1295, "zz."), (2**31 - 1, "zik0zj.")]
)
def test_a_path_s_parts_are_ids_in_base_36(number: int, text: str) -> None:
    assert segment(number) == text
    assert ancestors("1." + text) == [1, number]


def test_what_begins_alike_is_not_below() -> None:
    assert is_below("1.5.2.", "1.5.")
    assert is_below("1.5.", "1.5.")
    assert not is_below("1.5a.", "1.5.")
    assert not is_below("1.", "1.5.")
    assert "1.5.zzz." < end_of("1.5.") < "1.50."


async def test_exactly_those_below_are_selected(database: Engine) -> None:
    paths = await plant(3, 14, 3)  # ids past 35, so that "1.2." and "1.2a." both begin alike
    for place in ("1.", "1.2.", "1.2.3.", paths[max(paths)]):
        rows = await Organisation.select(Organisation.id).where(below(Organisation.path, place))
        inside = {one for one, path in paths.items() if path.startswith(place)}
        assert {row["id"] for row in rows} == inside
        assert await organisation_tree.count_below(place) == len(inside) - 1
    some = await organisation_tree.by_ids([1, 2, 3])
    counted = await organisation_lists.with_counts(some)
    assert {one.facts.id: one.below for one in counted} == {1: len(paths) - 1, 2: 14 * 4, 3: 3}


async def test_closed_ones_are_not_counted(database: Engine) -> None:
    await plant(1, 1, 3)
    await organisations.close(4, "test", NOW)
    assert await organisation_tree.count_below("1.") == 4


async def test_subtree_questions_use_the_path_s_index(database: Engine) -> None:
    await plant(5, 20, 40)
    place = "1.2.3."
    count = await plan(
        Organisation.count().where(organisation_tree.under(Organisation.path, place), Organisation.active == True)  # noqa: E712
    )
    listing = await plan(
        Organisation.select().where(below(Organisation.path, place)).order_by(Organisation.path).limit(51)
    )
    children = await plan(
        Organisation.select()
        .where(Organisation.parent == 3, Organisation.active == True)  # noqa: E712
        .order_by(Organisation.position, Organisation.id)
        .limit(51)
    )
    places = ", ".join(str(number) for number in range(2, 12))
    counts = await plan(organisation_lists._COUNTS.format(places=places))
    if database.engine_type == "sqlite":
        ranged = r"SEARCH (organisation|d) USING (COVERING )?INDEX organisation_path\w* \(path>\? AND path<\?\)"
        assert "TEMP B-TREE" not in listing + children
        assert "COVERING" in count
    else:
        ranged = r"Index (Only )?Scan (using|on) organisation_path\w*[^\n]*\n\s+Index Cond: \(\(*(d\.)?path"
        assert "Seq Scan on organisation d" not in counts
    assert all(re.search(ranged, shown) for shown in (count, listing, counts)), (count, listing, counts)
    assert "organisation_parent" in children


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_the_order_of_paths_is_byte_by_byte_whatever_the_database_s_collation(database: Engine) -> None:
    rows = await engines.current().run_ddl(
        "SELECT collation_name FROM information_schema.columns "
        "WHERE table_name = 'organisation' AND column_name = 'path'"
    )
    assert [row["collation_name"] for row in rows] == ["C"]
