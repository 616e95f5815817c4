"""The named cast of the competitions' tests, and stories told through the real writers.

    story = await frozen_contest()            # an organiser, a contest with a small scheme, three entries, four judges
    story = await open_contest()              # the same, marking open
    story.organiser.user, story.contest.id, story.entries["W1"], story.seats["ling"]

梅 runs the competition; 生 is a stranger with the same role; 官 is the officer; 玲, 俊 and 涛 mark, 陈 is chief judge.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from competitions import entries, events, schemes, seats
from competitions.contests import ContestFacts, contest_by_address
from competitions.roster import Person, people
from competitions.rules.events import CompetitionDraft, ContestDraft
from competitions.rules.levels import Level
from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.panel import SeatDraft
from competitions.rules.roster import RosterRow
from foundation.people import accounts
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisation_tree import ROOT_PATH
from foundation.people.sessions import Hat, SignedIn
from foundation.tabulation.scheme import Scheme, check_scheme, scheme_hash

NOW = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)

SCHEME = {
    "format": "ganpo-scheme/1",
    "title": "焊工",
    "digits": 2,
    "modules": [
        {
            "code": "T",
            "name": "理论",
            "weight": "0.3",
            "aspects": [{"code": "T1", "name": "笔试", "kind": "measurement", "max": "100", "step": "0.5"}],
        },
        {
            "code": "P",
            "name": "实操",
            "weight": "0.7",
            "aspects": [
                {"code": "P1", "name": "咬边", "kind": "deduction", "max": "20", "step": "2"},
                {"code": "P2", "name": "探伤", "kind": "grade", "table": {"I": "40", "II": "28", "III": "0"}},
                {
                    "code": "P3",
                    "name": "成形",
                    "kind": "panel",
                    "max": "40",
                    "step": "0.5",
                    "judges": 3,
                    "combine": "mean",
                },
            ],
        },
    ],
    "tie_break": [{"by": "module", "code": "P"}, {"by": "time"}],
}
NOTES = SheetNotes(
    aspects={"P1": AspectNotes("按累计长度扣分", (DeductionKey("每 5 mm", 2_000),)), "T1": AspectNotes("闭卷")},
    voids={"P": ("焊缝有裂纹",)},
)
PEOPLE = (
    RosterRow(1, "龚䶮", "青岫航空部件制造有限公司", "南昌", "", "W1"),
    RosterRow(2, "饶㛃", "岫川变压器有限公司", "抚州", "", "W2"),
    RosterRow(3, "程𠮷", "光屿光伏科技有限公司", "上饶", "", "W3"),
)


def scheme(**changes: object) -> Scheme:
    """The small scheme, with some of its top keys replaced."""
    made, problems = check_scheme({**SCHEME, **changes})
    assert made is not None, problems
    return made


@dataclass
class Actor:
    """Somebody with an account."""

    user: SignedIn
    sign_in: str

    @property
    def id(self) -> int:
        return self.user.account_id


@dataclass
class Story:
    """Who and what a test needs; `entries` by work number, `seats` (positions) by sign-in name."""

    organiser: Actor
    contest: ContestFacts
    stranger: Actor
    officer: Actor
    judges: dict[str, Actor] = field(default_factory=dict)
    entries: dict[str, Person] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)

    async def reload(self) -> None:
        contest = await contest_by_address(self.contest.address)
        assert contest is not None
        self.contest = contest
        self.entries = {one.work_number: one for one in await people(contest.id)}


async def actor(sign_in: str, name: str = "", *roles: str) -> Actor:
    """Somebody, with an account made where there is none yet."""
    found = await accounts.find(sign_in)
    if found is None:
        await accounts.create_account(sign_in, name or sign_in, roles, "test", NOW)
        found = await accounts.find(sign_in)
    assert found is not None
    hat = Hat(ROOT_ID, "省总工会", ROOT_PATH, found.roles) if found.roles else None
    hats = (hat,) if hat else ()
    return Actor(SignedIn(found.id, found.name, csrf="", session_id=0, hat=hat, hats=hats), sign_in)


async def draft_contest(*, groups: tuple[str, ...] = (), with_scheme: bool = True) -> Story:
    """A competition with one contest in draft; nobody is on its list and nobody has a seat."""
    organiser = await actor("mei", "梅", "organiser")
    stranger = await actor("sheng", "生", "organiser")
    officer = await actor("guan", "官", "officer")
    competition = await events.create_competition(
        CompetitionDraft("“赣匠杯”职工职业技能竞赛", 2026, Level.CLASS_ONE, hosts=("省总工会",)), organiser.id, NOW
    )
    contest = await events.create_contest(
        competition.id,
        ContestDraft("焊工", "焊工", "6-18-02-04", groups),
        organiser.id,
        NOW,
        scheme=scheme() if with_scheme else None,
        notes=NOTES if with_scheme else None,
    )
    return Story(organiser, contest, stranger, officer)


async def frozen_contest() -> Story:
    """The scheme is frozen, three entries are on the list, the panel is complete; marking is not open."""
    story = await draft_contest()
    contest, by = story.contest.id, story.organiser.id
    await schemes.freeze(contest, (scheme_hash(scheme()), schemes.sheet_hash(NOTES)), by, NOW)
    await entries.add_roster(contest, PEOPLE, by)
    for sign_in, name in (("ling", "玲"), ("jun", "俊"), ("tao", "涛"), ("chen", "陈")):
        story.judges[sign_in] = await actor(sign_in, name)
    story.seats["ling"] = await seats.seat_judge(contest, "ling", SeatDraft(("T1", "P1", "P2", "P3")), by)
    story.seats["jun"] = await seats.seat_judge(contest, "jun", SeatDraft(("P3",)), by)
    story.seats["tao"] = await seats.seat_judge(contest, "tao", SeatDraft(("P3",)), by)
    story.seats["chen"] = await seats.seat_judge(contest, "chen", SeatDraft((), chief=True), by)
    await story.reload()
    return story


async def open_contest() -> Story:
    """The same with marking open."""
    story = await frozen_contest()
    await events.open_marking(story.contest.id, story.organiser.id)
    await story.reload()
    return story
