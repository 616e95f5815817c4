"""Lists of units: every problem at its line, and all of a list or nothing."""

from datetime import UTC, datetime

import pytest

from foundation.base.codes import check_character
from foundation.base.problem import Problem, Refused
from foundation.people import organisation_import, organisations
from foundation.people.organisation_placing import place
from foundation.people.organisation_rows import read_units
from foundation.people.organisations import Draft, Kind
from foundation.store.engines import Engine

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CODE = "91350100M000100Y43"
KINDS = (
    "省总工会、设区市总工会、赣江新区工会联合会、产业（局、系统）工会、省总直属基层工会、"
    "县（市、区）总工会、园区工会、企业工会、联合工会、部门"
)
GOOD = f"""南昌市工会组织一览表
序号,单位名称,单位类别,上级工会,统一社会信用代码,行业,所有制,职工人数
1,东湖区总工会,县（市、区）总工会,,,,,
2,映川电子科技有限公司工会,企业,东湖区总工会,{CODE},C 制造业,民营,"1,200人"
3,滕里公交工会,企业工会,,,交通运输、仓储和邮政业,国有,860
合计,,,,,,,2060
"""


async def city() -> organisations.OrganisationFacts:
    made = await organisations.create(1, Draft("南昌市总工会", Kind.CITY), "test", NOW)
    facts = await organisations.by_id(made)
    assert facts is not None
    return facts


def test_a_list_is_read_into_drafts() -> None:
    units = read_units(GOOD)
    assert (units.problems, units.ignored) == ((), ("序号",))
    assert [(row.line, row.draft, row.problems) for row in units.rows] == [
        (3, Draft("东湖区总工会", Kind.COUNTY), ()),
        (
            4,
            Draft(
                "映川电子科技有限公司工会",
                Kind.ENTERPRISE,
                code=CODE,
                industry="C",
                ownership="non_public",
                headcount=1200,
            ),
            (),
        ),
        (5, Draft("滕里公交工会", Kind.ENTERPRISE, industry="G", ownership="public", headcount=860), ()),
    ]


def test_a_union_s_code_in_the_one_column_of_codes_is_kept_as_such() -> None:
    code = "81360000MC0000001" + check_character("81360000MC0000001")
    units = read_units(f"单位名称,单位类别,统一社会信用代码\n东湖区总工会,县总工会,{code}\n")
    assert [(row.draft, row.problems) for row in units.rows] == [
        (Draft("东湖区总工会", Kind.COUNTY, union_code=code), ())
    ]


def test_every_problem_stands_at_its_line() -> None:
    units = read_units(
        "单位名称\t单位类别\t行业\t所有制\t职工人数\t统一社会信用代码\n"
        "\t企业工会\t\t\t\t\n"
        "映川工会\t公司\t1\t随便\t很多\t9135\n"
        f"滕里工会\t企业工会\tG\t\t\t{CODE}\n"
        f"滕里 工会\t企业工会\tG\t\t\t{CODE}\n"
    )
    assert {row.line: list(row.problems) for row in units.rows} == {
        2: [Problem("organisation_name_empty", "name")],
        3: [
            Problem("organisations_kind", "kind", {"text": "公司", "kinds": KINDS}),
            Problem("organisations_industry", "industry", {"text": "1"}),
            Problem("organisations_ownership", "ownership", {"text": "随便"}),
            Problem("organisation_headcount", "headcount", {"most": "9999999"}),
            Problem("code_length", "code", {"length": "4"}),
        ],
        4: [],
        5: [
            Problem("organisations_name_twice", "name", {"first": "4"}),
            Problem("organisations_code_twice", "code", {"first": "4"}),
        ],
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem("organisations_empty", "units")),
        ("东湖区总工会,县总工会", Problem("organisations_header", "units")),
        ("单位名称,单位类别\n合计,3", Problem("organisations_empty", "units")),
        ('单位名称,单位类别\n"' + "x" * 200_000, Problem("upload_cells", "units", {"line": "2"})),
        (
            "单位名称,单位类别\n" + "\n".join(f"第{number}厂工会,企业工会" for number in range(201)),
            Problem("organisations_many", "units", {"count": "201", "most": "200"}),
        ),
    ],
)
def test_what_is_no_list_is_told(text: str, problem: Problem) -> None:
    assert read_units(text).problems == (problem,)


