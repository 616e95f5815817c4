"""The spec's own example, from files to standings, as a stranger would work it out by hand."""

from foundation.tabulation.files import Source, read_contest
from foundation.tabulation.output import standings_csv, standings_json
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.standings import Standings

SCHEME = """{
  "format": "ganpo-scheme/1",
  "title": "电工（职工组）决赛",
  "digits": 2,
  "unmarked": "incomplete",
  "modules": [
    { "code": "T", "name": "理论", "weight": "0.3", "round": false,
      "aspects": [ {"code": "T1", "name": "笔试", "kind": "measurement", "max": "100", "step": "0.5"} ] },
    { "code": "P", "name": "实操", "weight": "0.7",
      "aspects": [
        {"code": "P1", "name": "接线工艺", "kind": "judgement", "judges": 3, "max": "10", "max_spread": 1,
         "levels": ["低于行业标准", "达到行业标准", "部分超过行业标准", "明显超过行业标准"]},
        {"code": "P2", "name": "现场评分", "kind": "panel", "judges": 5, "max": "10", "step": "0.5", "combine": "mean",
         "drop_highest": 1, "drop_lowest": 1, "round_mark": true, "factor": "9", "round_points": true,
         "coefficient": false, "min_marks": 3} ] }
  ],
  "tie_break": [ {"by": "module", "code": "P"}, {"by": "time"} ]
}"""

MARKS = """entry,aspect,judge,mark
A1,T1,J1,80.5
A1,P1,J1,2
A1,P1,J2,3
A1,P1,J3,2
A1,P2,J1,8
A1,P2,J2,9
A1,P2,J3,8.5
A1,P2,J4,absent
A1,P2,J5,7.5
A2,T1,J1,90
A2,P1,J1,void
A2,P2,J1,9
A3,T1,J1,70
A3,P1,J1,0
A3,P1,J2,2
A3,P1,J3,1
A3,P2,J1,9
A4,T1,J1,６６．５
A5,T1,J1,10
"""

ENTRIES = """entry,group,status,penalty,carried,time
A1,,,1.5,10,7200
A2,,ok,,,
A3,,,,,
A4,,,,,
A5,,withdrawn,,,
"""


def example() -> Standings:
    contest, problems = read_contest(
        Source("scheme.json", SCHEME.encode()),
        Source("marks.csv", MARKS.encode()),
        Source("entries.csv", ENTRIES.encode()),
    )
    assert contest is not None, problems
    return tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)


def test_the_example_as_csv() -> None:
    """A1: T 80.5 x 0.3 = 24.15. P1 10 x 7/3 / 3 = 70/9. P2: 9 and 7.5 dropped, mean of 8 and 8.5 = 8.25, x 9 = 74.25.

    P = (70/9 + 74.25) x 0.7 = 57.41944...; total = 24.15 + 57.41944... + 10 - 1.5 = 90.06944... .
    A2 is void in P. A3 has levels 0 and 2: a conflict, and P2 misses four judges. A4 has no practical marks yet.
    """
    assert standings_csv(example()) == (
        "group,place,entry,status,total,T,P,tied,decided_by\n"
        ",1,A1,ok,90.07,24.15,57.42,,\n"
        ",2,A2,ok,27.00,27.00,0.00,,\n"
        ",,A3,conflict,,,,,\n"
        ",,A4,incomplete,,,,,\n"
        ",,A5,withdrawn,,,,,\n"
    )


def test_the_example_as_json_lets_a_contestant_redo_every_step() -> None:
    found = standings_json(example())
    assert {key: value for key, value in found.items() if key != "entries"} == {
        "format": "ganpo-standings/1",
        "title": "电工（职工组）决赛",
        "digits": 2,
    }
    entries = found["entries"]
    assert isinstance(entries, list)
    assert entries[0] == {
        "group": "",
        "place": "1",
        "entry": "A1",
        "status": "ok",
        "total": "90.07",
        "exact_total": "6485/72",
        "carried": "10",
        "penalty": "1.5",
        "time": "7200",
        "tied": "",
        "decided_by": "",
        "modules": [
            {
                "code": "T",
                "points": "24.15",
                "exact_points": "483/20",
                "rounded": False,
                "aspects": [
                    {
                        "code": "T1",
                        "kind": "measurement",
                        "status": "ok",
                        "marks": [{"judge": "J1", "mark": "80.5", "dropped": False}],
                        "combined": "80.50",
                        "exact_combined": "161/2",
                        "coefficient": "",
                        "points": "80.50",
                        "exact_points": "161/2",
                        "rounded_mark": False,
                        "rounded_points": False,
                    }
                ],
            },
            {
                "code": "P",
                "points": "57.42",
                "exact_points": "20671/360",
                "rounded": False,
                "aspects": [
                    {
                        "code": "P1",
                        "kind": "judgement",
                        "status": "ok",
                        "marks": [
                            {"judge": "J1", "mark": "2", "dropped": False},
                            {"judge": "J2", "mark": "3", "dropped": False},
                            {"judge": "J3", "mark": "2", "dropped": False},
                        ],
                        "combined": "7.78",
                        "exact_combined": "70/9",
                        "coefficient": "",
                        "points": "7.78",
                        "exact_points": "70/9",
                        "rounded_mark": False,
                        "rounded_points": False,
                    },
                    {
                        "code": "P2",
                        "kind": "panel",
                        "status": "ok",
                        "marks": [
                            {"judge": "J1", "mark": "8", "dropped": False},
                            {"judge": "J2", "mark": "9", "dropped": True},
                            {"judge": "J3", "mark": "8.5", "dropped": False},
                            {"judge": "J4", "mark": "absent", "dropped": False},
                            {"judge": "J5", "mark": "7.5", "dropped": True},
                        ],
                        "combined": "8.25",
                        "exact_combined": "33/4",
                        "coefficient": "",
                        "points": "74.25",
                        "exact_points": "297/4",
                        "rounded_mark": True,
                        "rounded_points": True,
                    },
                ],
            },
        ],
    }


def test_an_unplaced_entry_in_json_shows_what_is_missing_but_no_points_of_modules() -> None:
    entries = standings_json(example())["entries"]
    assert isinstance(entries, list)
    line = entries[2]
    assert {key: value for key, value in line.items() if key != "modules"} == {
        "group": "",
        "place": "",
        "entry": "A3",
        "status": "conflict",
        "total": "",
        "exact_total": "",
        "carried": "0",
        "penalty": "0",
        "time": "",
        "tied": "",
        "decided_by": "",
    }
    assert [(module["points"], module["exact_points"]) for module in line["modules"]] == [("", ""), ("", "")]
    assert [aspect["status"] for module in line["modules"] for aspect in module["aspects"]] == [
        "ok",
        "conflict",
        "incomplete",
    ]
