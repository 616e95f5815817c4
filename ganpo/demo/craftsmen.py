"""The made-up province's craftsmen: a hundred over seven editions, with pages, portraits and what each agreed to.

Everything goes through the writers that pages use. Some agreed to all, some to a name without a face, some to
nothing; one title was taken away, one was given after death, one youth of 17 stands nowhere.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from random import Random

from craftsmen import honours, profiles
from craftsmen.rules.honours import HonourDraft, Member, PartialDate
from craftsmen.rules.profile_form import ProfileDraft
from craftsmen.rules.showing import PARTS, Work
from foundation.base.identity import check_digit
from foundation.files import pictures, workshop
from foundation.people import consents, workers
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction
from ganpo.demo.honourees import EDITIONS, FIRST_YEAR, POSTHUMOUS, REVOKED, YOUTH, Honouree, cast, place_of
from ganpo.demo.portrait_heads import Sitter
from ganpo.demo.portraits import draw
from ganpo.demo.tricks import draw_step
from ganpo.demo.works import SEED

WIDTH, WIDTH_OF_STORIES, WIDTH_OF_TRICKS = 320, 640, 480  # pixels of what is drawn
AT_ONCE = 3  # pictures that are worked on at the same time: nobody else waits for them yet
Progress = Callable[[str], None]


async def make_craftsmen(  # noqa: PLR0917 - the province so far
    units: Mapping[str, int],
    known: Mapping[str, int],
    by: int,
    today: date,
    now: datetime,
    progress: Progress,
    most: int,
) -> list[Honouree]:
    """Make them all, with at most so many portraits (`most`); answers them with their ids."""
    found = cast([])
    progress("  craftsmen of seven editions …")
    for number, one in enumerate(found):
        one.worker = known.get(one.person.name) or await _worker(number, one, units, by, today, now)
    for edition in range(1, len(EDITIONS) + 1):
        await _confer([one for one in found if one.edition == edition], by, now)
    await _youth(units, by, today, now)
    pages = await _write_pages(found, by, now)
    await _portraits(found, pages, by, now, progress, most)
    for number, one in enumerate(found):
        await _agree(number, one, pages[one.worker], by, now)
    await _take_one_away(found[REVOKED], by, now)
    return found


async def _worker(number: int, one: Honouree, units: Mapping[str, int], by: int, today: date, now: datetime) -> int:  # noqa: PLR0917
    random = Random(f"{SEED}:craftsman:{number}")  # noqa: S311
    born = date(today.year - one.age, random.randint(1, 12), random.randint(1, 28))
    order = 200 + 2 * number + (0 if one.person.woman else 1)
    first = f"360000{born:%Y%m%d}{order:03}"
    given = Given(
        name=one.person.name,
        id_number=first + check_digit(first) if one.edition > 4 else "",  # past years came without
        gender="female" if one.person.woman else "male",
        birth_date=born,
        ethnicity="畲族" if number % 17 == 5 else "汉族",
        grade="senior_technician" if one.age > 40 else "technician",
        occupation=one.craft.occupation,
        occupation_code=one.craft.code,
        migrant=number % 7 == 2,
        front_line=number % 8 != 6,
    )
    return (await workers.create(given, units[one.person.unit.name], f"account:{by}", now))[0]


async def _confer(group: Sequence[Honouree], by: int, now: datetime) -> None:
    """One edition, with its document; of the first nobody knows the day any more."""
    edition, year = group[0].edition, group[0].year
    on = (
        PartialDate(year)
        if edition == 1
        else PartialDate(year, 4)
        if edition == 2
        else PartialDate(year, 4, 20 + edition)
    )
    document = "" if edition == 1 else f"赣演工发〔{year}〕{edition + 6}号"
    drafts = [
        HonourDraft(
            title="ganpo-craftsman", year=year, edition=edition, worker=one.worker, name=one.person.name,
            source=f"demo:{edition}", source_key=f"demo:{edition}:{place}",
            posthumous=(edition, place) == place_of(POSTHUMOUS),
        )
        for place, one in enumerate(group)
    ]  # fmt: skip
    async with transaction():
        ids = await honours.register_all(drafts, document, on, f"account:{by}", now)
    for one, honour in zip(group, ids, strict=True):
        one.honour = honour


async def _youth(units: Mapping[str, int], by: int, today: date, now: datetime) -> None:
    """Somebody of 17 who holds a title, and whom no public page may show."""
    given = Given(
        YOUTH.name,
        gender="male",
        birth_date=date(today.year - 17, today.month, 1),
        occupation="焊工",
        grade="apprentice",
    )
    worker, _ = await workers.create(given, units[YOUTH.unit.name], f"account:{by}", now)
    draft = HonourDraft(
        title="youth-expert",
        year=today.year - 1,
        worker=worker,
        name=YOUTH.name,
        source="demo",
        source_key="demo:youth",
    )
    async with transaction():
        await honours.register_all(
            [draft], "演团发〔2025〕3号", PartialDate(today.year - 1, 5, 4), f"account:{by}", now
        )


async def _write_pages(found: Sequence[Honouree], by: int, now: datetime) -> dict[int, int]:
    """The texts of every page; answers pages by worker."""
    pages: dict[int, int] = {}
    for number, one in enumerate(found):
        row = await profiles.of_worker(one.worker)
        if row is None:
            raise LookupError(one.person.name)
        pages[one.worker] = row["id"]
        story = one.story
        draft = ProfileDraft(
            headline=story.headline if story else one.craft.headlines[number % len(one.craft.headlines)],
            story=one.craft.text,
            works=tuple(Work(*work) for work in story.works) if story else (Work(str(one.year - 1), one.craft.work),),
            trick=story.trick_name if story else "",
        )
        await profiles.save(row["id"], draft, row["revision"], f"account:{by}", now)
    return pages


async def _portraits(  # noqa: PLR0917
    found: Sequence[Honouree], pages: Mapping[int, int], by: int, now: datetime, progress: Progress, most: int
) -> None:
    """Portraits, those of written-out stories and their tricks first, several at once."""
    ordered = sorted(found, key=lambda one: one.story is None)[:most]
    workshop.allow(AT_ONCE)
    done = 0

    async def hang(one: Honouree, role: str, content: bytes, alt: str) -> None:
        picture = await pictures.keep_picture(f"{role}.jpg", content, alt, by, now)
        await profiles.put_picture(
            pages[one.worker], role, picture, "" if role == "portrait" else alt, f"account:{by}", now
        )

    async def portrait(one: Honouree) -> None:
        nonlocal done
        sitter = Sitter(one.person.name, one.person.woman, one.age, one.craft.tool, _wears_helmet(one))
        content = await asyncio.to_thread(draw, sitter, WIDTH_OF_STORIES if one.story else WIDTH)
        await hang(
            one, "portrait", content, f"{one.person.name}，{one.craft.occupation}，{one.person.unit.name}（绘像）"
        )
        for step, said in enumerate(one.story.steps if one.story else ()):
            content = await asyncio.to_thread(draw_step, one.story.trick, step, WIDTH_OF_TRICKS) if one.story else b""
            await hang(one, f"trick{step + 1}", content, said)
        done += 1
        if done % 25 == 0:
            progress(f"  portraits {done} of {len(ordered)} …")

    waiting = iter(ordered)

    async def painter() -> None:
        for one in waiting:
            await portrait(one)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(painter())


def _wears_helmet(one: Honouree) -> bool:
    return one.story.helmet if one.story else one.craft.tool in {"torch", "line"} and len(one.person.name) == 3


async def _agree(number: int, one: Honouree, page: int, by: int, now: datetime) -> None:
    """What this person agreed to, and the approval of who keeps the page."""
    if number % 19 != 11:  # who never answered has a line in the register and no page
        without = {"portrait"} if number % 13 == 7 else {"story", "works"} if number % 17 == 9 else set[str]()
        words = {part: True for part in PARTS if part not in without or one.story}
        await consents.say_all(one.worker, words, f"worker:{one.worker}", now)
    row = await profiles.of_worker(one.worker)
    if row is not None and number % 23 != 14:  # a few pages are still drafts
        await profiles.approve(page, row["revision"], f"account:{by}", now)


async def _take_one_away(one: Honouree, by: int, now: datetime) -> None:
    """Revoked: a tombstone without a name stays."""
    public, internal = "经查实，申报材料所列业绩与事实不符，按规定撤销称号。", "演示：单位复核报告"
    async with transaction():
        await honours.revoke(one.honour, public, internal, None, f"account:{by}", now)


async def make_others(found: Sequence[Honouree], units: Mapping[str, int], by: int, now: datetime) -> None:
    """Medals of May 1st, teams, and skill leaders, as documents of past years list them."""
    year = FIRST_YEAR + len(EDITIONS) - 1
    medals = [one for place, one in enumerate(found) if place % 8 == 3][:12]
    await _list("may-day-medal", year - 1, [(one.worker, one.person.name) for one in medals], 5, by, now)
    leaders = [one for place, one in enumerate(found) if place % 3 == 0]
    await _list("skill-leader", year, [(one.worker, one.person.name) for one in leaders], 11, by, now)
    teams = [
        ("仰岭特钢转炉检修一班", "仰岭特钢有限公司"), ("云窑艺术瓷厂分水组", "云窑艺术瓷厂"),
        ("映川电子贴片三线", "映川电子科技有限公司"),
        ("稀禾永磁烧结班", "稀禾永磁材料有限公司"), ("赣岚输变电带电作业班", "赣岚输变电工程公司"),
        ("滕里公交五路队", "滕里城市公交有限公司"),
    ]  # fmt: skip
    drafts = [
        HonourDraft(
            title="worker-pioneer", year=year, name=name, unit=units[at], source="demo",
            source_key=f"demo:team:{place}",
            members=tuple(Member(one.person.name, one.worker) for one in found if one.person.unit.name == at)[:6],
        )
        for place, (name, at) in enumerate(teams)
    ]  # fmt: skip
    async with transaction():
        await honours.register_all(drafts, f"赣演工发〔{year}〕5号", PartialDate(year, 4, 28), f"account:{by}", now)


async def _list(  # noqa: PLR0917
    title: str, year: int, people: Sequence[tuple[int, str]], number: int, by: int, now: datetime
) -> None:
    drafts = [
        HonourDraft(
            title=title, year=year, worker=worker, name=name, source="demo", source_key=f"demo:{title}:{worker}"
        )
        for worker, name in people
    ]
    async with transaction():
        document, on = f"赣演工发〔{year}〕{number}号", PartialDate(year, 4, 28)
        await honours.register_all(drafts, document, on, f"account:{by}", now)