async def test_a_list_is_added_with_its_own_upper_units(database: Engine) -> None:
    under = await city()
    made = await organisation_import.add(read_units(GOOD).rows, under.id, "account:7", NOW)
    found = [await organisations.by_id(one) for one in made]
    assert [(one.name, one.path) for one in found if one] == [
        ("东湖区总工会", "1.2.3."),
        ("映川电子科技有限公司工会", "1.2.3.4."),
        ("滕里公交工会", "1.2.5."),
    ]


async def test_the_same_list_twice_adds_nothing(database: Engine) -> None:
    under = await city()
    made = await organisation_import.add(read_units(GOOD).rows, under.id, "test", NOW)
    placed = await place(read_units(GOOD).rows, under)
    assert [(one.problems, one.fresh, one.known and one.known.id) for one in placed] == [
        ((), False, organisation) for organisation in made
    ]
    assert await organisation_import.add(read_units(GOOD).rows, under.id, "test", NOW) == []
    assert await organisations.count_below("1.") == 4


async def test_who_stands_there_otherwise_than_the_list_says_is_told(database: Engine) -> None:
    under = await city()
    await organisation_import.add(read_units(GOOD).rows, under.id, "test", NOW)
    other = read_units(GOOD.replace("860", "861").replace("东湖区总工会,县（市、区）总工会", "东湖区总工会,园区工会"))
    placed = await place(other.rows, under)
    assert [[problem.code for problem in one.problems] for one in placed] == [
        ["organisation_name_taken"],
        ["organisation_code_taken"],  # its upper unit is not that of the tree
        ["organisation_name_taken"],
    ]
    with pytest.raises(Refused) as refusal:
        await organisation_import.add(other.rows, under.id, "test", NOW)
    assert refusal.value.problems == (Problem("organisations_changed", "units"),)
    assert await organisations.count_below("1.") == 4


async def test_upper_units_are_found_only_below_and_by_one_name(database: Engine) -> None:
    under = await city()
    other = await organisations.create(1, Draft("九江市总工会", Kind.CITY), "test", NOW)
    await organisations.create(other, Draft("柴桑区总工会", Kind.COUNTY), "test", NOW)
    park = await organisations.create(under.id, Draft("高新区工会", Kind.PARK), "test", NOW)
    county = await organisations.create(under.id, Draft("青云县总工会", Kind.COUNTY), "test", NOW)
    await organisations.create(county, Draft("高新区工会", Kind.PARK), "test", NOW)
    placed = await place(
        read_units(
            "单位名称,单位类别,上级工会\n甲厂工会,企业工会,柴桑区总工会\n乙厂工会,企业工会,高新区工会\n"
            "丙县总工会,县总工会,青云县总工会\n丁厂工会,企业工会,戊厂工会\n戊厂工会,企业工会,青云县总工会\n"
        ).rows,
        under,
    )
    assert park
    assert [(one.parent_name, list(one.problems)) for one in placed] == [
        ("柴桑区总工会", [Problem("organisations_parent_unknown", "parent", {"text": "柴桑区总工会"})]),
        ("高新区工会", [Problem("organisations_parent_several", "parent", {"text": "高新区工会"})]),
        ("青云县总工会", [Problem("organisation_kind_place", "kind", {"kind": "county", "parent": "county"})]),
        ("戊厂工会", [Problem("organisations_parent_unknown", "parent", {"text": "戊厂工会"})]),
        ("青云县总工会", []),
    ]
