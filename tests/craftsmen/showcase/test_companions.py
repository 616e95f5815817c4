"""Masters and apprentices on a craftsman's page: named by their own word, read in as many queries as one of them."""

from datetime import date

from craftsmen import apprenticeships, honours, profiles, showing
from craftsmen.rules.apprenticeships import Agreement
from craftsmen.rules.profile_form import ProfileDraft
from craftsmen.rules.showing import PARTS, Person, view_of
from craftsmen.showcase_tables import ShownCraftsman
from foundation.people import consents
from foundation.store.transactions import transaction
from tests.competitions.judging.watching import statements
from tests.craftsmen.honours.honours_made_up import BY, NOW, honoured, place
from tests.craftsmen.showcase.test_showing import PAGE, with_page
from tests.foundation.people.workers_made_up import make
from tests.web import visitors

AGREED = Agreement("分水", "每周两个下午", date(2026, 1, 1), date(2028, 12, 31))


async def shown(here) -> object:
    profile = await profiles.of_worker(here.worker)
    return view_of((await ShownCraftsman.select().where(ShownCraftsman.profile == profile["id"]).first())["view"])


async def bound(here, name: str, *, agrees: bool) -> int:
    worker = await make(here.kiln, name)
    if agrees:
        await consents.say(worker, "name", True, f"worker:{worker}", NOW)
    await apprenticeships.create(here.worker, worker, AGREED, BY, NOW, account=7)
    return worker


async def refreshed(here, database) -> int:
    """How many statements writing her page anew takes."""
    async with transaction():
        with statements(database) as asked:
            await showing.refresh_worker(here.worker, NOW)
        return len(asked)


async def test_companions_are_named_by_their_own_word_alone(database):
    here = await place()
    await with_page(here)
    first = await bound(here, "汪小窑", agrees=True)
    await bound(here, "饶㛃", agrees=False)
    late = await bound(here, "程𠮷", agrees=True)
    await consents.say(late, "name", False, f"worker:{late}", NOW)
    master = await make(here.kiln, "龚䶮", birth_date="1970-05-01")
    await honoured(here, worker=master)
    row = await profiles.of_worker(master)
    await profiles.save(row["id"], ProfileDraft("一句话", "", (), ""), 1, BY, NOW)
    await profiles.approve(row["id"], 2, BY, NOW)
    await consents.say_all(master, dict.fromkeys(PARTS, True), f"worker:{master}", NOW)
    await apprenticeships.create(master, here.worker, AGREED, BY, NOW, account=7)
    view = await shown(here)
    assert (view.apprentices, view.apprentices_unnamed) == ((Person("汪小窑", "分水"),), 2)
    assert view.masters == (Person("龚䶮", "分水", row["address"]),)
    await consents.say(first, "name", False, f"worker:{first}", NOW)
    assert (await shown(here)).apprentices == ()


async def test_a_page_that_comes_or_goes_is_led_to_or_not_at_once(database):
    here = await place()
    await with_page(here)
    master = await make(here.kiln, "龚䶮", birth_date="1970-05-01")
    await consents.say(master, "name", True, f"worker:{master}", NOW)
    await apprenticeships.create(master, here.worker, AGREED, BY, NOW, account=7)
    assert (await shown(here)).masters == (Person("龚䶮", "分水"),)
    honour = await honoured(here, worker=master)
    row = await profiles.of_worker(master)
    await profiles.save(row["id"], ProfileDraft("一句话", "", (), ""), 1, BY, NOW)
    await profiles.approve(row["id"], 2, BY, NOW)
    assert (await shown(here)).masters == (Person("龚䶮", "分水", row["address"]),)
    async with transaction():
        await honours.revoke(honour, "材料不实", "内部说明", None, BY, NOW)
    assert (await shown(here)).masters == (Person("龚䶮", "分水"),)  # nothing leads to what became a tombstone


async def test_a_word_taken_back_leaves_the_kept_page_of_the_master_too(database):
    here = await place()
    await with_page(here)
    worker = await bound(here, "汪小窑", agrees=True)
    async with visitors() as web:
        assert "汪小窑" in (await web.visitor().get(PAGE)).text
        await consents.say(worker, "name", False, f"worker:{worker}", NOW)
        assert "汪小窑" not in (await web.visitor().get(PAGE)).text


async def test_three_companions_take_no_more_queries_than_one(database):
    here = await place()
    await with_page(here)
    counted = []
    for name in ("汪小窑", "饶㛃", "龚䶮"):
        await bound(here, name, agrees=True)
        counted.append(await refreshed(here, database))
    assert len((await shown(here)).apprentices) == 3
    assert len(set(counted)) == 1
