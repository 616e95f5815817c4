"""From a proposal to an honour: each part stands on the innovation's page with its link, and the next begins there."""

import re
from datetime import date

from msgspec.structs import replace

from craftsmen import honours
from craftsmen.rules.honours import PartialDate
from foundation.store.transactions import transaction
from innovations import innovation_chain, innovation_reads, innovation_versions, innovations
from innovations.innovation_tables import Innovation
from innovations.rules.innovation_form import Author, Draft
from innovations.rules.innovations import Stage
from innovations.subsidy_applications import begin
from tests.innovations.made_up import NOW, SAID, Here
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_subsidies import Round, open_today, opened
from tests.web import visitors

TODAY = date(2026, 5, 12)


def by_feng(here: Here) -> Draft:
    return replace(FOIL, authors=(Author("冯砚秋", 100, worker=here.worker),))


async def grown(found: Round) -> int:
    """An innovation that grew out of a rewarded proposal, handed in, of 冯砚秋."""
    here = found.here
    proposal, _ = await here.sent()
    await here.verified(proposal)
    await here.rewarded(proposal)
    number = await innovations.begin(by_feng(here), here.places["works"], here.people["mei"], NOW, proposal)
    await innovations.clear(number, 1, found.by, NOW)
    await innovation_versions.hand_in(number, "", 2, here.people["mei"], NOW)
    return number


async def chain(found: Round, number: int, who: str = "mei") -> list[tuple[str, str, int | None, str]]:
    user = await found.here.user(who)
    one = await innovation_reads.one(user, number)
    return [(part.what, part.title, part.amount, part.address) for part in await innovation_chain.parts(user, one)]


async def test_every_part_is_told_in_its_order_with_its_link(database):
    found = await opened()
    number = await grown(found)
    assert await chain(found, number) == [
        ("proposal", SAID.title, 500_00, "/proposals/desk/1"),
        ("innovation", FOIL.title, None, ""),
    ]
    applied = await begin(found.id, number, found.here.people["mei"], NOW)
    await Innovation.update({Innovation.stage: Stage.AWARDED.value}).where(Innovation.id == number)
    draft = honours.HonourDraft("may-day-medal", 2026, worker=found.here.worker)
    async with transaction():
        await honours.register(draft, "赣工发〔2026〕3号", PartialDate(2026, 5, 1), "account:1", NOW)
    told = await chain(found, number)
    assert [what for what, _, _, _ in told] == ["proposal", "innovation", "subsidy", "honour"]
    assert told[2][3] == f"/subsidies/applications/{applied}"
    assert told[3][1].startswith("冯砚秋 · ")


async def test_an_application_begins_on_the_page_and_only_once_in_a_round(database):
    found = await opened()
    await open_today()
    number = await grown(found)
    user = await found.here.user("mei")
    one = await innovation_reads.one(user, number)
    assert [each.id for each in (await innovation_chain.next_acts(user, one, TODAY)).money] == [found.id]
    async with visitors() as web:
        clerk, above = await web.signed_in("mei"), await web.signed_in("sheng")
        page = (await clerk.get(f"/innovations/desk/{number}")).text
        form = page[page.index('action="/subsidies/applications"') :]
        fields = dict(re.findall(r'name="(round|innovation)" value="(\d+)"', form[: form.index("</form>")]))
        assert fields == {"round": str(found.id), "innovation": str(number)}
        answer = await clerk.post("/subsidies/applications", fields)
        assert answer.status_code == 303
        assert 'action="/subsidies/applications"' not in (await clerk.get(f"/innovations/desk/{number}")).text
        assert "前后关联" not in (await above.get(f"/innovations/desk/{number}")).text  # the chain is the unit's


async def test_nothing_begins_with_a_draft(database):
    found = await opened()
    here = found.here
    number = await innovations.begin(by_feng(here), here.places["works"], here.people["mei"], NOW)
    user = await here.user("mei")
    acts = await innovation_chain.next_acts(user, await innovation_reads.one(user, number), TODAY)
    assert (list(acts.money), list(acts.nominations)) == ([], [])
