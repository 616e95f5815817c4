"""The made-up craftsmen: a hundred over seven editions, shown as far as each agreed, and a round on its way."""

import io
from collections import Counter

from PIL import Image

from craftsmen.guild_tables import Apprenticeship, Talk
from craftsmen.honour_tables import Honour
from craftsmen.nomination_tables import Nomination
from craftsmen.showcase_tables import Profile, ShownCraftsman, ShownHonour
from foundation.files.tables import Picture
from foundation.people import accounts, sessions
from foundation.store import ledger_verify
from ganpo.demo.honourees import EDITIONS, YOUTH, cast
from ganpo.demo.portrait_heads import Sitter
from ganpo.demo.portrait_tools import TOOLS
from ganpo.demo.portraits import draw
from ganpo.demo.stories import CRAFTS, STORIES
from ganpo.demo.tricks import TRICKS, draw_step
from ganpo.demo.units import UNITS
from ganpo.desk import OF_HATS, gathered
from tests.demonstration import Demonstration
from tests.ganpo.demo.test_province import NOW


def test_the_hundred_are_a_hundred_and_each_is_somebody_else():
    found = cast([])
    assert [sum(one.edition == edition for one in found) for edition in range(1, 8)] == list(EDITIONS)
    assert (len(found), len({one.person.name for one in found})) == (100, 100)
    women = sum(one.person.woman for one in found)
    assert 38 <= women <= 45
    assert {"龚䶮", "饶㛃", "程𠮷"} <= {one.person.name for one in found}
    assert [one.person.name for one in cast([])] == [one.person.name for one in found]


def test_every_unit_has_a_craft_and_every_craft_a_tool():
    assert {one.industry for one in UNITS} <= CRAFTS.keys()
    assert {craft.tool for craft in CRAFTS.values()} | {story.tool for story in STORIES} <= TOOLS.keys()
    assert {story.trick for story in STORIES} == TRICKS.keys()
    assert [len(story.headline) <= 60 for story in STORIES] == [True] * 5


def test_a_portrait_is_the_same_each_time_and_another_for_somebody_else():
    one = Sitter("程砚秋", woman=True, age=46, tool="brush")
    content = draw(one, 90)
    assert draw(one, 90) == content != draw(Sitter("程砚冬", woman=True, age=46, tool="brush"), 90)
    assert Image.open(io.BytesIO(content)).size == (90, 120)
    assert Image.open(io.BytesIO(draw_step("water", 2, 120))).size == (120, 120)


async def test_the_register_shows_what_was_conferred_and_no_youth(province: Demonstration) -> None:
    lines = await ShownHonour.select()
    assert Counter(row["title_code"] for row in lines) == {
        "ganpo-craftsman": 100, "may-day-medal": 12, "worker-pioneer": 6, "skill-leader": 34,
        "innovation-first": 3,
    }  # fmt: skip
    assert await Honour.count().where(Honour.name == YOUTH.name) == 1
    assert [row for row in lines if row["name"] == YOUTH.name] == []
    (tombstone,) = [row for row in lines if row["stage"] == "revoked"]
    assert (tombstone["name"], bool(tombstone["public_reason"])) == ("", True)
    assert sum(row["posthumous"] for row in lines) == 1


async def test_pages_stand_as_far_as_each_agreed(province: Demonstration) -> None:
    shown = await ShownCraftsman.count()
    assert await Profile.count() == 100
    assert 80 <= shown < 100
    drawn = 2 + 6 + 10  # two portraits, six steps of tricks, ten pictures of innovations
    assert await Picture.count().where(Picture.published == True) == drawn  # noqa: E712
    names = {row["name"] for row in await ShownCraftsman.select(ShownCraftsman.name)}
    assert {story.person.name for story in STORIES} <= names


async def test_apprentices_talks_and_a_round_wait_for_people(province: Demonstration) -> None:
    assert Counter(row["stage"] for row in await Apprenticeship.select(Apprenticeship.stage)).keys() == {
        "running", "completed",
    }  # fmt: skip
    assert Counter(row["stage"] for row in await Talk.select(Talk.stage)) == {"held": 6, "asked": 2, "agreed": 1}
    stages = Counter(row["stage"] for row in await Nomination.select(Nomination.stage))
    assert (sum(stages.values()), stages["panel"]) == (7 + 4, 4)  # the eighth round, and the medals before their panel
    waits = {}
    for name in ("jingban", "nanchang"):
        account = await accounts.find(name)
        assert account is not None
        user = await sessions.from_token(await sessions.open_session(account.id, NOW), NOW)
        assert user is not None
        waits[name] = {str(one.address).split("/")[1] for one in await gathered(user, OF_HATS)}
    assert "talks" in waits["jingban"]
    assert "talks" in waits["nanchang"]
    assert await ledger_verify.verify() == []
