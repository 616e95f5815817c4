"""Organisations are made, changed, closed and opened, and two people at once lose nothing."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.base.codes import check_character
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisations
from foundation.people.organisation_draft import read_draft, typed_of
from foundation.people.organisation_lists import history, named, search
from foundation.people.organisations import Draft, Kind, OrganisationFacts
from foundation.store import generations, ledger
from foundation.store.engines import Engine

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CODE = "91350100M000100Y43"
UNION_CODE = "81360000MC0000001" + check_character("81360000MC0000001")


async def make(parent: int, name: str, kind: Kind, **more: object) -> int:
    return await organisations.create(parent, Draft(name, kind, **more), "account:7", NOW)  # type: ignore[arg-type]


async def refused(work: object) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work  # type: ignore[misc]
    return list(refusal.value.problems)


async def found(organisation_id: int) -> OrganisationFacts:
    facts = await organisations.by_id(organisation_id)
    assert facts is not None
    return facts


async def told(organisation_id: int) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.field, one.before, one.after) for one in reversed(await history(organisation_id))]


async def test_the_federation_is_there_from_the_start(database: Engine) -> None:
    root = await found(organisations.ROOT_ID)
    assert (root.name, root.kind, root.path, root.parent_id) == ("省总工会", Kind.FEDERATION, "1.", None)
    assert await organisations.count_below("1.") == 0


async def test_an_organisation_is_put_below_another(database: Engine) -> None:
    city = await make(1, "南昌市总工会", Kind.CITY, position=1)
    county = await make(city, "东湖区总工会", Kind.COUNTY)
    assert [(one.id, one.path, one.name) for one in await organisations.trail(county)] == [
        (1, "1.", "省总工会"),
        (2, "1.2.", "南昌市总工会"),
        (3, "1.2.3.", "东湖区总工会"),
    ]
    assert await organisations.count_below("1.") == 2
    assert await told(county) == [("created", "", "", "东湖区总工会")]
    entries = await ledger.entries(f"organisation:{county}")
    assert [(one.act, one.actor, one.about, one.payload) for one in entries] == [
        ("organisation.created", "account:7", f"organisation:{city}", {"parent": city, "kind": "county"})
    ]


async def test_children_stand_in_their_order(database: Engine) -> None:
    for position, name in ((3, "景德镇市总工会"), (1, "南昌市总工会"), (2, "九江市总工会"), (1000, "抚州市总工会")):
        await make(1, name, Kind.CITY, position=position)
    names = [one.name for one in await organisations.children(1)]
    assert names == ["南昌市总工会", "九江市总工会", "景德镇市总工会", "抚州市总工会"]


async def test_which_kind_may_stand_below_which_is_kept(database: Engine) -> None:
    office = await make(1, "劳动和经济工作部", Kind.OFFICE)
    problem = Problem("organisation_kind_place", "kind", {"kind": "county", "parent": "federation"})
    assert await refused(make(1, "东湖区总工会", Kind.COUNTY)) == [problem]
    problem = Problem("organisation_kind_place", "kind", {"kind": "enterprise", "parent": "office"})
    assert await refused(make(office, "映川电子工会", Kind.ENTERPRISE)) == [problem]
    with pytest.raises(NotFound):
        await make(99, "映川电子工会", Kind.ENTERPRISE)


async def test_a_draft_is_judged_by_its_writer_too(database: Engine) -> None:
    assert await refused(make(1, "", Kind.CITY, code="91", industry="Z", headcount=-1)) == [
        Problem("organisation_name_empty", "name"),
        Problem("code_length", "code", {"length": "2"}),
        Problem("organisation_industry", "industry"),
        Problem("organisation_headcount", "headcount", {"most": "9999999"}),
    ]


async def test_the_same_name_twice_below_one_parent_is_refused(database: Engine) -> None:
    city = await make(1, "南昌市总工会", Kind.CITY)
    other = await make(1, "九江市总工会", Kind.CITY)
    first = await make(city, "映川电子 Ltd 工会", Kind.ENTERPRISE)
    again = make(city, "映川电子 ＬＴＤ 工会", Kind.ENTERPRISE)
    assert await refused(again) == [Problem("organisation_name_taken", "name", {"name": "映川电子 ＬＴＤ 工会"})]
    await make(other, "映川电子 Ltd 工会", Kind.ENTERPRISE)
    await organisations.close(first, "test", NOW)
    await make(city, "映川电子 Ltd 工会", Kind.ENTERPRISE)
    assert await refused(organisations.open_again(first, "test", NOW)) == [
        Problem("organisation_name_taken", "name", {"name": "映川电子 Ltd 工会"})
    ]


async def test_a_code_belongs_to_one_active_organisation(database: Engine) -> None:
    first = await make(1, "赣途公路工会", Kind.DIRECT, code=CODE)
    taken = [Problem("organisation_code_taken", "code", {"name": "赣途公路工会"})]
    assert await refused(make(1, "数屿工会", Kind.DIRECT, code=CODE)) == taken
    second = await make(1, "数屿工会", Kind.DIRECT)
    assert await refused(organisations.change(second, {"code": CODE}, "test", NOW)) == taken
    await organisations.close(first, "test", NOW)
    await organisations.change(second, {"code": "9135 0100-m000100y43"}, "test", NOW)
    assert (await found(second)).code == CODE
    taken = [Problem("organisation_code_taken", "code", {"name": "数屿工会"})]
    assert await refused(organisations.open_again(first, "test", NOW)) == taken


async def test_a_unit_may_have_both_codes_each_in_its_place(database: Engine) -> None:
    both = await make(1, "赣途公路工会", Kind.DIRECT, code=CODE, union_code=UNION_CODE)
    facts = await found(both)
    assert (facts.code, facts.union_code) == (CODE, UNION_CODE)
    assert [one.id for one in await named(UNION_CODE, "1.")] == [both]
    assert await refused(make(1, "数屿工会", Kind.DIRECT, code=UNION_CODE)) == [
        Problem("organisation_code_union", "code")
    ]
    assert await refused(make(1, "数屿工会", Kind.DIRECT, union_code=CODE)) == [
        Problem("organisation_code_other", "union_code")
    ]
    assert await refused(make(1, "数屿工会", Kind.DIRECT, union_code=UNION_CODE)) == [
        Problem("organisation_code_taken", "union_code", {"name": "赣途公路工会"})
    ]


async def test_two_at_once_cannot_take_one_code(database: Engine) -> None:
    made = await asyncio.gather(
        *(make(1, f"数屿工会{number}", Kind.DIRECT, code=CODE) for number in range(4)), return_exceptions=True
    )
    assert [type(one) for one in made if not isinstance(one, int)] == [Refused] * 3
    assert await organisations.count_below("1.") == 1


async def test_changes_keep_their_history_and_leave_the_rest(database: Engine) -> None:
    unit = await make(1, "赣岚输变电工会", Kind.DIRECT, headcount=1200)
    typed = {"headcount": "1350", "industry": "D", "ownership": "public", "chain": " 电力  装备 "}
    await organisations.change(unit, typed, "account:7", NOW)
    await organisations.change(unit, typed, "account:7", NOW)  # the second time nothing happens
    facts = await found(unit)
    assert (facts.headcount, facts.industry, facts.ownership, facts.chain) == (1350, "D", "public", "电力 装备")
    assert await told(unit) == [
        ("created", "", "", "赣岚输变电工会"),
        ("changed", "industry", "", "D"),
        ("changed", "chain", "", "电力 装备"),
        ("changed", "ownership", "", "public"),
        ("changed", "headcount", "1200", "1350"),
    ]
    entry = (await ledger.entries(f"organisation:{unit}"))[0]
    assert entry.payload == {"fields": ["chain", "headcount", "industry", "ownership"]}


async def test_what_somebody_else_changed_is_told_and_not_replaced(database: Engine) -> None:
    unit = await make(1, "赣岚输变电工会", Kind.DIRECT, headcount=1200)
    shown = typed_of(await found(unit))
    await organisations.change(unit, {"headcount": "1300"}, "account:7", NOW, shown)
    late = {"headcount": "1400", "chain": "电力"}
    assert await refused(organisations.change(unit, late, "account:8", NOW, shown)) == [
        Problem("organisation_meanwhile", "headcount", {"was": "1200", "now": "1300"})
    ]
    assert (await found(unit)).headcount == 1300
    await organisations.change(unit, {**late, "headcount": "1200"}, "account:8", NOW, shown)  # left as it was shown
    facts = await found(unit)
    assert (facts.headcount, facts.chain) == (1300, "电力")


async def test_an_old_name_stays_findable(database: Engine) -> None:
    unit = await make(1, "江右铁路工会", Kind.DIRECT)
    await organisations.rename(unit, "江右铁路工务段工会", "account:7", NOW, shown="江右铁路工会")
    assert [one.id for one in await search("江右铁路工会", "1.")] == [unit]
    assert await told(unit) == [
        ("created", "", "", "江右铁路工会"),
        ("renamed", "", "江右铁路工会", "江右铁路工务段工会"),
    ]
    late = organisations.rename(unit, "江右工务段工会", "account:8", NOW, shown="江右铁路工会")
    assert await refused(late) == [
        Problem("organisation_meanwhile", "name", {"was": "江右铁路工会", "now": "江右铁路工务段工会"})
    ]


async def test_a_kind_changes_only_where_place_and_children_allow_it(database: Engine) -> None:
    city = await make(1, "南昌市总工会", Kind.CITY)
    county = await make(city, "东湖区总工会", Kind.COUNTY)
    await make(county, "东湖园区工会", Kind.PARK)
    assert await refused(organisations.change(county, {"kind": "joint"}, "test", NOW)) == [
        Problem("organisation_kind_children", "kind", {"kind": "joint"})
    ]
    assert await refused(organisations.change(county, {"kind": "direct"}, "test", NOW)) == [
        Problem("organisation_kind_place", "kind", {"kind": "direct", "parent": "city"})
    ]
    assert await refused(organisations.change(1, {"kind": "city"}, "test", NOW)) == [
        Problem("organisation_root", "kind")
    ]


async def test_closing_waits_until_nothing_stands_below(database: Engine) -> None:
    city = await make(1, "南昌市总工会", Kind.CITY)
    county = await make(city, "东湖区总工会", Kind.COUNTY)
    assert await refused(organisations.close(city, "test", NOW)) == [
        Problem("organisation_has_below", params={"count": "1"})
    ]
    await organisations.close(county, "test", NOW)
    assert await refused(organisations.close(county, "test", NOW)) == [Problem("organisation_closed_already")]
    await organisations.close(city, "test", NOW)
    assert await refused(organisations.open_again(county, "test", NOW)) == [
        Problem("organisation_parent_closed", "parent", {"parent": "南昌市总工会"})
    ]
    await organisations.open_again(city, "test", NOW)
    await organisations.open_again(county, "test", NOW)
    assert [one[0] for one in await told(county)] == ["created", "closed", "opened"]
    assert await refused(organisations.close(1, "test", NOW)) == [Problem("organisation_root")]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": " \t "}, Problem("organisation_name_empty", "name")),
        ({"name": "会" * 101}, Problem("organisation_text_long", "name", {"most": "100"})),
        ({"kind": "kingdom"}, Problem("organisation_kind_unknown", "kind")),
        ({"kind": ""}, Problem("organisation_kind_empty", "kind")),
        ({"industry": "制造"}, Problem("organisation_industry", "industry")),
        ({"headcount": "-1"}, Problem("organisation_headcount", "headcount", {"most": "9999999"})),
        ({"headcount": "٣"}, Problem("organisation_headcount", "headcount", {"most": "9999999"})),
        ({"headcount": "9" * 400}, Problem("organisation_headcount", "headcount", {"most": "9999999"})),
        ({"position": "1.5"}, Problem("organisation_position", "position", {"most": "9999"})),
        ({"contact_email": "ling@"}, Problem("organisation_email", "contact_email")),
    ],
)
def test_junk_is_told_by_field(typed: dict[str, str], problem: Problem) -> None:
    draft, problems = read_draft({"name": "映川电子工会", "kind": "enterprise", **typed})
    assert (draft, problems) == (None, [problem])


def test_rare_characters_are_kept() -> None:
    draft, _ = read_draft({"name": "𠮷㛃䶮有限公司工会", "kind": "enterprise"})
    assert draft is not None
    assert draft.name == "𠮷㛃䶮有限公司工会"


async def test_a_new_name_makes_public_pages_that_name_it_stale(database):
    before = await generations.read(["organisations"])
    await organisations.rename(organisations.ROOT_ID, "省总工会新名", "account:1", NOW)
    assert await generations.read(["organisations"]) == {"organisations": before["organisations"] + 1}
