"""What the demonstration holds: two years' competitions and their contests, each stopped where it is worth a look.

Data only. Which judges mark what is by sign-in name (`cast.py`); the work numbers begin with the contest's letter.
"""

from dataclasses import dataclass
from datetime import date

from competitions.rules.events import CompetitionDraft, ContestDraft, SettingsDraft
from competitions.rules.levels import Level
from competitions.rules.stages import Stage
from ganpo.demo.people import FENG_YANQIU, FU_YUANSHAN, RARE, Person

WORKERS, STUDENTS = "职工组", "学生组"
AS_USUAL = SettingsDraft()
EVERYTHING_PUBLIC = SettingsDraft("all", 6, "all", why_public=True, bundle_public=True)


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """One judge's seat; no aspects are for a chief judge who marks nothing."""

    sign_in: str
    aspects: tuple[str, ...]
    chief: bool = False


@dataclass(frozen=True, slots=True)
class ContestPlan:
    """One contest. `workers` counts the `known` people too; `day` is when it is marked."""

    preset: str
    letter: str
    draft: ContestDraft
    day: date
    stage: Stage
    workers: int
    students: int
    industries: tuple[str, ...]
    seats: tuple[SeatPlan, ...]
    known: tuple[Person, ...] = ()
    settings: SettingsDraft = AS_USUAL
    unfinished: str = ""  # the judge who still has works to mark, where the contest is being marked
    void: tuple[str, str] | None = None  # the aspect whose judge states this void condition on the weakest work
    troubles: bool = False  # one entry absent, one withdrawn, one disqualified; one place parted by time, one shared


@dataclass(frozen=True, slots=True)
class CompetitionPlan:
    """One year's competition and its contests, in the order of their addresses."""

    draft: CompetitionDraft
    contests: tuple[ContestPlan, ...]


CHIEF = SeatPlan("caipanzhang", (), chief=True)
THEORY = SeatPlan("caipan7", ("T1",))
FLOOR = "caipan6"  # who stands on the floor and sees the contestant at work

WELDING = (
    CHIEF,
    SeatPlan("caipan", ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9")),
    SeatPlan("caipan2", ("P9",)),
    SeatPlan("caipan3", ("P9",)),
    SeatPlan("caipan5", ("P10",)),
    SeatPlan(FLOOR, ("P11",)),
    THEORY,
)
WIRING = (
    CHIEF,
    SeatPlan("caipan", ("P2", "P3", "P4")),
    SeatPlan("caipan2", ("P1", "P2")),
    SeatPlan("caipan3", ("P2",)),
    SeatPlan("caipan4", ("P5", "P6", "P7")),
    SeatPlan(FLOOR, ("P8",)),
    THEORY,
)
TASTING = tuple(f"P{number}" for number in range(1, 11))
COOKING = (
    CHIEF,
    *(SeatPlan(judge, TASTING) for judge in ("caipan", "caipan2", "caipan3", "caipan4", "caipan5")),
    SeatPlan(FLOOR, ("P11",)),
    THEORY,
)
PAINTING = (
    CHIEF,
    SeatPlan("caipan", ("P1", "P2", "P3", "P4", "P5")),
    *(SeatPlan(judge, ("P1", "P2", "P3", "P4")) for judge in ("caipan2", "caipan3")),
    *(SeatPlan(judge, ("P3", "P4")) for judge in ("caipan4", "caipan5")),
    SeatPlan(FLOOR, ("P6",)),
    THEORY,
)

UNION = ("演示省总工会",)

LAST_YEAR = CompetitionPlan(
    CompetitionDraft(
        title="2025年“赣匠杯”职工职业技能竞赛（演示）",
        year=2025,
        level=Level.CLASS_ONE,
        organisers=UNION,
        hosts=("素坯里陶瓷有限公司",),
        co_hosts=("云窑艺术瓷厂",),
        place="景德镇",
        starts_on=date(2025, 10, 21),
        ends_on=date(2025, 10, 24),
    ),
    (
        ContestPlan(
            preset="ceramic-decorator",
            letter="Q",
            draft=ContestDraft("陶瓷装饰工（青花手绘）", "陶瓷装饰工", "6-15-05-04"),
            day=date(2025, 10, 23),
            stage=Stage.PUBLISHED,
            workers=16,
            students=0,
            industries=("陶瓷", "工艺品", "建材"),
            seats=PAINTING,
            known=(FENG_YANQIU,),
        ),
    ),
)

THIS_YEAR = CompetitionPlan(
    CompetitionDraft(
        title="2026年“赣匠杯”职工职业技能竞赛（演示）",
        year=2026,
        level=Level.CLASS_ONE,
        organisers=UNION,
        hosts=("青岫航空部件制造有限公司", "映川电子科技有限公司"),
        co_hosts=("赣岚输变电工程公司", "袁溪食品有限公司", "素坯里陶瓷有限公司"),
        place="南昌",
        starts_on=date(2026, 11, 10),
        ends_on=date(2026, 11, 27),
    ),
    (
        ContestPlan(
            preset="welder",
            letter="H",
            draft=ContestDraft("焊工（板对接立焊）", "焊工", "6-18-02-04"),
            day=date(2026, 11, 12),
            stage=Stage.PUBLISHED,
            workers=24,
            students=0,
            industries=("装备", "钢铁", "石化", "航空", "铁路", "有色"),
            seats=WELDING,
            known=(FU_YUANSHAN, RARE["程𠮷"]),
            settings=EVERYTHING_PUBLIC,
            void=("P10", "焊缝有未熔合"),
        ),
        ContestPlan(
            preset="electrician",
            letter="D",
            draft=ContestDraft("电工（PLC控制系统装调）", "电工", "6-31-01-03", (WORKERS, STUDENTS)),
            day=date(2026, 11, 17),
            stage=Stage.PUBLISHED,
            workers=20,
            students=10,
            industries=("电子信息", "电力", "新能源", "装备", "航空"),
            seats=WIRING,
            known=(RARE["龚䶮"], RARE["饶㛃"]),
            troubles=True,
        ),
        ContestPlan(
            preset="chef",
            letter="C",
            draft=ContestDraft("中式烹调师（规定热菜与自选赣菜）", "中式烹调师", "4-03-02-01"),
            day=date(2026, 11, 20),
            stage=Stage.MARKING,
            workers=16,
            students=0,
            industries=("食品", "交通", "铁路", "医药"),
            seats=COOKING,
            unfinished="caipan",
        ),
        ContestPlan(
            preset="ceramic-decorator",
            letter="T",
            draft=ContestDraft("陶瓷装饰工（青花手绘八寸盘）", "陶瓷装饰工", "6-15-05-04"),
            day=date(2026, 11, 25),
            stage=Stage.DRAFT,
            workers=18,
            students=0,
            industries=("陶瓷", "工艺品", "建材"),
            seats=PAINTING,
        ),
    ),
)

PROVINCE = (LAST_YEAR, THIS_YEAR)
